"""The history examination: what a training log says, which constants a frozen number equals, and the verdict."""
