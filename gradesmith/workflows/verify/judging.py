"""Judges how answers to a coding task ended, and adds what is wrong with the task to its findings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from gradesmith.model.outcomes import Outcome
from gradesmith.workflows.verify.asking import Task, Tried
from gradesmith.workflows.verify.findings import Findings, line_of

CAUGHT_BY = "Caught by:"
FEWEST_WRONG = 3
ROOM = 3  # how many times as long as the solution an answer may take, at least
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
WORD = re.compile(r"[^\W\d_][\w-]{3,}")


def earned(outcomes: Iterable[Outcome], *, hidden_only: bool = False) -> str:
    """Return what was earned of what could be, as "3/5"."""
    counted = [one for one in outcomes if not (hidden_only and one.visible)]
    given, whole = (sum(values, Fraction(0)) for values in zip(*((one.given, one.maximum) for one in counted)))
    return f"{float(given):g}/{float(whole):g}"


class Judge:
    """Judges one task's answers; each method is one thing that must hold."""

    def __init__(self, task: Task, findings: Findings) -> None:
        self._task = task
        self._findings = findings

    def solution_earns_all(self, tried: Sequence[Tried]) -> bool:
        """Whether the solution passed every check, each time and in any order."""
        seen = set()
        for one in tried:
            for outcome in one.outcomes:
                if outcome.given != outcome.maximum and outcome.check not in seen:
                    seen.add(outcome.check)
                    how = f"{one.trial.name}, seed {one.trial.seeds[0]}"
                    said = f": {_first_line(outcome.detail)}" if outcome.detail else ""
                    message = f"{outcome.check}: the solution fails ({how}; {outcome.status}){said}"
                    hint = "mend the solution, or a check that is wrong, depends on chance or on the checks before it"
                    self._findings.error("solution-fails", message, hint, self._at_check(outcome.check))
        return not seen

    def leaves_time(self, seconds_of_checks: dict[str, float], seconds_of_cell: float) -> None:
        """The limits leave slower honest code room."""
        limits = self._task.limits
        for name, seconds in seconds_of_checks.items():
            if ROOM * seconds > limits.check_seconds:
                message = f"{name}: the solution needs more than a third of the {limits.check_seconds:g} s allowed"
                self._findings.error("too-slow", message, "ask for less, or raise limits.check_seconds", self._at_check(name))
        if ROOM * seconds_of_cell > limits.cell_seconds:
            message = f"running the solution's cell needs more than a third of the {limits.cell_seconds:g} s allowed"
            self._findings.error("too-slow", message, "compute less", self._findings.at("solution.py"))

    def breaks_nothing(self, tried: Iterable[Tried]) -> None:
        """No answer, however bad, is a fault of the checks: each check gives a verdict."""
        for name, outcome in _first_by_check((one, outcome) for one in tried for outcome in one.outcomes if outcome.status.ours):
            message = f"{outcome.check}: {name} breaks it ({outcome.status}): {_first_line(outcome.detail)}"
            hint = "a check that can't use what it got must fail, not break"
            self._findings.error("check-breaks", message, hint, self._at_check(outcome.check))

    def starter_earns_nothing(self, tried: Sequence[Tried]) -> None:
        """Handing in the starter earns nothing hidden; that it passes a visible check is worth knowing."""
        self._earns_nothing("starter-earns", tried, "the starter already passes it")
        for check in sorted({one.check for run in tried for one in run.outcomes if one.visible and one.given}):
            message = f"{check}: the starter passes this visible check, and earns its points"
            self._findings.note("starter-passes-visible", message, "", self._at_check(check))

    def junk_earns_nothing(self, tried: Sequence[Tried]) -> None:
        """Junk earns nothing hidden."""
        self._earns_nothing("junk-earns", tried, "junk passes it")

    def examples_earn_nothing(self, tried: Sequence[Tried]) -> None:
        """Typing in the examples earns nothing hidden."""
        self._earns_nothing("hard-coding-earns", tried, "typing in the visible examples passes it")

    def _earns_nothing(self, code: str, tried: Sequence[Tried], what: str) -> None:
        for name, outcome in _first_by_check((one, outcome) for one in tried for outcome in one.earned_hidden):
            message = f"{outcome.check}: {what} ({name})"
            hint = "ask for something in the same check that only a right answer gives"
            self._findings.error(code, message, hint, self._at_check(outcome.check))

    def wrong_fail_as_named(self, tried: Sequence[Tried]) -> None:
        """Each known-wrong answer fails exactly the checks that its docstring's last line names."""
        by_name: dict[str, list[Tried]] = {}
        for one in tried:
            by_name.setdefault(one.trial.name, []).append(one)
        for name, runs in by_name.items():
            named = caught_by(runs[0].trial.source)
            place = self._findings.at(f"wrong/{name}")
            if named is None:
                hint = f"end its docstring with a line: {CAUGHT_BY} {', '.join(_sorted(runs[0].failed, self._task))}"
                self._findings.error("wrong-unnamed", f"wrong/{name} does not say what catches it", hint, place)
                continue
            for run in runs:
                if run.failed != named:
                    message = f"wrong/{name} is caught by {_listed(run.failed, self._task)} (seed {run.trial.seeds[0]})"
                    hint = f"its docstring names {_listed(named, self._task)}"
                    self._findings.error("wrong-misnamed", message, hint, place)
                    break

    def enough_wrong(self) -> None:
        """Some wrong answers are there to show what the checks are for."""
        count = len(self._task.question.wrong)
        if count < FEWEST_WRONG:
            message = f"there are {count} wrong answers, fewer than {FEWEST_WRONG}"
            hint = "write down what students get wrong: wrong/name.py"
            self._findings.warning("few-wrong-answers", message, hint, self._findings.at("question.yaml"))

    def no_check_is_idle(self, tried: Iterable[Tried]) -> None:
        """Each check notices some wrong answer or mutant."""
        noticed = {check for one in tried for check in one.caught_by}
        for name in self._task.names:
            if name not in noticed:
                message = f"{name}: no wrong answer and no mutant fails this check"
                self._findings.error("idle-check", message, "let it ask for more, or drop it", self._at_check(name))

    def feedback_tells_nothing(self, told: Sequence[str], tried: Sequence[Tried]) -> None:
        """What students read about a hidden check does not hold what the right answer is."""
        known = f"{self._task.question.prompt} {self._task.question.starter}"
        texts = {(one.check, text) for run in tried for one in run.outcomes if not one.visible for text in (one.title, one.feedback)}
        for check, text in sorted(texts):
            for leaked in leaks(text, told, known):
                message = f'{check}: students read "{text}", and {leaked} is what the solution gives'
                self._findings.error("feedback-leaks", message, "say what is tried, not what comes out", self._at_check(check))

    def _at_check(self, name: str):  # type: ignore[no-untyped-def]
        return self._findings.at("checks.py", line_of(self._task.question.checks, name))


def caught_by(source: str) -> frozenset[str] | None:
    """Return the checks that a wrong answer's docstring names; ``None`` when it names none."""
    try:
        docstring = ast.get_docstring(ast.parse(source)) or ""
    except SyntaxError:
        return None
    last = docstring.strip().splitlines()[-1] if docstring.strip() else ""
    if not last.startswith(CAUGHT_BY):
        return None
    return frozenset(name.strip(" .`") for name in last.removeprefix(CAUGHT_BY).split(","))
