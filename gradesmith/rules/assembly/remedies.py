"""Says in words why no form can be made, and what to write or to loosen."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Assessment
from gradesmith.rules.assembly.candidates import Candidate, Shape
from gradesmith.rules.assembly.demands import Apart, Demand, Evenness, Level, Once, Overlap, Quota, Time
from gradesmith.rules.assembly.shortage import Task, Way, lacking

NEARLY = 1e-6


class CannotAssemble(GradesmithError):
    """No form fulfils the blueprint; the text says what it lacks, and the remedy what to write or to loosen."""


def explained(task: Task, *, exact: bool = True) -> CannotAssemble | None:
    """Say what a task lacks, or ``None`` when nothing does; ``exact`` is that of `lacking`."""
    given = lacking(task, write=False, exact=exact)
    if not given:
        return None
    words = _Words(task)
    ways = [", and ".join(words.remedies(way)) for way in (lacking(task, write=True, exact=exact), given)]
    problems = "; ".join(words.problems(given))
    return CannotAssemble(f"{task.assessment.id}: {problems}", "; or ".join(dict.fromkeys(ways)))


def refusal(task: Task) -> CannotAssemble:
    """Say what a task lacks for which no form was found."""
    lost = "no form was found, though nothing seems to be lacking"
    return explained(task) or CannotAssemble(f"{task.assessment.id}: {lost}", "loosen balance.tolerance a little")


class _Words:
    """Puts what is lacking into the words of who wrote the blueprint."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._blueprint: Assessment = task.assessment

    def problems(self, way: Way) -> Iterator[str]:
        """Yield what can't be had, by what had to give in."""
        yield from dict.fromkeys(self._problem(demand, *gaps) for demand, gaps in _telling(way))
        if way.cap is not None:
            cap, total = self._task.cap, self._task.total
            yield f"at most {cap} of {total} forms may hold one question, and {way.cap} would have to"
        for one, number in way.written.items():
            yield f"{number} {self._kinds(one.section)} question{'s' if number > 1 else ''} can't be had"

    def remedies(self, way: Way) -> Iterator[str]:
        """Yield what to write and what to loosen."""
        if way.written:
            yield f"write {self._written(way)}"
        yield from dict.fromkeys(self._remedy(demand, *gaps) for demand, gaps in _telling(way))
        if way.cap is not None:
            yield f"raise balance.exposure to {_up(way.cap / self._task.total)}"

    def _problem(self, demand: Demand, below: float, above: float) -> str:
        match demand:
            case Quota(section=section, shape=shape):
                asked = f"{_questions(demand.low, self._kinds(section))}{self._cells(section, shape)}"
                had = floor(demand.low - below + NEARLY) if below else ceil(demand.high + above - NEARLY)
                word = "can be had" if below else "would have to stand there"
                verb = "is" if demand.low == 1 else "are"
                text = f"{self._section(section)}: {asked} {verb} asked, {had or 'none'} {word}"
            case Evenness(section=section, spread=spread, group=group):
                few = "too few" if below else "too many"
                text = f"{self._section(section)}: {few} questions can be had on {spread} {group}"
            case Time() if above:
                text = f"its questions take {demand.high + above:g} minutes or more, it has {demand.high:g}"
            case Time():
                text = f"its questions take {demand.low - below:g} minutes or less, {demand.low:g} are asked"
            case Level():
                edge = f"{demand.high + above:.3f} or more" if above else f"{demand.low - below:.3f} or less"
                target, tolerance = (demand.high + demand.low) / 2, (demand.high - demand.low) / 2
                text = f"the class would earn {edge} of the points, {target:.3f} ± {tolerance:g} is asked"
            case Overlap():
                shared = ceil(demand.high + above - NEARLY)
                text = f"{shared} questions would stand in the next student's form as well, {demand.high:g} may"
            case Apart(names=names, why=why):
                text = f"{' and '.join(sorted(names))} would have to stand in one form{why or ', and are enemies'}"
            case Once(name=name):
                text = f"the anchor {name} finds no place in the form"
            case _:
                raise TypeError(demand)
        return text

    def _remedy(self, demand: Demand, below: float, above: float) -> str:
        match demand:
            case Quota(section=section):
                number = floor(demand.low - below + NEARLY) if below else ceil(demand.high + above - NEARLY)
                text = (
                    f"let {self._section(section)} pick {number}" if number else f"leave out {self._section(section)}"
                )
            case Evenness(section=section, spread=spread):
                text = f"take {spread} out of spread_over in {self._section(section)}"
            case Time():
                text = self._more_time(demand, below, above)
            case Level():
                tolerance = (demand.high - demand.low) / 2 + max(below, above)
                reached = demand.high + above if above else demand.low - below
                text = f"loosen balance.tolerance to {_up(tolerance)} (or set balance.difficulty to {reached:.2f})"
            case Overlap():
                number = sum(section.pick.count for section in self._blueprint.sections)
                text = f"raise balance.overlap to {_up(ceil(demand.high + above - NEARLY) / number)}"
            case Apart(names=names, why=why):
                one, other = sorted(names)
                text = f"rename a file of {one} or {other}" if why else f"let {one} and {other} be no enemies"
            case Once(name=name):
                text = f"take {name} out of the anchors"
            case _:
                raise TypeError(demand)
        return text

    def _more_time(self, demand: Time, below: float, above: float) -> str:
        low, high = floor(demand.low - below + NEARLY), ceil(demand.high + above - NEARLY)
        if self._blueprint.balance.minutes is None:
            return f"give it {high} minutes"
        return f"widen balance.minutes to [{low}, {high}]"

    def _written(self, way: Way) -> str:
        """List what to write: "3 more hard code questions on unit 5", places in brackets where there are several."""
        places: dict[str, list[tuple[int, str]]] = {}
        for one, number in way.written.items():
            level = f"{one.level} " if any(isinstance(demand, Level) for demand in self._task.demands) else ""
            kind = f"more {level}{self._kinds(one.section)}{self._cells(one.section, one.shape)}"
            places.setdefault(kind, []).append((number, self._where(one)))
        return _listed([_asked_for(kind, there) for kind, there in places.items()])

    def _where(self, one: Candidate) -> str:
        groups = [(spread, group) for spread, group in one.groups if group]
        units = self._blueprint.units
        unit = f"unit{'s' if len(units) > 1 else ''} {' or '.join(map(str, units))}"
        places = [f"{'Bloom level' if spread == 'bloom' else spread} {group}" for spread, group in groups]
        return " and ".join(places if "lecture" in dict(groups) else [*places, unit])

    def _section(self, number: int) -> str:
        return f'section "{self._blueprint.sections[number].title}"'

    def _kinds(self, number: int) -> str:
        return " or ".join(self._blueprint.sections[number].pick.kind)

    def _cells(self, section: int, shape: Shape | None) -> str:
        """Say which cells are meant, where a section has questions of several shapes."""
        shapes = {one.shape for one in self._task.candidates if one.section == section}
        if not shape or shapes <= {shape}:
            return ""
        cells = (f"{cell.part or 'answer'}{' in words' if cell.text else ''} {float(cell.points):g}" for cell in shape)
        return f" [{', '.join(cells)}]"


def _telling(way: Way) -> Iterator[tuple[Demand, tuple[float, float]]]:
    """Yield the demands that tell why; a section that lacks questions is not spread either, and needs no more words."""
    short = {one.section for one in way.given if isinstance(one, Quota)}
    thin = {(one.section, one.spread) for one, (below, _) in way.given.items() if isinstance(one, Evenness) and below}
    for demand, (below, above) in way.given.items():
        if isinstance(demand, Evenness):
            too_many = not below and (demand.section, demand.spread) in thin
            if demand.section in short or too_many:
                continue
        yield demand, (below, above)


def _questions(number: float, kind: str) -> str:
    return f"{number:g} {kind} question{'' if number == 1 else 's'}"


def _asked_for(kind: str, places: list[tuple[int, str]]) -> str:
    whole = sum(number for number, _ in places)
    if len(places) == 1:
        return f"{_questions(whole, kind)} on {places[0][1]}"
    return f"{_questions(whole, kind)} ({_listed([f'{number} on {where}' for number, where in places])})"


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _up(share: float) -> str:
    """Round a share up to hundredths, so that what is written suffices."""
    return f"{ceil(share * 100 - NEARLY) / 100:g}"
