"""What a finished training log can show (IMB3xx)."""
