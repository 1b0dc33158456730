"""Forgets the factor 2 of the chain rule.

Caught by: test_gradient_of_the_example, test_fresh_gradients, test_masses_left_out
"""

import numpy as np


def weighted_loss(weights, design, target, masses=None):
    misses = np.asarray(design) @ weights - target
    masses = np.ones(len(misses)) if masses is None else np.asarray(masses)
    return float(np.sum(masses * misses**2) / np.sum(masses))


def weighted_loss_gradient(weights, design, target, masses=None):
    design = np.asarray(design)
    misses = design @ weights - target
    masses = np.ones(len(misses)) if masses is None else np.asarray(masses)
    return design.T @ (masses * misses) / np.sum(masses)
