"""From blueprint and questions to forms. Pure: the same blueprint, questions and seed give the same form."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Assessment, FlowStep, Form, Narrative, Pick, Slot
from gradesmith.model.course import lecture_order
from gradesmith.model.questions import Part, Question, Variant
from gradesmith.model.values import Points

Draw = Callable[[Question, int], Variant]


def seed_of(*parts: object) -> int:
    """Derive a seed below 2**48 from what it is for, so that equal purposes have equal seeds."""
    text = "\0".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def assemble(assessment: Assessment, pool: Sequence[Question], flow: Mapping[str, Question], draw: Draw) -> Form:
    """Make the single form of an assessment.

    Args:
        assessment: The blueprint.
        pool: The questions that sections may pick, in a fixed order.
        flow: The questions that a practical's flow names, by id.
        draw: Draws the variant of a question that a seed stands for.

    Raises:
        GradesmithError: When the pool is too small for the blueprint, or two of its questions hand out different files
            under one name; the text says what to write.
    """
    items: list[Narrative | Slot] = []
    for step in assessment.flow:
        items.append(_flow_item(assessment, step, flow, draw, len(_slots(items)) + 1))
    taken = [flow[step.question] for step in assessment.flow if step.question is not None]
    for number, section in enumerate(assessment.sections):
        chance = random.Random(f"{assessment.seed}:{assessment.id}:{number}")  # noqa: S311 - reproducible by design
        picked = _pick(section.pick, [one for one in pool if _goes_with(one, taken)], chance)
        if len(picked) < section.pick.count:
            raise _too_few(assessment, section.title, section.pick, len(picked))
        taken += picked
        items.append(Narrative(text=f"## {section.title}"))
        for question in picked:
            items.append(_slot(assessment, question, draw, len(_slots(items)) + 1, section.pick))
    _files_are_told_apart(assessment, _slots(items))
    return Form(
        assessment=assessment.id,
        title=assessment.title,
        kind=assessment.kind,
        minutes=assessment.minutes,
        code="A",
        items=tuple(items),
        limits=assessment.limits,
    )


def rescaled(variant: Variant, points: Points | None, *, judgement: bool = True) -> Variant:
    """Let the parts of a variant be worth ``points`` in all, in their own proportions."""
    parts = [part for part in variant.parts if judgement or part.name != "judgement"]
    whole = sum(part.points for part in parts)
    if points is None or not whole:
        return variant.but(parts=tuple(parts))
    scaled: Iterable[Part] = (part.but(points=part.points * points / whole) for part in parts)
    return variant.but(parts=tuple(scaled))


def _slots(items: Iterable[Narrative | Slot]) -> list[Slot]:
    return [item for item in items if isinstance(item, Slot)]


def _flow_item(
    assessment: Assessment, step: FlowStep, questions: Mapping[str, Question], draw: Draw, number: int
) -> Narrative | Slot:
    if step.question is None:
        return Narrative(text=step.code or step.text or "", code=step.code is not None)
    pick = Pick(kind=(), points=step.points) if step.points is not None else None
    return _slot(assessment, questions[step.question], draw, number, pick)


def _slot(assessment: Assessment, question: Question, draw: Draw, number: int, pick: Pick | None) -> Slot:
    seed = seed_of(assessment.seed, assessment.id, question.id)
    variant = draw(question, seed)
    if pick is not None:
        variant = rescaled(variant, pick.points, judgement=pick.judgement)
    return Slot(name=f"q{number:02}", variant=variant, rng_seed=seed_of(assessment.seed, question.id, "rng"))


def _pick(pick: Pick, pool: Sequence[Question], chance: random.Random) -> list[Question]:
    """Draw ``count`` questions, evenly over the lectures where that is asked, enemies kept apart; all if too few."""
    waiting = [question for question in pool if question.kind in pick.kind]
    chance.shuffle(waiting)
    picked: list[Question] = []
    while waiting and len(picked) < pick.count:
        had = Counter(question.lecture for question in picked) if pick.spread_over else Counter()
        wanted = min(pick.count - len(picked), _room(waiting))
        # A question is passed over if its enemies are so many that too few would be left beside it.
        by_need = sorted(waiting, key=lambda question: had[question.lecture])
        chosen = next(one for one in by_need if 1 + _room(_beside(one, waiting)) >= wanted)
        picked.append(chosen)
        waiting = _beside(chosen, waiting)
    return sorted(picked, key=lambda question: lecture_order(question.lecture)) if pick.spread_over else picked


def _enemies(one: Question, other: Question) -> bool:
    return one.id in other.enemies or other.id in one.enemies


def _goes_with(one: Question, taken: Iterable[Question]) -> bool:
    return not any(one.id == other.id or _enemies(one, other) for other in taken)


def _beside(one: Question, pool: Iterable[Question]) -> list[Question]:
    return [other for other in pool if other is not one and not _enemies(one, other)]


def _room(pool: Sequence[Question]) -> int:
    """Return how many questions of a pool can stand in one form.

    A question whose enemies are all enemies of each other may always be taken, so only odd tangles are searched.
    """
    foes = {one.id: [other for other in pool if other is not one and _enemies(one, other)] for one in pool}
    rest = [one for one in pool if foes[one.id]]
    if not rest:
        return len(pool)
    peaceful = len(pool) - len(rest)
    simple = next((one for one in rest if _all_enemies(foes[one.id])), None)
    if simple is not None:
        return peaceful + 1 + _room(_beside(simple, rest))
    tangled = max(rest, key=lambda one: len(foes[one.id]))
    return peaceful + max(1 + _room(_beside(tangled, rest)), _room([one for one in rest if one is not tangled]))


def _all_enemies(questions: Sequence[Question]) -> bool:
    return all(_enemies(one, other) for one, other in combinations(questions, 2))


def _files_are_told_apart(assessment: Assessment, slots: Iterable[Slot]) -> None:
    """Make sure that no question's file takes the place of another's, or of the notebook."""
    owners: dict[str, tuple[str, str | None]] = {f"{assessment.id}.ipynb": ("the notebook", None)}
    for slot in slots:
        for file in slot.variant.files:
            owner, content = owners.setdefault(file.name, (slot.variant.question, file.content))
            if content != file.content:
                message = f"{assessment.id}: {owner} and {slot.variant.question} hand out different files {file.name}"
                raise GradesmithError(message, "rename one of them")


def _too_few(assessment: Assessment, section: str, pick: Pick, found: int) -> GradesmithError:
    kinds = " or ".join(pick.kind)
    units = ", ".join(map(str, assessment.units))
    message = f'{assessment.id}, section "{section}": {pick.count} {kinds} questions are asked, {found} can be had'
    return GradesmithError(message, f"write {pick.count - found} more {kinds} question(s) on unit {units}")
