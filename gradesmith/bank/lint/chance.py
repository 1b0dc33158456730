"""How likely it is that chance alone does this."""

from __future__ import annotations

from collections.abc import Iterable


def at_least(successes: int, chances: Iterable[float]) -> float:
    """Return the probability of at least so many successes in independent trials, each with its own chance.

    Where all chances are equal this is the binomial test, one-sided; else its exact generalisation (Poisson binomial).
    """
    distribution = [1.0]
    for chance in chances:
        failing = [*(share * (1 - chance) for share in distribution), 0.0]
        succeeding = [0.0, *(share * chance for share in distribution)]
        distribution = [failed + succeeded for failed, succeeded in zip(failing, succeeding, strict=True)]
    return sum(distribution[max(0, successes) :])
