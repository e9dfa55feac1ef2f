"""What given weights can show, set against the labels they are for (IMB4xx)."""
