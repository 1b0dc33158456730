"""From permissive YAML content to strict values; what does not fit is said in an author's words."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gradesmith.bank.yaml_places import Document, Route
from gradesmith.diagnostics import Diagnostics

Model = TypeVar("Model", bound=BaseModel)


def validated(
    model: type[Model], content: Any, document: Document, route: Route, diagnostics: Diagnostics
) -> Model | None:
    """Make a value of the model from YAML content; every error is collected with its place."""
    subject = str(content.get("id", "")) if isinstance(content, dict) else ""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for one in error.errors():
            place = document.place((*route, *one["loc"]))
            # A code of our own has a hyphen, and comes with its whole text.
            words = (one["msg"], "") if "-" in one["type"] else _in_words(one, model)
            diagnostics.error(one["type"], place, subject, *words)
    return None


def _in_words(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    field = error["loc"][-1] if error["loc"] else ""
    match error["type"]:
        case "string_type" if isinstance(error["input"], bool | int | float | date):
            return f'"{field}": a text is expected', f'put it into quotes: "{error["input"]}"'
        case "model_type":
            return "names with values are expected", "write them as name: value"
        case "extra_forbidden":
            near = get_close_matches(str(field), model.model_fields) if len(error["loc"]) == 1 else []
            return f'unknown field "{field}"', f"did you mean {near[0]}?" if near else "remove it"
        case "missing":
            known = model.model_fields.get(str(field)) if len(error["loc"]) == 1 else None
            return f'the field "{field}" is missing', (known and known.description) or "add it"
        case "value_error":
            return str(error["ctx"]["error"]), ""
        case _:
            return f'"{field}": {error["msg"].lower()}', f"it is now {str(error['input'])[:60]!r}"
