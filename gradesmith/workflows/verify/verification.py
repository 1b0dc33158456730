"""Verifies the questions of a bank and writes their certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from gradesmith.bank.certificates import certificate_path, certificate_text, read_certificate, strangers
from gradesmith.bank.loader import Bank, Survey, survey_bank
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.diagnostics import Diagnostic, Diagnostics, Place, Rejected, Severity
from gradesmith.kinds.code import CodeTask
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment, Limits
from gradesmith.model.certificates import DRAWS, SEEDS, Certificate
from gradesmith.model.course import unit_of
from gradesmith.model.questions import Question
from gradesmith.workflows.verify.asking import Task
from gradesmith.workflows.verify.bench import Bench, Progress, silent
from gradesmith.workflows.verify.certify import is_current, tools
from gradesmith.workflows.verify.coding import verify_coding
from gradesmith.workflows.verify.drawing import verify_drawn
from gradesmith.workflows.verify.findings import Findings

LEAST_MEDIAN = Fraction(95, 100)
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to verify: under how many seeds (tasks) and draws (other kinds), on how many engines, and whether anew."""

    seeds: int = SEEDS
    draws: int = DRAWS
    jobs: int = 2
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What came out for one question; without a certificate it may not be used. ``skipped``: it was verified before."""

    question: str
    kind: str
    certificate: Certificate | None
    findings: tuple[Diagnostic, ...]
    skipped: bool = False

    @property
    def passed(self) -> bool:
        """Whether there is nothing to mend."""
        return all(one.severity is Severity.NOTE for one in self.findings)


Watch = Callable[[str], Progress]


def unwatched(_step: str) -> Progress:
    """Show no progress."""
    return silent


def verify(
    course: CourseDirectory,
    names: Iterable[str],
    settings: Settings,
    watch: Watch = unwatched,
    errors: Diagnostics | None = None,
) -> list[Verified]:
    """Verify these questions (all that are not retired, unless named) and write or remove their certificates.

    The bank's own errors are collected in ``errors`` where all is to be verified: what has one is left out, its
    certificate stays as it is, and the rest is verified.

    Raises:
        Rejected: When a named question has errors, or the bank and nobody collects them.
        NotFound: When there is no such question.
        SandboxRefused: When what a question runs can't be confined here.
    """
    survey, names = survey_bank(course.bank), tuple(names)
    bank, left_out = survey.bank, _left_out(survey)
    wrong = any(name in left_out or name not in bank.questions for name in names) if names else errors is None
    if wrong and survey.diagnostics.errors:
        raise Rejected(survey.diagnostics)
    questions = [bank.question(name) for name in names] if names else _in_use(bank)
    if not names and errors is not None:
        errors.add(survey.diagnostics.errors)
        questions = [one for one in questions if one.id not in left_out]
    if not names and not survey.diagnostics.errors:  # else it may be the certificate of what could not be read
        for path in strangers(bank.root, frozenset(bank.questions)):
            path.unlink()
    tasks = {one.id: Task(one, _limits(bank, one)) for one in questions if isinstance(one, CodeTask)}
    library = {task.file: task.question.checks for task in tasks.values()}
    with Bench(library, settings.jobs) as bench:
        verifier = _Verifier(survey, bench, settings, tasks, watch)
        of = len(questions)
        return [verifier.verified(one, f"{number} of {of}, {one.id}") for number, one in enumerate(questions, 1)]


def _left_out(survey: Survey) -> frozenset[str]:
    """Return the questions that were read, but of which something is wrong or not known.

    How long a task's solution may take is said by the assessments, so while one can't be read nobody knows.
    """
    places = {one.place.path for one in survey.diagnostics.errors}
    subjects = {one.subject for one in survey.diagnostics.errors}
    read = {survey.found_at["assessment", name][0].path for name in survey.bank.assessments}
    unlimited = any(survey.bank.root / "assessments" in path.parents for path in places - read)

    def wrong(question: Question) -> bool:
        folder = survey.found_at["question", question.id][0].path.parent
        task = isinstance(question, CodeTask)
        return question.id in subjects or (task and (unlimited or any(folder in path.parents for path in places)))

    return frozenset(name for name, question in survey.bank.questions.items() if wrong(question))


def judge_bank(course: CourseDirectory, found: Iterable[Verified]) -> tuple[Diagnostic, ...]:
    """Judge what came out for a whole bank: half of its coding tasks must notice nearly all mutants."""
    scores = {
        one.question: one.certificate.mutation.score for one in found if one.certificate and one.certificate.mutation
    }
    if not scores or median(scores.values()) >= LEAST_MEDIAN:
        return ()
    message = (
        f"the median mutation score of {len(scores)} coding tasks is {float(100 * median(scores.values())):.1f} %, "
        f"less than {float(100 * LEAST_MEDIAN):g} %"
    )
    weakest = sorted(scores, key=lambda name: scores[name])[:MOST_NAMED]
    return (
        Diagnostic(
            code="weak-bank",
            severity=Severity.WARNING,
            place=Place(path=course.bank / "course.yaml"),
            subject="all coding tasks",
            message=message,
            hint=f"strengthen the checks, first those of {', '.join(weakest)}",
        ),
    )


def _in_use(bank: Bank) -> list[Question]:
    return [bank.questions[name] for name in sorted(bank.questions) if not bank.questions[name].retired]


def _limits(bank: Bank, question: Question) -> Limits:
    """Return the tightest limits of the assessments that this question may stand in."""
    limits = [one.limits for one in bank.assessments.values() if _may_hold(one, question)] or [Limits()]
    return limits[0].but(
        check_seconds=min(one.check_seconds for one in limits),
        cell_seconds=min(one.cell_seconds for one in limits),
        memory_mb=min(one.memory_mb for one in limits),
    )


def _may_hold(assessment: Assessment, question: Question) -> bool:
    kinds = {kind for section in assessment.sections for kind in section.pick.kind}
    picked = question.kind in kinds and unit_of(question.lecture) in assessment.units and question.use == "test"
    return picked or any(step.question == question.id for step in assessment.flow)


class _Verifier:
    """Verifies one question after the other on one bench."""

    def __init__(self, survey: Survey, bench: Bench, settings: Settings, tasks: dict[str, Task], watch: Watch) -> None:
        self._survey = survey
        self._bench = bench
        self._settings = settings
        self._tasks = tasks
        self._watch = watch

    def verified(self, question: Question, label: str) -> Verified:
        """Verify one question, unless its certificate is about just this content and these tools."""
        findings = self._findings(question)
        known = read_certificate(self._survey.bank.root, question.id)
        seeds = self._settings.seeds if question.id in self._tasks else self._settings.draws
        skipped = not self._settings.again and is_current(self._survey.bank, question, seeds)
        if skipped and known is not None:
            findings.recall(known.remarks)
            certificate: Certificate | None = known
        else:
            certificate = self._certificate(question, seeds, findings, label)
        return Verified(
            question=question.id,
            kind=question.kind,
            certificate=certificate,
            findings=tuple(findings.found),
            skipped=skipped,
        )

    def _findings(self, question: Question) -> Findings:
        document, route = self._survey.found_at["question", question.id]
        return Findings(question, document.place(route))

    def _certificate(self, question: Question, seeds: int, findings: Findings, label: str) -> Certificate | None:
        """Write the certificate of a question that may be used; remove the one of a question that may not."""
        proven = Certificate(
            question=question.id, kind=question.kind, content=question.digest, tools=tools(), seeds=seeds
        )
        task = self._tasks.get(question.id)
        if task is not None:
            found = verify_coding(
                task, self._bench, range(1, seeds + 1), findings, lambda step: self._watch(f"{label}: {step}")
            )
            proven = proven.but(scores=found.scores, mutation=found.mutation)
        else:
            self._watch(label)(0, 1)
            kind = all_kinds()[question.kind]
            proven = proven.but(variants=verify_drawn(question, kind, self._bench, range(seeds), findings))
        path = certificate_path(self._survey.bank.root, question.id)
        if findings.stop:
            path.unlink(missing_ok=True)
            return None
        certificate = proven.but(remarks=findings.remarks())
        write_whole(path, certificate_text(certificate))
        return certificate
