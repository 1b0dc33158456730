"""Reckons that n draws at a share of p find p times n, and so never sees any risk of missing.

Caught by: test_ten_notes, test_fresh_chances, test_edges_of_the_chance, test_fresh_budgets, test_edges_of_the_budget
"""

import math


def chance_of_missing(total, rare, drawn):
    return max(0.0, 1 - drawn * rare / total)


def labels_needed(total, rare, sure):
    if rare == 0:
        return 0
    return math.ceil(total / rare)
