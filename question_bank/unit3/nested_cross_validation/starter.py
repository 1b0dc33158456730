import numpy as np
from sklearn.base import clone


def nested_cv(search, x, y, outer):
    """Return what a search achieves on rows that it never saw, and what it says of itself."""
    ...
