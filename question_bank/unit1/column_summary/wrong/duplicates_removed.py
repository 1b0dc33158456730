"""Keeps each value once, as a set does.

Caught by: test_codes_and_zeros
"""

import numpy as np


def column_summary(values, code=None):
    known = [value for value in values if value is not None and not np.isnan(value) and value != code]
    summary = {"known": len(known), "missing": len(values) - len(known), "median": None, "iqr": None}
    if known:
        q1, q2, q3 = np.quantile(sorted(set(known)), [0.25, 0.5, 0.75])
        summary |= {"median": float(q2), "iqr": float(q3 - q1)}
    return summary
