"""What is said of one run of a case: each way in which it did not hold, or nothing."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction

from gradesmith.model.assessments import Form
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import Note
from gradesmith.model.submissions import GradedSubmission, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.workflows.understand import graded, understand
from tests.hostile.arena import LIMITS, Arena, earned, shown
from tests.hostile.cases import THROUGH, Case
from tests.hostile.rendering import live_parts

SLACK = 60_000  # of outputs, in bytes: what JSON adds, and the notice that the rest was left out


def wrong_with_answer(arena: Arena, case: Case) -> list[str]:
    """Run an answer: its marks, its time, its outputs and its notes are as expected, or this is what is wrong."""
    started = time.monotonic()
    report = arena.run(case)
    seconds = time.monotonic() - started
    size = len(json.dumps([run.outputs for run in report.cells]))
    return [
        *_differs(earned(report), case.marks, report.notes),
        *(f"{run.name}: {run.status} {run.detail}" for run in report.checks if run.status.ours),
        *([f"{size} bytes of outputs"] if size >= LIMITS.output_kb * 1000 + SLACK else []),
        *_wrong_with_run(case, shown(report), seconds, [note for note in report.notes if note.about == "attempt"]),
    ]


def wrong_with_notebook(arena: Arena, form: Form, case: Case) -> list[str]:
    """Grade a notebook: its marks, its time, its notes and its copy are as expected, or this is what is wrong."""
    started = time.monotonic()
    result, copy, seen = graded_copy(arena, form, case.notebook, case.files)
    seconds = time.monotonic() - started
    given = sum((mark.given or Fraction(0) for mark in result.marks), Fraction(0))
    return [
        *_differs(given, case.marks, result.notes),
        *(f"{one.check}: {one.status} {one.detail}" for one in result.outcomes if one.status.ours),
        *(f"live in the copy: {part}" for part in live_parts(copy, names_on_the_page(form))),
        *_wrong_with_run(case, seen, seconds, [note for note in result.notes if note.about in {"attempt", "repair"}]),
    ]


def graded_copy(arena: Arena, form: Form, content: bytes, files: dict[str, str]) -> tuple[GradedSubmission, str, str]:
    """Grade a notebook: the result, the copy for whoever marks, and what its cells have shown."""
    given = tuple(
        DataFile(name=name, content=base64.b64encode(text.encode()).decode()) for name, text in sorted(files.items())
    )
    submission = Submission(
        student="mallory", assessment="quiz", timestamp=datetime(2026, 3, 2, tzinfo=UTC), sha256="0" * 64,
        notebook=content, files=given,
    )  # fmt: skip
    understood = understand(form, submission)
    assert understood.plan is not None, understood.problem
    report = arena.engine.run(understood.plan)
    result = graded(understood, report)
    runs = {one.id: one for one in report.cells}
    marks = {one.cell: one for one in result.marks}
    return result, autograded_notebook(form, understood.found, runs, marks, result.notes), shown(report)


def names_on_the_page(form: Form) -> set[str]:
    """The names by which formgrader finds its boxes."""
    cells = [cell.id for cell in skeleton(form)]
    return {f"{cell}{more}" for cell in cells for more in ("", "-comment", "_extra_credit")}


def _differs(found: Fraction, wanted: Fraction, notes: Iterable[Note]) -> list[str]:
    why = "; ".join(note.message for note in notes)
    return [] if found == wanted else [f"it earned {found} instead of {wanted} ({why})"]


def _wrong_with_run(case: Case, seen: str, seconds: float, notes: Iterable[Note]) -> Iterator[str]:
    if THROUGH in seen:
        yield f"it {THROUGH}: {seen[:2000]}"
    if seconds >= case.seconds:
        yield f"it took {seconds:.1f} s of {case.seconds:g}"
    said = " ".join(note.message for note in notes)
    for words in case.notes:
        if words not in said:
            yield f"no note says “{words}”, only: {said}"
