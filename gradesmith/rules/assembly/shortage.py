"""Finds what a blueprint lacks: an elastic program, in which questions can be written and demands can give in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from gradesmith.model.assessments import Assessment
from gradesmith.model.questions import Difficulty
from gradesmith.rules.assembly.candidates import Candidate, weights_of
from gradesmith.rules.assembly.demands import Demand, Evenness, Level, Quota, Time
from gradesmith.rules.assembly.program import Program
from gradesmith.rules.difficulty import AUTHORS

DEAR = 10_000
"""How many times as dear the other way out is, when it is asked what the one alone would take."""

IN_TIME = 0.5
"""What a minute more costs against a question to write: nobody should write questions to save minutes."""

LEVELS_OFF_THE_MIDDLE = 0.01
"""What a question costs more that is easy or hard: the level is to be told only where it matters."""

MOST = 10_000
"""How far a demand can give in at most: further than any will have to."""

PER_WORN = 20
"""What it costs to let a question stand in one more share of all forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be assembled: ``forms`` forms at once, of ``total`` that the class has.

    A question may stand in ``cap`` of all forms, so in ``left`` of these where some hold it already.
    """

    assessment: Assessment
    candidates: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    forms: int = 1
    total: int = 1
    cap: int = 1
    left: Mapping[str, int] = field(default_factory=dict)

    def room(self, name: str) -> int:
        """In how many of the forms a question may stand."""
        return min(self.forms, self.left.get(name, self.cap))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out: questions to write, by what they must be like, demands that give in below and above, and a cap."""

    written: Mapping[Candidate, int]
    given: Mapping[Demand, tuple[float, float]]
    cap: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is lacking."""
        return bool(self.written or self.given or self.cap)


def unevenness(task: Task) -> Way | None:
    """Return how far the spread of the sections must give in, if that alone is lacking, or ``None``."""
    return _Elastic(task, write=False, exact=True, giving=Evenness).solved()


def lacking(task: Task, *, write: bool, exact: bool = True) -> Way:
    """Return the cheapest way out: by writing questions where that helps, or else by giving in.

    With ``exact`` false, a question may stand in a part of a form: the average form is looked at, which needs little
    time, and what is lacking then is lacking indeed.
    """
    way = _Elastic(task, write=write, exact=exact).solved()
    if way is None:
        raise AssertionError("every demand can give in, so there is a way out")
    return way


class _Elastic:
    """The elastic program, and which of its variables stands for what."""

    def __init__(self, task: Task, *, write: bool, exact: bool, giving: type[Demand] = Demand) -> None:
        self._task = task
        self._giving = giving
        self._write_cost, self._give_cost = (1.0, float(DEAR)) if write else (float(DEAR), 1.0)
        self._program = Program()
        self._exact = exact
        most = task.total if giving is Demand else 0
        # Against writing, a share of the forms is as dear as one form of few.
        per_form = self._give_cost * PER_WORN / (1 if write else task.total)
        self._more = self._program.variable(per_form, high=most)
        self._used = [self._use(one) for one in task.candidates]
        self._unwritten = list(_unwritten(task)) if giving is Demand else []
        self._writing = [self._write(one) for one in self._unwritten]
        self._slack = {demand: self._demand(demand) for demand in task.demands}

    def _use(self, one: Candidate) -> int:
        """A variable for how many forms hold a question, which no more than the cap do, unless that is raised."""
        forms = self._task.forms
        used = self._program.variable(high=forms, whole=self._exact)
        if (room := self._task.room(one.name)) < forms:
            self._program.row([(used, 1), (self._more, -1)], high=room)
        return used

    def _write(self, one: Candidate) -> tuple[int, int]:
        """Variables for how many such questions are written, and for how many forms hold them."""
        task = self._task
        away = LEVELS_OFF_THE_MIDDLE * (one.level is not Difficulty.MEDIUM)
        most = sum(section.pick.count for section in task.assessment.sections) * task.forms
        written = self._program.variable(self._write_cost + away, high=most)
        used = self._program.variable(high=most, whole=self._exact)
        self._program.row([(used, 1), (written, -min(task.cap, task.forms))], high=0)
        return written, used

    def _demand(self, demand: Demand) -> tuple[int, int]:
        """Two variables for how far a demand gives in, on average over the forms: below and above."""
        task = self._task
        most = MOST if isinstance(demand, self._giving) else 0
        below, above = (self._program.variable(self._cost(demand), high=most, whole=False) for _ in range(2))
        terms = [(at, float(demand.weighs(one))) for at, one in zip(self._used, task.candidates, strict=True)]
        terms += [
            (used, float(demand.weighs(one))) for (_, used), one in zip(self._writing, self._unwritten, strict=True)
        ]
        ends = [(below, float(task.forms)), (above, -float(task.forms))]
        weighty = [(at, weight) for at, weight in terms if weight]
        self._program.row([*weighty, *ends], demand.low * task.forms, demand.high * task.forms)
        return below, above

    def _cost(self, demand: Demand) -> float:
        return IN_TIME if isinstance(demand, Time) else self._give_cost * demand.price

    def solved(self) -> Way | None:
        """Solve, and read off what is lacking; ``None`` where more would have to give in than may."""
        values = self._program.solve(gap=1e-6)
        if values is None:
            return None
        written = {
            one: int(values[number])
            for one, (number, _) in zip(self._unwritten, self._writing, strict=True)
            if values[number] > 0.5
        }
        given = {
            demand: (float(values[below]), float(values[above]))
            for demand, (below, above) in self._slack.items()
            if max(values[below], values[above]) > _noise(demand)
        }
        more = round(float(values[self._more]))
        return Way(written=written, given=given, cap=self._task.cap + more if more else None)


def _noise(demand: Demand) -> float:
    return 1e-5 if isinstance(demand, Level) else 1e-4


def _unwritten(task: Task) -> Iterator[Candidate]:
    """Yield what questions that could be written would be like: of each shape, group and level that matters."""
    levels = list(Difficulty) if any(isinstance(one, Level) for one in task.demands) else [Difficulty.MEDIUM]
    weights = weights_of(task.assessment)
    for number, section in enumerate(task.assessment.sections):
        own = [one for one in task.candidates if one.section == number]
        quotas = [one for one in task.demands if isinstance(one, Quota) and one.section == number]
        choices = [sorted({one.group(spread) for one in own}) or [""] for spread in section.pick.spread_over]
        for quota, groups, level in product(quotas, product(*choices), levels):
            yield Candidate(
                section=number,
                name="",
                groups=tuple(zip(section.pick.spread_over, groups, strict=True)),
                level=level,
                minutes=min((one.minutes for one in own), default=1.0),
                weight=weights[number],
                expected=AUTHORS[level],
                shape=quota.shape or (),
                written=False,
            )
