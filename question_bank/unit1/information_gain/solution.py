import numpy as np


def bits(counts):
    """Return the entropy of a row of counts in bits."""
    shares = counts[counts > 0] / counts.sum()
    return float(np.sum(shares * -np.log2(shares)))


def information_gain(table):
    """Return {"before": entropy of the classes, "gain": by how much the answer reduces it}, in bits."""
    table = np.asarray(table)
    before = bits(table.sum(axis=0))
    after = sum(row.sum() / table.sum() * bits(row) for row in table)
    return {"before": before, "gain": before - after}
