"""One file per format: bytes in, batches out. A reader knows bytes, not meaning; it never guesses labels."""
