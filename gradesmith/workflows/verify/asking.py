"""One coding task on the bench: from an answer to a plan, and from the report to how its checks ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradesmith.kinds.code import CodeKind, CodeTask
from gradesmith.model.assessments import Limits
from gradesmith.model.keys import Check, CodeKey
from gradesmith.model.outcomes import Outcome, Status
from gradesmith.model.questions import Part, Variant
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun, Report
from gradesmith.model.submissions import Readability, Response
from gradesmith.rules.scoring import mark
from gradesmith.workflows.verify.bench import Bench, Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An answer to be tried: all checks are asked under each seed in turn, in one process.

    ``checks`` are fewer, or in another order, where they are given; ``read`` are variables to be read at the end.
    """

    name: str
    source: str
    seeds: tuple[int, ...]
    checks: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A trial, and how every check ended in each round; ``seconds`` is what the whole of it took."""

    trial: Trial
    rounds: tuple[tuple[Outcome, ...], ...]
    report: Report

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of all rounds."""
        return tuple(outcome for one in self.rounds for outcome in one)

    @property
    def failed(self) -> frozenset[str]:
        """The checks that did not pass in some round."""
        return frozenset(one.check for one in self.outcomes if one.status is not Status.PASSED)

    @property
    def caught_by(self) -> frozenset[str]:
        """The checks that failed by their own doing, not because the process was gone."""
        return frozenset(one.check for one in self.outcomes if one.status in {Status.FAILED, Status.ERRORED})

    @property
    def cpu_seconds(self) -> float:
        """What one round took of the checks' own computing, on average."""
        return sum(run.cpu_seconds for run in self.report.checks) / len(self.rounds)

    @property
    def earned_hidden(self) -> tuple[Outcome, ...]:
        """The hidden checks that were passed."""
        return tuple(one for one in self.outcomes if one.status is Status.PASSED and not one.visible)


class Task:
    """A coding task with its variant, the name of its check file, and the limits it is graded under."""

    def __init__(self, question: CodeTask, limits: Limits) -> None:
        self.question = question
        self.limits = limits
        self.variant: Variant = CodeKind().draw(question, 0)
        self.file = f"checks_{question.id.replace('-', '_')}.py"

    @property
    def part(self) -> Part:
        """What is marked."""
        return self.variant.parts[0]

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks, in order."""
        key = self.part.key
        return key.checks if isinstance(key, CodeKey) else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the checks, in order."""
        return tuple(check.name for check in self.checks)

    def try_all(
        self, bench: Bench, trials: Sequence[Trial], limits: Limits | None = None, progress: Progress = silent
    ) -> list[Tried]:
        """Run every trial, each in a process of its own."""
        plans = [self._plan(trial, limits or self.limits) for trial in trials]
        reports = bench.run(plans, progress)
        return [self._tried(trial, report) for trial, report in zip(trials, reports, strict=True)]

    def _plan(self, trial: Trial, limits: Limits) -> Plan:
        asked = tuple(
            ChecksToAsk(cell=str(number), file=self.file, names=trial.checks or self.names, rng_seed=seed)
            for number, seed in enumerate(trial.seeds)
        )
        run = QuestionRun(slot="task", cells=(CellToRun(id="task", source=trial.source),), checks=asked)
        # The variables are read when the checks are done, so a question without cells follows.
        reading = (QuestionRun(slot="read", cells=(), read=trial.read),) if trial.read else ()
        return Plan(questions=(run, *reading), files=self.variant.files, limits=limits)

    def _tried(self, trial: Trial, report: Report) -> Tried:
        rounds = []
        for number, _ in enumerate(trial.seeds):
            response = Response(cell=str(number), readability=Readability.ANSWERED, text=trial.source)
            runs = [run for run in report.checks if run.cell == str(number)]
            outcomes = mark(self.part, response, runs).outcomes
            asked = trial.checks or self.names
            rounds.append(tuple(one for one in outcomes if one.check in asked))
        return Tried(trial=trial, rounds=tuple(rounds), report=report)
