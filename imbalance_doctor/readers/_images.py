"""Which files are images, by their names."""

IMAGE_SUFFIXES = frozenset([".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp"])
"""Those of torchvision.datasets.folder.IMG_EXTENSIONS."""
SPLITS = frozenset(
    ["train", "training", "val", "valid", "validation", "test", "testing", "dev", "eval", "train2017", "val2017"]
)
"""Names of folders that are parts of a data set, not classes."""
