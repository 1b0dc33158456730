import numpy as np


def weighted_loss(weights, design, target, masses=None):
    """Return the mean squared miss, each example counted with its mass."""
    ...


def weighted_loss_gradient(weights, design, target, masses=None):
    """Return the gradient of the weighted loss with respect to the weights."""
    ...
