"""What label files alone can show (IMB1xx)."""
