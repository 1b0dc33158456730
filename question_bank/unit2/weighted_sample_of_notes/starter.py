import numpy as np


def inclusion_chances(weights, drawn):
    """Return each note's chance of being drawn, in proportion to its weight but never above 1."""
    ...


def draw_weighted(chances, seed):
    """Return the positions of the notes drawn, each independently with its own chance."""
    ...


def estimated_share(found, weights):
    """Estimate the share of hazards in the whole from a sample whose notes stand for `weights` notes each."""
    ...
