"""Shrinks only the number of all notes and forgets that it was a harmless one that left.

Caught by: test_ten_notes, test_fresh_chances, test_edges_of_the_chance, test_fresh_budgets, test_edges_of_the_budget
"""


def chance_of_missing(total, rare, drawn):
    chance = 1.0
    for gone in range(drawn):
        chance *= (total - rare) / (total - gone)
    return chance


def labels_needed(total, rare, sure):
    if rare == 0:
        return None
    for drawn in range(1, total + 1):
        if 1 - chance_of_missing(total, rare, drawn) >= sure:
            return drawn
    return total
