"""The notebook that stands for what was answered on paper, so that it can be looked at and marked in formgrader."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import JsonValue

from gradesmith.model.assessments import Form
from gradesmith.notebooks.reading import FoundCell, FoundNotebook
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton

WRITTEN_CODE = "# Written on paper."
WRITTEN_WORDS = "*Written on paper.*"


def typed_notebook(form: Form, answers: Mapping[str, JsonValue]) -> FoundNotebook:
    """Return a form filled in with what was typed from paper, by answer cell; what was written stays on the paper."""
    cells = (FoundCell(id=one.id, type=one.type, source=_source(one, answers), planned=one) for one in skeleton(form))
    return FoundNotebook(cells=tuple(cells), notes=())


def _source(cell: SkeletonCell, answers: Mapping[str, JsonValue]) -> str:
    if not cell.answers:
        return cell.starter
    if cell.interaction.get("type") in {"choice", "fields"}:
        return f"{cell.id} = {json.dumps(answers.get(cell.id, ''), ensure_ascii=False)}"
    return WRITTEN_WORDS if cell.type == "markdown" else WRITTEN_CODE
