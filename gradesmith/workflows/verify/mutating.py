"""Puts small faults into a task's solution and sees whether its checks notice them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.model.assessments import Limits
from gradesmith.model.certificates import MutationCount
from gradesmith.rules.mutation import Mutant, mutants
from gradesmith.workflows.verify.asking import Task, Trial, Tried
from gradesmith.workflows.verify.bench import Bench, Progress, silent
from gradesmith.workflows.verify.findings import Findings

FEWEST = 15
MOST_WAIVED = Fraction(1, 10)
LEAST_KILLED = Fraction(9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """All mutants of a solution, and the run in which each was noticed; one that never was is not in ``killed``."""

    mutants: tuple[Mutant, ...]
    killed: Mapping[str, Tried]
    waived: Mapping[str, str]
    few: str = ""  # why there are few, as the author says

    @property
    def survivors(self) -> list[Mutant]:
        """The mutants that are real faults and that no check noticed."""
        return [one for one in self.mutants if one.hash not in self.killed and one.hash not in self.waived]

    @property
    def count(self) -> MutationCount:
        """The numbers of it."""
        waived = [one for one in self.mutants if one.hash in self.waived]
        killed = [one for one in self.mutants if one.hash in self.killed and one.hash not in self.waived]
        return MutationCount(made=len(self.mutants), waived=len(waived), killed=len(killed))


def mutate(task: Task, bench: Bench, seeds: Sequence[int], limits: Limits, progress: Progress = silent) -> Mutation:
    """Try every mutant of the solution under one seed after the other, until a check fails."""
    made = mutants(task.question.solution)
    killed: dict[str, Tried] = {}
    for seed in seeds:
        alive = [one for one in made if one.hash not in killed]
        trials = [Trial(name=one.hash, source=one.source, seeds=(seed,)) for one in alive]
        tried = task.try_all(bench, trials, limits, progress)
        killed |= {one.trial.name: one for one in tried if one.failed}
    waived, few = task.question.equivalent_mutants, task.question.few_mutants
    return Mutation(mutants=made, killed=killed, waived=waived, few=few)


def judge_mutation(mutation: Mutation, findings: Findings) -> None:
    """Nearly every fault is noticed, and what is waived is no fault."""
    count = mutation.count
    _judge_number(mutation, findings)
    _judge_waivers(mutation, findings)
    for one in mutation.survivors:
        message = f"no check notices the mutant {one.hash} ({one.operator.replace('_', ' ')}):\n{one.diff}"
        hint = f"strengthen a check; if it is no fault: equivalent_mutants: {{{one.hash}: why}}"
        findings.note("mutant-survives", message, hint, findings.at("solution.py", one.line))
    if count.score < LEAST_KILLED:
        message = f"the checks notice {count.killed} of {count.made - count.waived} mutants, less than 90 %"
        hint = "strengthen the checks; the mutants they miss are listed"
        findings.error("weak-checks", message, hint, findings.at("checks.py"))


def _judge_number(mutation: Mutation, findings: Findings) -> None:
    """Few mutants prove little, unless the author says why there are no more."""
    made, reason = len(mutation.mutants), mutation.few
    message = f"the solution has only {made} mutants, fewer than {FEWEST}"
    if made >= FEWEST and reason:
        hint = "remove the line"
        findings.error("waiver-of-nothing", f"few_mutants: the solution has {made} mutants, which is enough", hint)
    elif made < FEWEST and reason:
        findings.note("few-mutants", f"{message}: {reason}")
    elif made < FEWEST:
        hint = "ask for more in the task; if it is as small as it must be: few_mutants: why"
        findings.error("few-mutants", message, hint, findings.at("solution.py"))


def _judge_waivers(mutation: Mutation, findings: Findings) -> None:
    by_hash = {one.hash: one for one in mutation.mutants}
    for name in mutation.waived:
        if name not in by_hash:
            message = f"equivalent_mutants: {name} is no mutant of the solution as it stands"
            findings.error("waiver-of-nothing", message, "remove the line")
        elif name in mutation.killed:
            caught = ", ".join(sorted(mutation.killed[name].failed))
            message = f"equivalent_mutants: {name} is no equivalent: it fails {caught}"
            findings.error("waiver-of-a-fault", message, "remove the line")
    count = mutation.count
    if count.waived > MOST_WAIVED * count.made:
        message = f"{count.waived} of {count.made} mutants are waived, more than 10 %"
        findings.error("too-many-waivers", message, "write the solution so that fewer of its details are free")
