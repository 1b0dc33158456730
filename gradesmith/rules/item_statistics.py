"""Classical item analysis: is a question too hard, does it tell strong from weak, does the whole test hold together?

Marks come as an array of students × questions in points, ``nan`` where there is no final mark, with the points that
could be earned in an array of the same shape. Every figure says from how many students it comes, and is ``None`` where
they are too few or all alike: a number that means nothing is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

FloatArray = NDArray[np.float64]

FEWEST = 10
"""Below this many students, correlations and reliabilities are not reported."""

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure from ``n`` students with its 95 % interval; ``None`` where the students do not bear it."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability(Estimate):
    """A reliability, and over how many questions it was taken."""

    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How scores are spread. ``sd`` is ``None`` for a single score."""

    n: int
    mean: float
    sd: float | None
    lower: float
    median: float
    upper: float
    least: float
    most: float


def summary(scores: FloatArray) -> Summary | None:
    """Return mean, standard deviation and quartiles of the scores, or ``None`` when there are none.

    The standard deviation divides by n - 1. Quartiles interpolate linearly between order statistics (type 7 of Hyndman
    and Fan, 1996, "Sample quantiles in statistical packages"), as NumPy, R and spreadsheets do.
    """
    if not len(scores):
        return None
    least, lower, median, upper, most = (float(q) for q in np.quantile(scores, [0, 0.25, 0.5, 0.75, 1]))
    sd = float(np.std(scores, ddof=1)) if len(scores) > 1 else None
    return Summary(
        n=len(scores), mean=float(np.mean(scores)), sd=sd,
        lower=lower, median=median, upper=upper, least=least, most=most,
    )  # fmt: skip


def shares(given: FloatArray, maximum: FloatArray) -> FloatArray:
    """Return given/maximum, ``nan`` where there is no mark or nothing to earn."""
    return np.asarray(np.divide(given, maximum, out=np.full(given.shape, np.nan), where=maximum > 0))


def difficulty(given: FloatArray, maximum: FloatArray) -> Estimate:
    """Return the mean share of one question's points that was earned: 1 when everybody had all of it.

    p = mean(x / max), the *facility* or difficulty index (Crocker and Algina, 1986, ch. 14); high means easy. It has no
    interval: the class is the population it describes.
    """
    earned = shares(given, maximum)
    marked = earned[~np.isnan(earned)]
    return Estimate(value=float(marked.mean()) if len(marked) else None, n=len(marked))


def settled(given: FloatArray) -> NDArray[np.bool_]:
    """Return which questions have a final mark for at least half of the students.

    Answers still to be read by a person lack one for nearly everybody, save those who left them empty; counting these
    few zeros would reward nobody and distort every total.
    """
    return np.asarray(np.isnan(given).mean(axis=0) <= 0.5) if len(given) else np.zeros(given.shape[1], dtype=bool)


def rest_shares(given: FloatArray, maximum: FloatArray, item: int) -> FloatArray:
    """Return for each student the share of points earned on all *other* settled questions; ``nan`` without any.

    A share rather than a sum, so that one missing mark does not look like a wrong answer. With complete marks it is the
    rest score up to a constant, so correlations with it are the same.
    """
    others = settled(given)
    others[item] = False
    marked = ~np.isnan(given) & others
    possible = np.where(marked, maximum, 0.0).sum(axis=1)
    earned = np.where(marked, given, 0.0).sum(axis=1)
    return shares(earned, possible)


def discrimination(given: FloatArray, maximum: FloatArray, item: int) -> Estimate:
    """Return the corrected item-total correlation of one question: with the rest, not with itself.

    r(x_i, Σ_{j≠i} x_j) (Henrysson, 1963, "Correction of item-total correlations in item analysis"). Leaving the item
    out matters: with few questions even pure noise correlates with a total that contains it.
    """
    return correlation(shares(given[:, item], maximum[:, item]), rest_shares(given, maximum, item))


def correlation(one: FloatArray, other: FloatArray) -> Estimate:
    """Return Pearson's r over the pairs without ``nan``, with Fisher's interval tanh(atanh r ± 1.96/√(n-3)).

    With an array of 0 and 1 it is the point-biserial correlation. ``None`` below `FEWEST` pairs or without variance.
    """
    both = ~(np.isnan(one) | np.isnan(other))
    x, y, n = one[both], other[both], int(both.sum())
    if n < FEWEST or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Estimate(value=None, n=n)
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))
    middle, half = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15)), Z_95 / sqrt(n - 3)
    return Estimate(value=r, n=n, low=float(np.tanh(middle - half)), high=float(np.tanh(middle + half)))


def cronbach_alpha(given: FloatArray) -> Reliability:
    """Return Cronbach's alpha over the settled questions and the students marked on all of them.

    α = k/(k-1) · (1 - Σ s²_i / s²_total) (Cronbach, 1951), the interval by F with (n-1) and (n-1)(k-1) degrees of
    freedom (Feldt, 1965). It assumes that the questions measure one thing alike; read it as a lower bound.
    """
    columns = given[:, settled(given)]
    marks = columns[~np.isnan(columns).any(axis=1)]
    n, k = marks.shape
    total = float(np.var(marks.sum(axis=1), ddof=1)) if n > 1 else 0.0
    if n < FEWEST or k < 2 or total <= 1e-12:
        return Reliability(value=None, n=n, items=k)
    alpha = k / (k - 1) * (1 - float(np.var(marks, axis=0, ddof=1).sum()) / total)
    degrees = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(*degrees, p)) for p in (0.975, 0.025))
    return Reliability(value=alpha, n=n, items=k, low=low, high=high)
