import math


def successive_halving(scores, factor):
    """Return {"rungs": who entered each rung, "winner": number of a setting, "cost": total cost}."""
    alive = list(range(len(scores)))
    rungs, cost = [], 0
    for rung in range(len(scores[0])):
        rungs.append(alive)
        cost += len(alive) * factor**rung
        ranked = sorted(alive, key=lambda setting: -scores[setting][rung])
        alive = sorted(ranked[: math.ceil(len(alive) / factor)])
        if len(alive) == 1:
            break
    return {"rungs": rungs, "winner": ranked[0], "cost": cost}
