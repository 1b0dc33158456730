"""How hard a question will be: its author's estimate and its statistics, each weighted by how much it tells. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from gradesmith.model.questions import Difficulty, Question
from gradesmith.model.statistics import QuestionStatistics

FEWEST_QUESTIONS = 10
"""From so many measured questions on, a level of difficulty means what it turned out to mean."""

REVISION = 0.1
"""By how much (standard deviation) a new wording may change the share of the points that a question earns."""

SMALLEST_SD = 0.05
"""No level is taken to be more uniform than this, however alike its first questions turned out."""

WITHIN = 2
"""For how many responses the expected variance between students counts beside the one that was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The share of the points that a class is expected to earn, 0 to 1, and its standard error.

    ``responses`` is how many answers of students to the question it rests on, beside its author's word.
    """

    share: float
    se: float
    responses: int = 0


AUTHORS = {
    Difficulty.EASY: Expected(share=0.85, se=0.10),
    Difficulty.MEDIUM: Expected(share=0.65, se=0.15),
    Difficulty.HARD: Expected(share=0.45, se=0.15),
}
"""What an author's word is taken to mean before there are numbers.

Medium is what a weekly test earns on the whole, the others are a step of 0.2 away. Teachers rank questions well and
miss their level by 0.1 to 0.2 (Impara and Plake, 1998, "Teachers' ability to estimate item difficulty"), hence the
spread; easy questions have less room above them.
"""


def expectations(questions: Iterable[Question], records: Iterable[QuestionStatistics] = ()) -> dict[str, Expected]:
    """Return what is expected of each question, by its id.

    A normal-normal model: the author's level says where a question may lie, N(m, τ²); the mean of its responses is
    normal around where it does lie, with variance s²/n. The estimate weighs both by their precisions,
    (m/τ² + Σ x̄ᵢ/vᵢ) / (1/τ² + Σ 1/vᵢ), and its variance is 1 / (1/τ² + Σ 1/vᵢ): few responses move it little, many
    decide it (Efron and Morris, 1975, "Data analysis using Stein's estimator and its generalizations"; Gelman et al.,
    Bayesian Data Analysis, 2.5). Statistics of an earlier version count, too, but are never surer than `REVISION`.
    """
    asked = tuple(questions)
    known: dict[str, list[QuestionStatistics]] = {}
    for record in records:
        known.setdefault(record.question, []).append(record)
    levels = _levels(asked, known)
    return {one.id: _estimate(one, levels[one.difficulty], known.get(one.id, ())) for one in asked}


def _levels(
    questions: Sequence[Question], known: Mapping[str, Sequence[QuestionStatistics]]
) -> dict[Difficulty, Expected]:
    """Return what each level means: as authors are taken to mean it, or as enough questions turned out.

    The second by the method of moments: the variance between questions is what their means vary by, less what chance
    in the responses explains (Casella, 1985, "An introduction to empirical Bayes data analysis").
    """
    levels = dict(AUTHORS)
    for level, author in AUTHORS.items():
        measured = [
            record
            for question in questions
            if question.difficulty is level
            for record in known.get(question.id, ())
            if record.version == question.version
        ]
        if len(measured) >= FEWEST_QUESTIONS:
            chance = fmean(_variance(record, author) for record in measured)
            between = max(variance(record.mean for record in measured) - chance, SMALLEST_SD**2)
            levels[level] = Expected(share=fmean(record.mean for record in measured), se=sqrt(between))
    return levels


def _estimate(question: Question, level: Expected, records: Iterable[QuestionStatistics]) -> Expected:
    precision, weighted = 1 / level.se**2, level.share / level.se**2
    responses = 0
    for record in records:
        responses += record.responses
        drift = 0.0 if record.version == question.version else REVISION**2
        weight = 1 / (_variance(record, level) + drift)
        precision, weighted = precision + weight, weighted + record.mean * weight
    return Expected(share=weighted / precision, se=sqrt(1 / precision), responses=responses)


def _variance(record: QuestionStatistics, level: Expected) -> float:
    """Return the variance of a mean of responses.

    That between students is drawn towards the largest that the level's share allows, m(1 - m): five right answers do
    not show that everybody is right.
    """
    seen = (record.responses - 1) * record.sd**2
    between = (seen + WITHIN * level.share * (1 - level.share)) / (record.responses - 1 + WITHIN)
    return between / record.responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far forms differ in difficulty, as standard deviations of the share of the points that a class earns.

    ``fitted`` is what the estimates say, which assembling makes small. ``bound`` is what the errors of the estimates
    add: no choice of questions gets below it without better statistics. ``predicted`` is both together.
    """

    fitted: float
    bound: float

    @property
    def predicted(self) -> float:
        """The standard deviation to reckon with."""
        return sqrt(self.fitted**2 + self.bound**2)


def spread(forms: Sequence[Mapping[str, float]], expected: Mapping[str, Expected]) -> Spread:
    """Predict how far forms differ, each given as the share of its points that each of its questions is worth.

    With X the forms × questions weights, centred by question: what all forms have in common makes none harder than
    another. Fitted variance: the mean of (X p̂)² over forms. That of error: the mean over forms of Σ X² se².
    """
    if not forms:
        return Spread(fitted=0, bound=0)
    questions = sorted({name for form in forms for name in form})
    usual = {name: fmean(form.get(name, 0.0) for form in forms) for name in questions}
    fitted, error = [], []
    for form in forms:
        centred = {name: form.get(name, 0.0) - usual[name] for name in questions}
        fitted.append(sum(weight * expected[name].share for name, weight in centred.items()) ** 2)
        error.append(sum((weight * expected[name].se) ** 2 for name, weight in centred.items()))
    return Spread(fitted=sqrt(fmean(fitted)), bound=sqrt(fmean(error)))


def of_form(form: Mapping[str, float], expected: Mapping[str, Expected]) -> Expected:
    """Predict the difficulty of one form, given as the share of its points that each of its questions is worth."""
    share = sum(weight * expected[name].share for name, weight in form.items())
    return Expected(share=share, se=sqrt(sum((weight * expected[name].se) ** 2 for name, weight in form.items())))
