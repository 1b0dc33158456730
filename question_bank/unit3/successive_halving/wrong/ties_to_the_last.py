"""Reverses an ascending order, so that among equals the larger number wins.

Caught by: test_ties
"""

import math


def successive_halving(scores, factor):
    alive = list(range(len(scores)))
    rungs, cost = [], 0
    for rung in range(len(scores[0])):
        rungs.append(alive)
        cost += len(alive) * factor**rung
        ranked = sorted(alive, key=lambda setting: scores[setting][rung])[::-1]
        alive = sorted(ranked[: math.ceil(len(alive) / factor)])
        if len(alive) == 1:
            break
    return {"rungs": rungs, "winner": ranked[0], "cost": cost}
