"""JSON Schemas of everything an author writes, for editors that complete and check YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from gradesmith.kinds.kind import Kind
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment
from gradesmith.model.course import Course
from gradesmith.model.statistics import RECORDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MIXED = "questions.json"


def schemas() -> dict[str, str]:
    """Return the text of every schema file by its name: one for each kind, and one for lists that mix kinds.

    A kind whose questions are folders of files stands in no list, so it is not in the mixed one.
    """
    kinds = all_kinds()
    files = {
        "course.json": Course.model_json_schema(),
        "assessment.json": Assessment.model_json_schema(),
        "statistics.json": RECORDS.json_schema(),
    }
    files |= {f"{name}.json": _questions(kind) for name, kind in kinds.items()}
    files[MIXED] = _mixed(kind for kind in kinds.values() if not kind.folder)
    return {name: json.dumps({"$schema": DIALECT, **schema}, indent=2) + "\n" for name, schema in files.items()}


def _questions(kind: Kind) -> dict[str, Any]:
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


def _mixed(kinds: Iterable[Kind]) -> dict[str, Any]:
    """Describe a list of questions of any of these kinds; each is judged by the rules of the kind that it names."""
    named = sorted(kinds, key=lambda kind: kind.name)
    refs, schema = models_json_schema([(kind.question, "validation") for kind in named])
    rules = [
        {
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": refs[kind.question, "validation"],
        }
        for kind in named
    ]
    choice = {"properties": {"kind": {"enum": [kind.name for kind in named]}}, "required": ["id", "kind"]}
    return {"$defs": schema["$defs"], "type": "array", "items": {**choice, "type": "object", "allOf": rules}}
