"""The label examination: layout (which cells are labels), tally (the sufficient statistic), profile (what follows)."""
