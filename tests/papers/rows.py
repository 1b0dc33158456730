"""Rows as somebody types them from the papers of the small course's quiz, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gradesmith.diagnostics import Rejected
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.paper_marks import Stack, enter
from gradesmith.workflows.results import marks_table

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

ANSWERS = ("q01", "q02", "q03.accuracy", "q03.precision", "q03.recall", "q03.specificity", "q03.f1")
HAND = ("q03-judgement.points", "q04.points")
COLUMNS = ("student", "form", *ANSWERS, *HAND)


def perfect(form, **more):
    """Return what a row with only right answers says; ``words`` and ``code`` are points given by hand."""
    row = {"form": form.code}
    for slot in form.slots:
        for part in slot.variant.parts:
            cell = slot.cell(part.name)
            if part.key.type == "choice":
                row[cell] = ", ".join(part.key.letters)
            elif part.key.type == "fields":
                row |= {f"{cell}.{one.name}": str(one.value) for one in part.key.fields}
    named = {"words": "q03-judgement.points", "code": "q04.points"}
    return row | {named.get(name, name): text for name, text in more.items()}


def put(course, path, **settings):
    return enter(course, "quiz", Stack(path=path, now=NOW, **settings))


def results(course):
    with open_gradebook(course) as gradebook:
        return {one.student: one for one in gradebook.results("quiz")}


def score_of(course, student):
    return {row[0]: row[2] for row in marks_table(course, ("quiz",)).rows}[student]


def errors(course, path, **settings):
    """Return the errors of a file that is refused as a whole, each without the file's name."""
    with pytest.raises(Rejected) as caught:
        put(course, path, **settings)
    assert str(caught.value).endswith("; nothing was entered")
    assert results(course) == {}
    assert not (course.root / "autograded").exists()
    return [str(one).partition(f"{path.name}:")[2] for one in caught.value.diagnostics.errors]
