"""The graded copy of a submission: what ran, what it showed, and how each check ended; never a hidden check.

Whoever marks opens it in formgrader, so what the student wrote as Markdown is made harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from gradesmith.harmless import harmless_markdown
from gradesmith.model.assessments import Form
from gradesmith.model.outcomes import Mark, Outcome, Status
from gradesmith.model.runs import CellRun, CellStatus, Note
from gradesmith.notebooks.reading import FoundCell, FoundNotebook
from gradesmith.notebooks.writing import KERNEL, LANGUAGE, as_text, student_cell

SIGNS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.SKIPPED: "–", Status.TIMED_OUT: "⏱"}
NOT_SHOWN = frozenset({"attempt", "engine"})


def autograded_notebook(
    form: Form,
    found: FoundNotebook,
    runs: Mapping[str, CellRun],
    marks: Mapping[str, Mark],
    notes: tuple[Note, ...],
) -> str:
    """Return the graded notebook: the student's cells with their outputs, test cells with the outcomes."""
    cells = [_note_cell(form, notes)] if any(note.about not in NOT_SHOWN for note in notes) else []
    for one in found.cells:
        if one.planned is not None and one.planned.role == "check":
            cells.append(_check_cell(one, marks[one.id.removesuffix("-check")]))
        else:
            cells.append(_with_outputs(one, runs.get(one.id)))
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    return as_text(nbformat.v4.new_notebook(cells=cells, metadata=metadata))


def _bare(one: FoundCell) -> NotebookNode:
    if one.planned is not None:
        planned = student_cell(one.planned)
        planned.source = _shown(one) if one.planned.answers else one.source
        return planned
    kinds: dict[str, Any] = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cell: NotebookNode = kinds.get(one.type, nbformat.v4.new_raw_cell)(source=_shown(one), id=one.id)
    return cell


def _shown(one: FoundCell) -> str:
    """Return what the student wrote; pages show code as it stands, and make something of everything else."""
    return one.source if one.type == "code" else harmless_markdown(one.source)


def _with_outputs(one: FoundCell, run: CellRun | None) -> NotebookNode:
    cell = _bare(one)
    if one.type == "code" and run is not None:
        cell.outputs = [nbformat.from_dict(output) for output in run.outputs]
        if run.status in {CellStatus.TIMED_OUT, CellStatus.KILLED}:
            cell.outputs.append(_stream(f"[this cell was stopped: {run.status.value.replace('_', ' ')}]\n"))
    return cell


def _check_cell(one: FoundCell, mark: Mark) -> NotebookNode:
    cell = _bare(one)
    lines = [_line(outcome) for outcome in mark.outcomes]
    cell.outputs = [_stream("".join(f"{line}\n" for line in lines))] if lines else []
    text = "waits for a person" if mark.given is None else repr(float(mark.given))
    data = {"text/plain": text}
    cell.outputs.append(nbformat.v4.new_output("execute_result", data=data, execution_count=None))
    return cell


def _line(outcome: Outcome) -> str:
    remark = f" — {outcome.feedback}" if outcome.feedback else ""
    return f"{SIGNS.get(outcome.status, '!')} {outcome.title}{remark}"


def _stream(text: str) -> NotebookNode:
    output: NotebookNode = nbformat.v4.new_output("stream", name="stdout", text=text)
    return output


def _note_cell(form: Form, notes: tuple[Note, ...]) -> NotebookNode:
    lines = "\n".join(f"- {harmless_markdown(note.message)}" for note in notes if note.about not in NOT_SHOWN)
    text = f"> **About this submission of {form.title}**\n\n{lines}"
    cell: NotebookNode = nbformat.v4.new_markdown_cell(source=text, id="gradesmith-notes")
    return cell
