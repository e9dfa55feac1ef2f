"""What a dump of predictions shows (IMB2xx)."""
