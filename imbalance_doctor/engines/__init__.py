"""Who drives the batches through the tally."""
