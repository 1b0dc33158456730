"""Runs one more rung for the last setting that is left.

Caught by: test_ends_early
"""

import math


def successive_halving(scores, factor):
    alive = list(range(len(scores)))
    rungs, cost = [], 0
    for rung in range(len(scores[0])):
        if rungs and len(rungs[-1]) == 1:
            break
        rungs.append(alive)
        cost += len(alive) * factor**rung
        ranked = sorted(alive, key=lambda setting: -scores[setting][rung])
        alive = sorted(ranked[: math.ceil(len(alive) / factor)])
    return {"rungs": rungs, "winner": ranked[0], "cost": cost}
