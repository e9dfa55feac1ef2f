"""One file per weighting scheme: class counts in, array out."""
