import numpy as np


def entropy(p):
    """Return the entropy of the shares or counts p in bits."""
    ...


def cross_entropy(p, q):
    """Return the mean surprise, in bits, of outcomes that follow p for somebody who believes q."""
    ...


def kl_divergence(p, q):
    """Return the divergence of the belief q from p in bits."""
    ...
