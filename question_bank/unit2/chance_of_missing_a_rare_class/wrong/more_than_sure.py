"""Asks for more than the wanted probability where "at least" was asked for, and goes on for ever if nothing is rare.

Caught by: test_edges_of_the_budget
"""


def chance_of_missing(total, rare, drawn):
    chance = 1.0
    for gone in range(drawn):
        chance *= (total - rare - gone) / (total - gone)
    return chance


def labels_needed(total, rare, sure):
    for drawn in range(1, total + 1):
        if 1 - chance_of_missing(total, rare, drawn) > sure:
            return drawn
    return None
