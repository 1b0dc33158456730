import numpy as np


def column_summary(values, code=None):
    """Return {"known": how many values are known, "missing": how many are not, "median": …, "iqr": …}."""
    # Your code here
    return {"known": len(values), "missing": 0, "median": 0.0, "iqr": 0.0}
