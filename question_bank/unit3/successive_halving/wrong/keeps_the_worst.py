"""Sorts upwards and so keeps the worst settings.

Caught by: test_worked_example, test_rungs, test_winner_and_cost, test_ends_early, test_ties
"""

import math


def successive_halving(scores, factor):
    alive = list(range(len(scores)))
    rungs, cost = [], 0
    for rung in range(len(scores[0])):
        rungs.append(alive)
        cost += len(alive) * factor**rung
        ranked = sorted(alive, key=lambda setting: scores[setting][rung])
        alive = sorted(ranked[: math.ceil(len(alive) / factor)])
        if len(alive) == 1:
            break
    return {"rungs": rungs, "winner": ranked[0], "cost": cost}
