"""How far forms differ in truth: assembled by estimates from responses, against drawn at random.

A question's true share of points lies around its author's level. Sixty students answer it; from their points, and
from the level, its share is estimated. Forms are assembled by the estimates alone. Forms drawn at random take as many
questions on each topic in each section as a form that was assembled, and know nothing of difficulty.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import pstdev

from gradesmith.kinds.kind import variant_of
from gradesmith.model.assessments import Assessment, Form
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Criterion, TextKey
from gradesmith.model.questions import Part, Question, Variant
from gradesmith.model.statistics import QuestionStatistics
from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.difficulty import AUTHORS, Spread, expectations, spread
from tests.assembly.generated import blueprint, generated_bank, material, roster

RESPONSES = 60


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Standard deviations of the share of points that forms earn: of assembled ones, of random ones, and the bound."""

    predicted: Spread
    true: float
    random_fitted: float
    random_true: float

    @property
    def fitted_ratio(self) -> float:
        return self.predicted.fitted / self.random_fitted

    @property
    def true_ratio(self) -> float:
        return self.true / self.random_true

    @property
    def bound_ratio(self) -> float:
        return self.predicted.bound / self.random_true


def compared(seed: int, forms: int, responses: int = RESPONSES, assessment: Assessment | None = None) -> Compared:
    """Draw true difficulties, estimate them, assemble forms by the estimates, and draw as many at random."""
    chance = random.Random(seed)
    bank = generated_bank(seed)
    truth = {one.id: _true_share(one, chance) for one in bank}
    records = tuple(_answered(one, truth[one.id], responses, chance) for one in bank)
    expected = expectations(bank, records)
    plan = assessment or blueprint(canary=False, anchors=[], seed=seed)
    stuff = material(bank, draw=_cheaply, expected=expected)
    made = assemble_all(plan, stuff, Roll(students=roster(forms), root=str(seed)))
    weights = [_weights(form) for form in made.values()]
    at_random = [_like(form, bank, chance) for form in weights]
    shares = {name: one.share for name, one in expected.items()}
    return Compared(
        predicted=spread(weights, expected),
        true=_spread(weights, truth),
        random_fitted=_spread(at_random, shares),
        random_true=_spread(at_random, truth),
    )


def _true_share(question: Question, chance: random.Random) -> float:
    level = AUTHORS[question.difficulty]
    return min(0.98, max(0.05, chance.gauss(level.share, level.se)))


def _answered(question: Question, share: float, responses: int, chance: random.Random) -> QuestionStatistics:
    """Let students earn all of a question's points or none: partial points would tell more."""
    points = [float(chance.random() < share) for _ in range(responses)]
    mean = sum(points) / responses
    sd = (sum((one - mean) ** 2 for one in points) / (responses - 1)) ** 0.5
    return QuestionStatistics(question=question.id, version=question.version, responses=responses, mean=mean, sd=sd)


def _cheaply(question: Question, seed: int) -> Variant:
    """Draw a variant without looking at the question: its difficulty is all that counts here."""
    part = Part(interaction=Text(), key=TextKey(rubric=(Criterion(text="all", points=1),)), points=1)
    return variant_of(question, seed, parts=(part,))


def _weights(form: Form) -> dict[str, float]:
    return {slot.variant.question: float(slot.points / form.points) for slot in form.slots}


def _spread(forms: Sequence[Mapping[str, float]], shares: Mapping[str, float]) -> float:
    return pstdev(sum(weight * shares[name] for name, weight in form.items()) for form in forms)


def _like(form: Mapping[str, float], bank: Sequence[Question], chance: random.Random) -> dict[str, float]:
    """Draw a form with as many questions on each topic in each section as another has."""
    known = {one.id: one for one in bank}
    cells = defaultdict(list)
    for one in bank:
        cells[_cell(one)].append(one.id)
    wanted = defaultdict(list)
    for name, weight in form.items():
        wanted[_cell(known[name])].append(weight)
    return {
        name: weight
        for cell, weights in wanted.items()
        for name, weight in zip(chance.sample(cells[cell], len(weights)), weights, strict=True)
    }


def _cell(question: Question) -> tuple[str, str]:
    return question.kind, question.topics[0]
