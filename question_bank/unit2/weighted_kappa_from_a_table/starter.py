import numpy as np


def agreement_table(first, second, labels):
    """Count the notes for each pair of labels: rows are the first annotator's, columns the second's."""
    ...


def kappa_from_table(table, squared=False):
    """Compute Cohen's kappa from a table of counts, plain or with squared prices."""
    ...
