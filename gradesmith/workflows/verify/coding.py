"""Verifies a coding task: its solution, starter, wrong answers, junk, typed-in examples and mutants are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gradesmith.model.assessments import Limits
from gradesmith.model.certificates import MutationCount
from gradesmith.model.runs import CellStatus
from gradesmith.workflows.verify.answers import COSTLY_JUNK, JUNK, hard_coded, junk, public_names, recorded
from gradesmith.workflows.verify.asking import Task, Trial, Tried
from gradesmith.workflows.verify.bench import Bench, Progress
from gradesmith.workflows.verify.findings import Findings
from gradesmith.workflows.verify.judging import Judge, earned
from gradesmith.workflows.verify.mutating import judge_mutation, mutate

LEAST_SECONDS = 2.0
TIMES_SOLUTION = 10
SUBMISSION_SECONDS = 600
RECORDED = ("gradesmith_keys", "gradesmith_told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the answers to a task earned, and how many mutants were noticed."""

    scores: dict[str, str]
    mutation: MutationCount | None = None


Say = Callable[[str], Progress]


def verify_coding(task: Task, bench: Bench, seeds: Sequence[int], findings: Findings, say: Say) -> Scores:
    """Try everything; when the solution itself fails, nothing else can be judged.

    ``say`` makes a progress bar for a step.
    """
    judge = Judge(task, findings)
    judge.enough_wrong()
    solved = _solution(task, bench, seeds, say("solution"))
    if not judge.solution_earns_all(solved):
        return Scores(scores={"solution": earned(solved)})
    judge.leaves_time(*_seconds(task, bench, solved))
    judge.costs_little(min(one.cpu_seconds for one in solved))
    short = _short_limits(task, solved)
    answers = _Answers(task, bench, seeds, short)
    told = answers.told()
    tried = answers.all(say("answers"))
    mutation = mutate(task, bench, seeds, short, say("mutants"))
    _judge_answers(judge, tried)
    judge_mutation(mutation, findings)
    noticed = [one for name, one in mutation.killed.items() if name not in mutation.waived]
    everything = [one for group in tried.values() for one in group] + noticed
    judge.breaks_nothing(everything)
    judge.no_check_is_idle([*tried["wrong"], *noticed])
    judge.feedback_tells_nothing(told, everything)
    return Scores(scores=_scores(solved, tried), mutation=mutation.count)


def _solution(task: Task, bench: Bench, seeds: Sequence[int], progress: Progress) -> list[Tried]:
    """Run the solution twice in one process, and in another one with the checks in reversed order."""
    source, backwards = task.question.solution, task.names[::-1]
    trials = [Trial(name="run twice", source=source, seeds=(seed, seed)) for seed in seeds]
    trials += [Trial(name="checks reversed", source=source, seeds=(seed,), checks=backwards) for seed in seeds]
    return task.try_all(bench, trials, progress=progress)


def _quickest(tried: Sequence[Tried]) -> float:
    """Return the least that one round of all checks took: a busy machine makes it longer, never shorter."""
    return min(one.report.seconds / len(one.rounds) for one in tried)


def _seconds(task: Task, bench: Bench, solved: Sequence[Tried]) -> tuple[dict[str, float], float]:
    """Return the seconds of each check and of the cell; all checks together are a bound that mostly says enough."""
    cell = min(run.seconds for one in solved for run in one.report.cells if run.status is CellStatus.RAN)
    whole = _quickest(solved)
    if whole * 3 <= task.limits.check_seconds:
        return dict.fromkeys(task.names, whole), cell
    seeds = solved[0].trial.seeds[:1]
    trials = [Trial(name="", source=task.question.solution, seeds=seeds, checks=(name,)) for name in task.names]
    alone = task.try_all(bench, trials)
    return {one.trial.checks[0]: max(one.report.seconds - cell, 0.0) for one in alone}, cell


def _short_limits(task: Task, solved: Sequence[Tried]) -> Limits:
    """Return limits under which a loop is cheap and whatever is as quick as the solution is safe.

    The slowest run counts, so that a machine that is busy just now gives everybody more time.
    """
    slowest = max(one.report.seconds / len(one.rounds) for one in solved)
    seconds = max(LEAST_SECONDS, TIMES_SOLUTION * slowest)
    return task.limits.but(check_seconds=seconds, cell_seconds=seconds, submission_seconds=SUBMISSION_SECONDS)


class _Answers:
    """Everything that must earn little or nothing."""

    def __init__(self, task: Task, bench: Bench, seeds: Sequence[int], limits: Limits) -> None:
        self._task = task
        self._bench = bench
        self._seeds = tuple(seeds)
        self._limits = limits

    def told(self) -> tuple[str, ...]:
        """Return the numbers and texts that the solution gives the hidden checks."""
        hidden = tuple(check.name for check in self._task.checks if not check.visible)
        return self._recorded(hidden)["gradesmith_told"]

    def all(self, progress: Progress) -> dict[str, list[Tried]]:
        """Try all of them at once, and return them by group."""
        groups = {
            "starter": self._starter(),
            "wrong": self._wrong(),
            "junk": self._junk(),
            "examples": self._examples(),
        }
        trials = [trial for group in groups.values() for trial in group]
        tried = iter(self._task.try_all(self._bench, trials, self._limits, progress))
        return {name: [next(tried) for _ in group] for name, group in groups.items()}

    def _under_all(self, name: str, source: str) -> list[Trial]:
        return [Trial(name=name, source=source, seeds=(seed,)) for seed in self._seeds]

    def _starter(self) -> list[Trial]:
        return self._under_all("the starter", self._task.question.starter)

    def _wrong(self) -> list[Trial]:
        wrong = sorted(self._task.question.wrong.items())
        return [trial for name, source in wrong for trial in self._under_all(f"wrong/{name}", source)]

    def _junk(self) -> list[Trial]:
        starter = self._task.question.starter
        cheap = [self._under_all(name, junk(starter, body)) for name, body in JUNK.items()]
        costly = [self._under_all(name, junk(starter, body))[:1] for name, body in COSTLY_JUNK.items()]
        return [trial for group in [*cheap, *costly] for trial in group]

    def _examples(self) -> list[Trial]:
        visible = tuple(check.name for check in self._task.checks if check.visible)
        if not visible:
            return []
        names, solution = public_names(self._task.question.starter), self._task.question.solution
        keys = self._recorded(visible)["gradesmith_keys"]
        ways = {"else None": False, "else an error": True}
        sources = {name: hard_coded(solution, names, keys, raising=raising) for name, raising in ways.items()}
        return [trial for name, source in sources.items() for trial in self._under_all(name, source)]

    def _recorded(self, checks: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """Run the solution under these checks and return what it was called with and what it gave."""
        if not checks:
            return dict.fromkeys(RECORDED, ())
        source = recorded(self._task.question.solution, public_names(self._task.question.starter))
        trial = Trial(name="recorded", source=source, seeds=self._seeds, checks=checks, read=RECORDED)
        (tried,) = self._task.try_all(self._bench, [trial])
        values = {name: tried.report.values.get(name) for name in RECORDED}
        return {name: tuple(map(str, value)) if isinstance(value, list) else () for name, value in values.items()}


def _judge_answers(judge: Judge, tried: Mapping[str, list[Tried]]) -> None:
    judge.earns_nothing_hidden("starter-earns", "the starter", tried["starter"])
    judge.starter_passes_visible(tried["starter"])
    judge.wrong_fail_as_named(tried["wrong"])
    judge.earns_nothing_hidden("junk-earns", "junk", tried["junk"])
    judge.earns_nothing_hidden("hard-coding-earns", "typing in the visible examples", tried["examples"])


def _scores(solved: Sequence[Tried], tried: Mapping[str, list[Tried]]) -> dict[str, str]:
    wrong: dict[str, list[Tried]] = {}
    for one in tried["wrong"]:
        wrong.setdefault(one.trial.name, []).append(one)
    return {
        "solution": earned(solved),
        "starter, hidden checks": earned(tried["starter"], hidden_only=True),
        "junk, hidden checks": earned(tried["junk"], hidden_only=True),
        "typed-in examples, hidden checks": earned(tried["examples"], hidden_only=True),
        **{name: earned(runs) for name, runs in wrong.items()},
    }
