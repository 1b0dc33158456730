"""Judges the whole bank: what is written, and the forms that are drawn from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from gradesmith.bank.lint.pages import rule_pages
from gradesmith.bank.lint.registry import rule_named
from gradesmith.bank.lint.rule import Sheet
from gradesmith.bank.lint.run import Findings, lint
from gradesmith.bank.loader import Survey, survey_bank
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.errors import GradesmithError, SandboxRefused
from gradesmith.workflows.assemble import make_form
from gradesmith.workflows.evaluate import SandboxEvaluator


def lint_bank(course: CourseDirectory, names: Collection[str] = (), codes: Collection[str] = ()) -> Findings:
    """Judge the bank by the rules with these codes, or by all, and return what concerns these names, or everything.

    Raises:
        NotFound: When there is no such rule, question or assessment.
        Rejected: When the course itself can't be read.
    """
    rules = [rule_named(code) for code in codes]
    survey = survey_bank(course.bank)
    for name in names:
        if name not in survey.bank.assessments and not _is_named(survey, name):
            survey.bank.question(name)
    findings = lint(survey, tuple(_sheets(survey)), rules)
    return findings.about(names) if names else findings


def _is_named(survey: Survey, name: str) -> bool:
    """Whether a question of this name is there, though it may be refused."""
    return any(one.subject == name for one in survey.diagnostics)


def _sheets(survey: Survey) -> Iterator[Sheet]:
    """Yield a form of every assessment, or why there is none; while questions are refused, none is to be expected."""
    if survey.diagnostics.errors:
        return
    with SandboxEvaluator() as evaluator:
        for name in sorted(survey.bank.assessments):
            document, _ = survey.found_at["assessment", name]
            place = document.place(("seed",))
            try:
                yield Sheet(assessment=name, place=place, form=make_form(survey.bank, name, evaluator))
            except SandboxRefused:
                raise
            except GradesmithError as error:
                yield Sheet(assessment=name, place=place, trouble=error)


def write_rule_pages(folder: Path, *, check: bool = False) -> list[Path]:
    """Write the rules' pages into a folder and remove those of rules that are gone; return the files concerned."""
    pages = {folder / name: text for name, text in rule_pages().items()}
    gone = sorted(set(folder.glob("*.md")) - set(pages))
    if check:
        return [path for path, text in pages.items() if not path.is_file() or path.read_text() != text] + gone
    for path in gone:
        path.unlink()
    return [path for path, text in pages.items() if write_whole(path, text)] + gone
