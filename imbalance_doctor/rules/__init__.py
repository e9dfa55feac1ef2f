"""One file per rule, in one folder per examination. A rule reads profiles and yields findings."""
