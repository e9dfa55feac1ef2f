"""The command line: one file per command. Parse, call `doctor`, print; nothing else."""
