"""Returns the last number that is not enough.

Caught by: test_ten_notes, test_fresh_budgets, test_edges_of_the_budget
"""


def chance_of_missing(total, rare, drawn):
    chance = 1.0
    for gone in range(drawn):
        chance *= (total - rare - gone) / (total - gone)
    return chance


def labels_needed(total, rare, sure):
    if rare == 0:
        return None
    drawn = 0
    while 1 - chance_of_missing(total, rare, drawn + 1) < sure:
        drawn += 1
    return drawn
