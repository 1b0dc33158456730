"""Takes a negative value for a slip of the sign and turns it round.

Caught by: test_seven_weights, test_fresh_values, test_counts, test_without_a_factor, test_what_a_list_or_series_holds
"""

import numpy as np


def repair_or_blank(values, low, high, factor=None):
    values = np.abs(np.asarray(values, dtype=float))
    kept = (low <= values) & (values <= high)
    smaller = values / (factor or np.nan)
    repaired = ~kept & (low <= smaller) & (smaller <= high)
    blanked = ~kept & ~repaired & ~np.isnan(values)
    mended = np.where(kept, values, np.where(repaired, smaller, np.nan))
    return mended, {"kept": int(kept.sum()), "repaired": int(repaired.sum()), "blanked": int(blanked.sum())}
