"""Puts every note back before the next is drawn: (1 - r/N) to the power of n.

Caught by: test_ten_notes, test_fresh_chances, test_edges_of_the_chance, test_fresh_budgets, test_edges_of_the_budget
"""


def chance_of_missing(total, rare, drawn):
    return (1 - rare / total) ** drawn


def labels_needed(total, rare, sure):
    if rare == 0:
        return None
    drawn = 1
    while 1 - chance_of_missing(total, rare, drawn) < sure:
        drawn += 1
    return drawn
