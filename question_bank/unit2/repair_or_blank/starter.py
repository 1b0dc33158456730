import numpy as np


def repair_or_blank(values, low, high, factor=None):
    """Return the mended values and how many were kept, repaired and blanked, as a tuple."""
    ...
