"""The causes of the differential diagnosis, one file each: a card `CAUSE` and a verb `weigh`, scanned like a shelf."""
