"""Divides whatever is too large and never looks whether the quotient is possible.

Caught by: test_seven_weights, test_fresh_values, test_counts, test_what_a_list_or_series_holds
"""

import numpy as np


def repair_or_blank(values, low, high, factor=None):
    values = np.asarray(values, dtype=float)
    kept = (low <= values) & (values <= high)
    repaired = (values > high) & (factor is not None)
    blanked = ~kept & ~repaired & ~np.isnan(values)
    mended = np.where(kept, values, np.where(repaired, values / (factor or 1), np.nan))
    return mended, {"kept": int(kept.sum()), "repaired": int(repaired.sum()), "blanked": int(blanked.sum())}
