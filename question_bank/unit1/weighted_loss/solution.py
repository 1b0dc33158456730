import numpy as np


def weighted_loss(weights, design, target, masses=None):
    """Return the mean squared miss, each example counted with its mass."""
    misses = np.asarray(design) @ weights - target
    masses = np.ones(len(misses)) if masses is None else np.asarray(masses)
    return float(np.sum(masses * misses**2) / np.sum(masses))


def weighted_loss_gradient(weights, design, target, masses=None):
    """Return the gradient of the weighted loss with respect to the weights."""
    design = np.asarray(design)
    misses = design @ weights - target
    masses = np.ones(len(misses)) if masses is None else np.asarray(masses)
    return 2 * design.T @ (masses * misses) / np.sum(masses)
