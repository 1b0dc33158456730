import numpy as np


def repair_or_blank(values, low, high, factor=None):
    """Return the mended values and how many were kept, repaired and blanked, as a tuple."""
    values = np.asarray(values, dtype=float)
    smaller = values / factor if factor else np.full(values.shape, np.nan)
    kept = (low <= values) & (values <= high)
    repaired = ~kept & (low <= smaller) & (smaller <= high)
    blanked = ~kept & ~repaired & ~np.isnan(values)
    mended = np.where(kept, values, np.where(repaired, smaller, np.nan))
    return mended, {"kept": int(kept.sum()), "repaired": int(repaired.sum()), "blanked": int(blanked.sum())}
