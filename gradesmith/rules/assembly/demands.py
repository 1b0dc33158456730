"""What a form must fulfil: weighted counts of its candidates within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from gradesmith.model.assessments import Assessment, Spread
from gradesmith.rules.assembly.candidates import Candidate, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A weighted count of a form's candidates that lies within bounds; kinds of demands say which."""

    low: float = -inf
    high: float = inf

    @property
    def price(self) -> float:
        """What it costs an instructor to give in by one unit, beside other demands."""
        return 60

    def weighs(self, candidate: Candidate) -> float:
        """Return for how much a candidate counts."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Demand):
    """A section has so many questions, of one shape where all forms share a skeleton (else ``None``)."""

    section: int
    shape: Shape | None = None

    def weighs(self, candidate: Candidate) -> float:
        """Count the section's questions of the shape."""
        return candidate.section == self.section and self.shape in {None, candidate.shape}

    @property
    def price(self) -> float:
        """Beside other demands."""
        return 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness(Demand):
    """A section takes about as many questions from one lecture, topic or level of Bloom as from another."""

    section: int
    spread: Spread
    group: str

    def weighs(self, candidate: Candidate) -> float:
        """Count the section's questions of the group."""
        return candidate.section == self.section and candidate.group(self.spread) == self.group

    @property
    def price(self) -> float:
        """Beside other demands."""
        return 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Demand):
    """The minutes that the questions take together."""

    def weighs(self, candidate: Candidate) -> float:
        """Count minutes."""
        return candidate.minutes

    @property
    def price(self) -> float:
        """Beside other demands."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Demand):
    """The share of the points that a class is expected to earn."""

    def weighs(self, candidate: Candidate) -> float:
        """Count expected points."""
        return candidate.weight * candidate.expected.share

    @property
    def price(self) -> float:
        """Beside other demands."""
        return 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Demand):
    """Two questions do not stand in one form; ``why`` is not empty when it is for something else than enmity."""

    names: frozenset[str]
    why: str = ""

    def weighs(self, candidate: Candidate) -> float:
        """Count the two."""
        return candidate.name in self.names

    @property
    def price(self) -> float:
        """Beside other demands: a file is soon renamed, enmity is not soon forgotten."""
        return 5 if self.why else 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Demand):
    """A question that several sections may pick stands in one of them at most; an anchor in exactly one."""

    name: str

    def weighs(self, candidate: Candidate) -> float:
        """Count the question."""
        return candidate.name == self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap(Demand):
    """At most so many questions stand in a neighbour's form as well."""

    names: frozenset[str]

    def weighs(self, candidate: Candidate) -> float:
        """Count the questions that the neighbour has, too."""
        return candidate.name in self.names

    @property
    def price(self) -> float:
        """Beside other demands."""
        return 1


Quotas = Mapping[int, Mapping[Shape, int]]
"""How many questions of each shape a section has; of a single form nothing is fixed but their number."""


def quotas_of(assessment: Assessment, quotas: Quotas) -> Iterator[Demand]:
    """Yield how many questions each section has."""
    for number, section in enumerate(assessment.sections):
        if number not in quotas:
            yield Quota(section=number, low=section.pick.count, high=section.pick.count)
        for shape, count in quotas.get(number, {}).items():
            yield Quota(section=number, shape=shape, low=count, high=count)


def evenness_of(assessment: Assessment, candidates: Sequence[Candidate]) -> Iterator[Evenness]:
    """Yield how evenly each section is spread.

    Nothing is asked for again while something that the pool has was asked for less often: filled like water into
    vessels, every group gets ``level`` questions, or all that it has; one of them may be lacking where the last round
    does not reach all.
    """
    for number, section in enumerate(assessment.sections):
        for spread in section.pick.spread_over:
            pool = Counter(one.group(spread) for one in candidates if one.section == number)
            level = _water(pool, section.pick.count)
            full = sum(min(size, level) for size in pool.values()) == section.pick.count
            for group, size in sorted(pool.items()):
                low = min(size, level if full else level - 1)
                yield Evenness(section=number, spread=spread, group=group, low=low, high=float(level))


def _water(pool: Mapping[str, int], count: int) -> int:
    if sum(pool.values()) < count:  # more are to be written: they would be spread evenly
        return -(-count // len(pool)) if pool else count
    level = 1
    while sum(min(size, level) for size in pool.values()) < count:
        level += 1
    return level


def time_of(assessment: Assessment) -> Iterator[Demand]:
    """Yield the time that a form may take."""
    low, high = assessment.balance.minutes or (0, assessment.minutes)
    yield Time(low=low, high=high)


def apart_of(pairs: Iterable[frozenset[str]], why: str = "") -> Iterator[Demand]:
    """Yield that the two questions of each pair stand apart."""
    for names in sorted(pairs, key=sorted):
        yield Apart(names=names, high=1, why=why)


def once_of(candidates: Iterable[Candidate], anchors: Iterable[str]) -> Iterator[Demand]:
    """Yield that no question stands in a form twice, and that anchors do stand there."""
    places = Counter(one.name for one in candidates)
    for name in sorted({*anchors, *(name for name, times in places.items() if times > 1)}):
        yield Once(name=name, low=1 if name in anchors else 0, high=1)


def fair_share(candidates: Sequence[Candidate], demands: Iterable[Demand]) -> float:
    """Return the share of the points that a form earns which takes the pool's average in every section.

    Where a section is spread, the average is that over its groups, each as often as it is drawn.
    """
    demands = tuple(demands)
    total = 0.0
    for quota in demands:
        if isinstance(quota, Quota):
            pool = [one for one in candidates if quota.weighs(one)]
            total += quota.high * _average(pool, [one for one in demands if isinstance(one, Evenness)])
    return total


def _average(pool: Sequence[Candidate], evenness: Sequence[Evenness]) -> float:
    """Return what a question of the pool earns of the form's points, its groups counted as often as they are due."""
    if not pool:
        return 0.0
    rules = [rule for rule in evenness if any(rule.weighs(one) for one in pool)]
    first = [rule for rule in rules if rule.spread == rules[0].spread]
    if not first:
        return sum(one.weight * one.expected.share for one in pool) / len(pool)
    sums = [[one.weight * one.expected.share for one in pool if rule.weighs(one)] for rule in first]
    due = [(rule.low + min(rule.high, max(rule.low, len(own)))) / 2 for rule, own in zip(first, sums, strict=True)]
    return sum(times * sum(own) / len(own) for times, own in zip(due, sums, strict=True)) / sum(due)


def loosened(demands: Iterable[Demand], given: Mapping[Demand, tuple[float, float]]) -> tuple[Demand, ...]:
    """Return the demands with bounds that some of them, by what is ``given`` in below and above, have given in to."""
    return tuple(
        replace(one, low=one.low - given[one][0], high=one.high + given[one][1]) if one in given else one
        for one in demands
    )
