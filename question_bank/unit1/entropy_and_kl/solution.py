import numpy as np


def entropy(p):
    """Return the entropy of the shares or counts p in bits."""
    return cross_entropy(p, p)


def cross_entropy(p, q):
    """Return the mean surprise, in bits, of outcomes that follow p for somebody who believes q."""
    p, q = np.asarray(p) / np.sum(p), np.asarray(q) / np.sum(q)
    happens = p > 0
    with np.errstate(divide="ignore"):  # the logarithm of 0 is minus infinity, as it should be
        return float(-np.sum(p[happens] * np.log2(q[happens])))


def kl_divergence(p, q):
    """Return the divergence of the belief q from p in bits."""
    return cross_entropy(p, q) - entropy(p)
