"""JSON Schemas of everything an author writes, for editors that complete and check YAML."""

from __future__ import annotations

import json
from typing import Any

from gradesmith.kinds.kind import Kind
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment
from gradesmith.model.course import Course

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of every schema file by its name."""
    files = {"course.json": Course.model_json_schema(), "assessment.json": Assessment.model_json_schema()}
    files |= {f"{name}.json": _question_schema(kind) for name, kind in all_kinds().items()}
    return {name: json.dumps({"$schema": DIALECT, **schema}, indent=2) + "\n" for name, schema in files.items()}


def _question_schema(kind: Kind) -> dict[str, Any]:
    """One question, or a list of them; what comes from files beside the YAML is left out."""
    one = kind.question.model_json_schema()
    definitions = one.pop("$defs", {})
    one["properties"] = {name: rule for name, rule in one["properties"].items() if name not in kind.folder}
    one["required"] = [name for name in one["required"] if name not in kind.folder]
    question = {"$ref": f"#/$defs/{kind.name}"}
    return {
        "$defs": {**definitions, kind.name: one},
        "anyOf": [question, {"type": "array", "items": question}],
    }
