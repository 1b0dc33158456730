"""The problem that a blueprint poses: candidates, and what is demanded of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from gradesmith.model.assessments import Assessment
from gradesmith.model.questions import Question, Variant
from gradesmith.rules.assembly.candidates import Candidate, Shape, candidates_of
from gradesmith.rules.assembly.demands import (
    Demand,
    Level,
    Quotas,
    apart_of,
    evenness_of,
    fair_share,
    once_of,
    quotas_of,
    time_of,
)
from gradesmith.rules.difficulty import Expected, expectations

Draw = Callable[[Question, int], Variant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What forms are made of.

    ``questions`` are those of the bank by id, among them what a flow names; ``pool`` those that sections may pick, in a
    fixed order; ``used`` those of them that earlier assessments have used. ``draw`` draws the variant of a question
    that a seed stands for. ``expected`` tells how hard questions are, where more is known than their author's word.
    """

    pool: tuple[Question, ...]
    questions: Mapping[str, Question]
    draw: Draw
    expected: Mapping[str, Expected] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Candidates, what a form of them must fulfil, and the share of the points that it is to earn where that counts."""

    assessment: Assessment
    candidates: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    target: float | None = None


def pools_of(assessment: Assessment, material: Material) -> tuple[tuple[Question, ...], ...]:
    """Return what each section may pick: neither what the flow holds, nor its enemies, nor what was used elsewhere."""
    flow = [material.questions[step.question] for step in assessment.flow if step.question is not None]
    free = [
        one
        for one in material.pool
        if one.id not in material.used and not one.retired and not any(_clash(one, other) for other in flow)
    ]
    return tuple(tuple(one for one in free if one.kind in section.pick.kind) for section in assessment.sections)


def _clash(one: Question, other: Question) -> bool:
    return one.id == other.id or one.id in other.enemies or other.id in one.enemies


def enemies_in(questions: Iterable[Question]) -> frozenset[frozenset[str]]:
    """Return the pairs of questions that must not stand in one form."""
    pairs = combinations({one.id: one for one in questions}.values(), 2)
    return frozenset(frozenset({one.id, other.id}) for one, other in pairs if _clash(one, other))


def problem_of(
    assessment: Assessment,
    material: Material,
    shapes: Mapping[tuple[int, str], Shape] | None = None,
    quotas: Quotas | None = None,
) -> Problem:
    """Pose the problem of one form; ``shapes`` are those of the questions in their sections, where they matter.

    The difficulty counts where forms are compared, or where the blueprint names one: a single form has no other that it
    could be unfair to.
    """
    pools = pools_of(assessment, material)
    expected = {**expectations(one for pool in pools for one in pool), **material.expected}
    candidates = candidates_of(assessment, pools, expected, shapes or {})
    demands: list[Demand] = [
        *quotas_of(assessment, quotas or {}),
        *evenness_of(assessment, candidates),
        *time_of(assessment),
        *apart_of(enemies_in(one for pool in pools for one in pool)),
        *once_of(candidates, assessment.anchors),
    ]
    target = None
    balance = assessment.balance
    if candidates and (assessment.forms != 1 or balance.difficulty is not None):
        target = fair_share(candidates, demands) if balance.difficulty is None else balance.difficulty
        demands.append(Level(low=target - balance.tolerance, high=target + balance.tolerance))
    return Problem(assessment=assessment, candidates=candidates, demands=tuple(demands), target=target)
