"""One file per target: weights in, text out."""
