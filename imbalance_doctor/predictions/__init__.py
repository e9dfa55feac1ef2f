"""The prediction examination: layout (which cells are scores), tally, ranking, thresholds, verdict, profile."""
