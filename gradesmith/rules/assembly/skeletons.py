"""The skeleton that all forms of an assessment share: which cells stand in which slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from gradesmith.model.assessments import Assessment
from gradesmith.model.course import lecture_order
from gradesmith.rules.assembly.candidates import Candidate, Shape
from gradesmith.rules.assembly.selecting import Chosen, Selector

Skeleton = tuple[tuple[Shape, ...], ...]
"""The shapes of each section's slots, in order."""


def counted(skeleton: Skeleton) -> dict[int, dict[Shape, int]]:
    """Return how many slots of each shape every section has."""
    return {number: dict(Counter(shapes)) for number, shapes in enumerate(skeleton)}


def shared_out(selector: Selector, costs: Sequence[float]) -> Chosen | None:
    """Choose a form whose sections take each shape in proportion to how many questions the pool has of it.

    So every slot has about as many alternatives as another. The k-th question of a shape of n costs (k - ½)/n, by which
    cheapest questions are shared out as seats are by the method of Sainte-Laguë. Without such a form, ``None``.
    """
    program = selector.program([cost / 1000 for cost in costs])
    for pool in _pools(selector.candidates):
        steps = [program.variable((rank + 0.5) / len(pool), whole=False) for rank in range(len(pool))]
        program.row([*((number, 1.0) for number in pool), *((step, -1.0) for step in steps)], 0, 0)
    return selector.read(program)


def _pools(candidates: Sequence[Candidate]) -> Iterator[list[int]]:
    """Yield the numbers of the candidates of each section and shape."""
    pools: dict[tuple[int, Shape], list[int]] = {}
    for number, one in enumerate(candidates):
        pools.setdefault((one.section, one.shape), []).append(number)
    yield from pools.values()


def arranged(assessment: Assessment, chosen: Chosen, chance: Random) -> tuple[Chosen, ...]:
    """Return the questions of each section in the order of the course where it is spread, else as chance has it."""
    return tuple(
        _ordered([one for one in chosen if one.section == number], chance, spread=bool(section.pick.spread_over))
        for number, section in enumerate(assessment.sections)
    )


def _ordered(questions: list[Candidate], chance: Random, *, spread: bool) -> Chosen:
    chance.shuffle(questions)
    if spread:
        questions.sort(key=lambda one: lecture_order(one.group("lecture")))
    return tuple(questions)


def fitted(arrangement: Sequence[Chosen], skeleton: Skeleton) -> tuple[Chosen, ...]:
    """Put the questions of each section into the slots of their shape, in their order."""
    return tuple(_fitted(questions, shapes) for questions, shapes in zip(arrangement, skeleton, strict=True))


def _fitted(questions: Chosen, shapes: Sequence[Shape]) -> Chosen:
    waiting = list(questions)
    placed = []
    for shape in shapes:
        placed.append(next(one for one in waiting if one.shape == shape))
        waiting.remove(placed[-1])
    return tuple(placed)
