"""One file per format: Report in, text out."""
