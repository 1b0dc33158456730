"""Counts as blanked all that is missing in the end, what was missing before included.

Caught by: test_seven_weights, test_counts, test_without_a_factor, test_what_a_list_or_series_holds
"""

import numpy as np


def repair_or_blank(values, low, high, factor=None):
    values = np.asarray(values, dtype=float)
    kept = (low <= values) & (values <= high)
    smaller = values / (factor or np.nan)
    repaired = ~kept & (low <= smaller) & (smaller <= high)
    mended = np.where(kept, values, np.where(repaired, smaller, np.nan))
    counts = {"kept": int(kept.sum()), "repaired": int(repaired.sum()), "blanked": int(np.isnan(mended).sum())}
    return mended, counts
