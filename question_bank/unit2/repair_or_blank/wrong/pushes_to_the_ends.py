"""Moves an impossible value to the nearest possible one, which makes a measurement up.

Caught by: test_seven_weights, test_fresh_values, test_without_a_factor, test_what_a_list_or_series_holds
"""

import numpy as np


def repair_or_blank(values, low, high, factor=None):
    values = np.asarray(values, dtype=float)
    kept = (low <= values) & (values <= high)
    smaller = values / (factor or np.nan)
    repaired = ~kept & (low <= smaller) & (smaller <= high)
    blanked = ~kept & ~repaired & ~np.isnan(values)
    mended = np.where(repaired, smaller, np.clip(values, low, high))
    return mended, {"kept": int(kept.sum()), "repaired": int(repaired.sum()), "blanked": int(blanked.sum())}
