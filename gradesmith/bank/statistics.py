"""Reads what is known of how questions fared: ``statistics.yaml`` beside the units, which need not be there."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from gradesmith.bank.validation import validated
from gradesmith.bank.yaml_places import Document, read_yaml
from gradesmith.diagnostics import Diagnostics
from gradesmith.model.statistics import QuestionStatistics

FILE = "statistics.yaml"


def read_statistics(root: Path, questions: Collection[str], diagnostics: Diagnostics) -> tuple[QuestionStatistics, ...]:
    """Return the records of the bank under ``root``, in their order; every error is collected with its place."""
    path = root / FILE
    if not path.is_file():
        return ()
    document = read_yaml(path, diagnostics)
    if document is None or document.content is None:
        return ()
    if not isinstance(document.content, list):
        hint = "begin each with '- question: …'"
        diagnostics.error("shape", document.place(()), "", "a list of records is expected", hint)
        return ()
    return tuple(_records(document, questions, diagnostics))


def _records(document: Document, questions: Collection[str], diagnostics: Diagnostics) -> list[QuestionStatistics]:
    records: dict[tuple[str, str], QuestionStatistics] = {}
    for number, content in enumerate(document.content):
        record = validated(QuestionStatistics, content, document, (number,), diagnostics)
        if record is None:
            continue
        place = document.place((number, "question"))
        if record.question not in questions:
            near = get_close_matches(record.question, questions)
            hint = f"did you mean {near[0]}?" if near else "remove it, or keep the question and retire it"
            diagnostics.error("undeclared", place, record.question, "there is no such question", hint)
        elif (record.question, record.version) in records:
            problem = f"a second record of version {record.version}"
            diagnostics.error("duplicate", place, record.question, problem, "keep one")
        else:
            records[record.question, record.version] = record
    return list(records.values())
