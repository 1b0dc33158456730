"""JSON: a list of ``{"question": …, "options": […], "answer": …}``, alone or as the one list of an object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gradesmith.bank.importing.answers import marked
from gradesmith.bank.importing.drafts import Draft, Source

SHAPE = 'write a list of {"question": "…", "options": ["…", "…"], "answer": "…"}'


def read(source: Source) -> Iterator[Draft]:
    """Yield the questions; an answer is the text of an option or its letter, or a list of such."""
    try:
        content = json.loads(source.text)
    except json.JSONDecodeError as error:
        source.complain(error.lineno, f"this is not JSON: {error.msg}", SHAPE)
        return
    except RecursionError:
        source.complain(1, "brackets are nested too deep", SHAPE)
        return
    at = 0
    for one in _list(content, source):
        prompt = one.get("question") if isinstance(one, dict) else None
        if isinstance(prompt, str):
            at = max(at, source.text.find(json.dumps(prompt, ensure_ascii=False)[1:20], at))
        line = source.text.count("\n", 0, at) + 1
        draft = _draft(one, line, source)
        if draft is not None:
            yield draft


def _list(content: Any, source: Source) -> list[Any]:
    if isinstance(content, dict):
        lists = [value for value in content.values() if isinstance(value, list)]
        content = lists[0] if len(lists) == 1 else None
    if not isinstance(content, list):
        source.complain(1, "a list of questions is expected", SHAPE)
        return []
    return content


def _draft(one: Any, line: int, source: Source) -> Draft | None:
    known = one if isinstance(one, dict) else {}
    prompt, options, answer = known.get("question"), known.get("options"), known.get("answer")
    if isinstance(options, dict):
        options = list(options.values())
    answers: list[Any] = answer if isinstance(answer, list) else [answer]
    if not isinstance(prompt, str) or not isinstance(options, list) or not _are_texts([*options, *answers]):
        source.complain(line, "question, options and answer are expected, as texts", SHAPE)
        return None
    found = marked(options, answers)
    if isinstance(found, str):
        source.complain(line, found, "write one of the options, or its letter")
        return None
    explanation = known.get("explanation")
    words = explanation if isinstance(explanation, str) else ""
    return Draft(line=line, prompt=prompt, options=found, explanation=words)


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
