"""Notebook files from a form: the instructor's and the student's, valid for nbgrader, each time the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gradesmith.model.assessments import Form
from gradesmith.notebooks.cells import Node, as_text, new_cell, new_notebook
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton

SCHEMA_VERSION = 3


def instructor_notebook(form: Form) -> str:
    """Return the notebook with solutions and hidden checks, as nbgrader's ``source/`` wants it."""
    return as_text(new_notebook([_cell(one, one.source, _nbgrader(one)) for one in skeleton(form)]))


def student_notebook(form: Form) -> str:
    """Return the notebook that is handed out: cell for cell what ``nbgrader generate_assignment`` makes."""
    return as_text(new_notebook([student_cell(one) for one in skeleton(form)]))


def answered_notebook(form: Form, answers: Mapping[str, str]) -> str:
    """Return the notebook as handed out with some answer cells filled in, as a student would."""
    cells = [student_cell(one) for one in skeleton(form)]
    for cell in cells:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return as_text(new_notebook(cells))


def solutions(form: Form) -> dict[str, str]:
    """Return what a perfect student writes into each answer cell."""
    return {one.id: one.solution for one in skeleton(form) if one.answers}


def student_cell(one: SkeletonCell) -> Node:
    """Return one cell as it is handed out: locked where it must stay as it is, with nbgrader's checksum."""
    nbgrader = _nbgrader(one) | {"cell_type": one.type, "checksum": checksum(one, one.starter)}
    cell = _cell(one, one.starter, nbgrader)
    cell["metadata"]["deletable"] = False
    if not one.answers:
        cell["metadata"]["editable"] = False
    return cell


def checksum(one: SkeletonCell, source: str) -> str:
    """Return nbgrader's checksum of a cell with this source: an MD5 over what makes it the cell it is."""
    graded = one.points is not None
    points = [str(float(one.points))] if one.points is not None else []
    facts = [source, one.type, str(graded), str(one.answers), str(not one.answers), one.id, *points]
    return hashlib.md5("".join(facts).encode(), usedforsecurity=False).hexdigest()


def _cell(one: SkeletonCell, source: str, nbgrader: dict[str, Any]) -> Node:
    metadata: dict[str, Any] = {"nbgrader": nbgrader}
    if one.answers:
        metadata["gradesmith"] = {"slot": one.slot, **one.interaction}
    if one.role == "setup":
        metadata["jupyter"] = {"source_hidden": True}
    return new_cell(one.type, one.id, source, metadata)


def _nbgrader(one: SkeletonCell) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "grade": one.points is not None,
        "grade_id": one.id,
        "locked": not one.answers,
        "schema_version": SCHEMA_VERSION,
        "solution": one.answers,
        "task": False,
    }
    return facts if one.points is None else facts | {"points": float(one.points)}
