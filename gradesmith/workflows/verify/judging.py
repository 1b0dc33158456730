"""Judges how answers to a coding task ended, and adds what is wrong with the task to its findings."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from gradesmith.diagnostics import Place
from gradesmith.model.outcomes import Outcome
from gradesmith.workflows.verify.asking import Task, Tried
from gradesmith.workflows.verify.findings import Findings, line_of
from gradesmith.workflows.verify.leaks import leaks

CAUGHT_BY = "Caught by:"
FEWEST_WRONG = 3
ROOM = 3  # how many times as long as the solution an answer may take, at least
MOST_SECONDS = 0.1  # of computing by all checks of a submission, whatever its own code takes


def earned(tried: Sequence[Tried], *, hidden_only: bool = False) -> str:
    """Return the most that was earned of what could be in one run, as "3/5"; points are those of the checks."""
    most, whole = Fraction(0), Fraction(0)
    for one in tried:
        counted = [outcome for outcome in one.rounds[0] if not (hidden_only and outcome.visible)]
        most = max(most, sum((outcome.given for outcome in counted), Fraction(0)))
        whole = sum((outcome.maximum for outcome in counted), Fraction(0))
    return f"{float(most):g}/{float(whole):g}"


def caught_by(source: str) -> frozenset[str] | None:
    """Return the checks that the last line of a wrong answer's docstring names; ``None`` when it names none."""
    try:
        lines = (ast.get_docstring(ast.parse(source)) or "").strip().splitlines()
    except SyntaxError:
        return None
    if not lines or not lines[-1].startswith(CAUGHT_BY):
        return None
    return frozenset(name.strip(" .`") for name in lines[-1].removeprefix(CAUGHT_BY).split(","))


class Judge:
    """Judges one task's answers; each method is one thing that must hold."""

    def __init__(self, task: Task, findings: Findings) -> None:
        self._task = task
        self._findings = findings

    def solution_earns_all(self, tried: Sequence[Tried]) -> bool:
        """Whether the solution passed every check, each time and in any order."""
        failures = [(one, outcome) for one in tried for outcome in one.outcomes if outcome.given != outcome.maximum]
        for one, outcome in _first_by_check(failures):
            how = f"{one.trial.name}, seed {one.trial.seeds[0]}: {outcome.status}"
            message = f"{outcome.check}: the solution fails ({how}){_said(outcome)}"
            hint = "mend the solution, or a check that is wrong, depends on chance or on the checks before it"
            self._findings.error("solution-fails", message, hint, self._at_check(outcome.check))
        return not failures

    def leaves_time(self, seconds_of_checks: Mapping[str, float], seconds_of_cell: float) -> None:
        """The limits leave room for honest code that is slower than the solution."""
        limits = self._task.limits
        for name, seconds in seconds_of_checks.items():
            if ROOM * seconds > limits.check_seconds:
                message = f"{name}: the solution needs more than a third of the {limits.check_seconds:g} s allowed"
                hint = "ask for less, or raise check_seconds in the assessment's limits"
                self._findings.error("too-slow", message, hint, self._at_check(name))
        if ROOM * seconds_of_cell > limits.cell_seconds:
            message = f"the solution's cell needs more than a third of the {limits.cell_seconds:g} s allowed"
            hint = "let it compute less, or raise cell_seconds in the assessment's limits"
            self._findings.error("too-slow", message, hint, self._findings.at("solution.py"))

    def costs_little(self, seconds: float) -> None:
        """What the checks themselves compute is paid again for every submission, whenever it is graded."""
        if seconds > MOST_SECONDS:
            message = f"these checks compute for {1000 * seconds:.0f} ms at every submission, beside the student's code"
            hint = "count with NumPy where a library is called in a loop, draw less, or keep what rng alone decides"
            self._findings.note("slow-checks", message, hint, self._findings.at("checks.py"))

    def breaks_nothing(self, tried: Iterable[Tried]) -> None:
        """No answer, however bad, is a fault of the checks: each check gives a verdict."""
        ours = ((run, outcome) for run in tried for outcome in run.outcomes if outcome.status.ours)
        for one, outcome in _first_by_check(ours):
            message = f"{outcome.check}: {one.trial.name} breaks this check ({outcome.status}){_said(outcome)}"
            hint = "a check that can't use what it gets must fail, not break"
            self._findings.error("check-breaks", message, hint, self._at_check(outcome.check))

    def earns_nothing_hidden(self, code: str, what: str, tried: Iterable[Tried]) -> None:
        """Such an answer passes no hidden check."""
        passed = ((run, outcome) for run in tried for outcome in run.earned_hidden)
        for one, outcome in _first_by_check(passed):
            message = f"{outcome.check}: {what} passes this hidden check ({one.trial.name})"
            hint = "ask, in the same check, for something that only a right answer gives"
            self._findings.error(code, message, hint, self._at_check(outcome.check))

    def starter_passes_visible(self, tried: Iterable[Tried]) -> None:
        """That the starter passes a visible check is worth knowing."""
        for check in sorted({out.check for one in tried for out in one.outcomes if out.visible and out.given}):
            message = f"{check}: the starter passes this visible check, and earns its points"
            self._findings.note("starter-passes-visible", message, place=self._at_check(check))

    def wrong_fail_as_named(self, tried: Sequence[Tried]) -> None:
        """Each known-wrong answer fails exactly the checks that its docstring's last line names, under every seed."""
        for name, group in groupby(tried, lambda one: one.trial.name):
            runs = list(group)
            named = caught_by(runs[0].trial.source)
            place = self._findings.at(name)
            if named is None:
                hint = f"end its docstring with the line {CAUGHT_BY} {self._listed(runs[0].failed)}"
                self._findings.error("wrong-unnamed", f"{name} does not say what catches it", hint, place)
            elif differing := [run for run in runs if run.failed != named]:
                seed = differing[0].trial.seeds[0]
                message = f"{name} fails {self._listed(differing[0].failed)} (seed {seed})"
                hint = f"its docstring names {', '.join(sorted(named))}; strengthen the checks, or name what fails"
                self._findings.error("wrong-misnamed", message, hint, place)

    def enough_wrong(self) -> None:
        """Some wrong answers are there to show what the checks are for."""
        count = len(self._task.question.wrong)
        if count < FEWEST_WRONG:
            message = f"wrong/ holds {count} answers; at least {FEWEST_WRONG} show what the checks are for"
            self._findings.warning("few-wrong-answers", message, "write down what students get wrong: wrong/name.py")

    def no_check_is_idle(self, tried: Iterable[Tried]) -> None:
        """Each check notices some wrong answer or mutant."""
        noticed = {check for one in tried for check in one.caught_by}
        for name in self._task.names:
            if name not in noticed:
                message = f"{name}: an idle check: no wrong answer and no mutant fails it"
                self._findings.error("idle-check", message, "let it ask for more, or drop it", self._at_check(name))

    def feedback_tells_nothing(self, told: Sequence[str], tried: Iterable[Tried]) -> None:
        """What students read about a hidden check does not hold what comes out of a right answer."""
        known = f"{self._task.question.prompt}\n{self._task.question.starter}"
        hidden = [outcome for one in tried for outcome in one.outcomes if not outcome.visible]
        for check, text in sorted({(one.check, text) for one in hidden for text in (one.title, one.feedback)}):
            for leaked in leaks(text, told, known):
                message = f'{check}: students read "{text}", and {leaked} is what a right answer gives'
                hint = "say what is tried, not what comes out"
                self._findings.error("feedback-leaks", message, hint, self._at_check(check))

    def _listed(self, names: frozenset[str]) -> str:
        return ", ".join(name for name in self._task.names if name in names) or "no check"

    def _at_check(self, name: str) -> Place:
        return self._findings.at("checks.py", line_of(self._task.question.checks, name))


def _first_by_check(pairs: Iterable[tuple[Tried, Outcome]]) -> list[tuple[Tried, Outcome]]:
    """Return the first pair for each check: one example says enough."""
    first: dict[str, tuple[Tried, Outcome]] = {}
    for one, outcome in pairs:
        first.setdefault(outcome.check, (one, outcome))
    return list(first.values())


def _said(outcome: Outcome) -> str:
    first = outcome.detail.strip().splitlines()[:1]
    return f": {first[0][:200]}" if first else ""
