import numpy as np


def bayes(prior, likelihood):
    """Return the probability of each result, and of each state (row) given each result (column)."""
    ...


def screening(share, sensitivity, specificity):
    """Return the probability of a red strip, and of an infection after a red and after a white one."""
    ...
