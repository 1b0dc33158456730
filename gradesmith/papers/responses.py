"""From a typed table to what each student answered on paper; every error is found at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from pydantic import JsonValue

from gradesmith.diagnostics import Diagnostics, Place
from gradesmith.model.assessments import Form
from gradesmith.model.interactions import Choice
from gradesmith.papers.columns import FORM, STUDENT, Column, Typed, columns, header
from gradesmith.papers.content import plainly
from gradesmith.rules.answers import read_letters, read_number
from gradesmith.rules.scoring import round_half_up
from gradesmith.tables import TypedRow, TypedTable, read_table

CODE = "responses"
NAME = "name"
ELSEWHERE = "–"
UNREADABLE = "?"
POINTS = re.compile(r"(\d+)(?:[.,](\d+))?")
SHARE = re.compile(r"(\d+)\s*/\s*([1-9]\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperResponse:
    """What one student answered on paper.

    ``answers`` holds letters (a text, or a list where several may be chosen) and numbers (as typed, by quantity) by
    answer cell; ``unreadable`` the cells of choices that nobody can read; ``points`` what a person gave by hand.
    """

    student: str
    form: Form
    row: TypedRow
    answers: Mapping[str, JsonValue]
    unreadable: frozenset[str]
    points: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """All that a file holds, and whose rows are blank, so that they did not sit the paper."""

    sat: tuple[PaperResponse, ...]
    blank: tuple[str, ...]


def read_responses(
    path: Path, forms: Sequence[Form], form_of: Callable[[str], Form | None], diagnostics: Diagnostics
) -> Responses:
    """Read responses to the forms of an assessment; ``form_of`` knows which form a student has, or that there is none.

    What is wrong is collected in ``diagnostics``, and the rows concerned are left out.
    """
    table = read_table(path, CODE, diagnostics)
    if diagnostics.errors or not _has_good_header(path, table, header(forms), diagnostics):
        return Responses(sat=(), blank=())
    sat: list[PaperResponse] = []
    blank: list[str] = []
    first: dict[str, int] = {}
    for row in table.rows:
        student = row.typed.get(STUDENT, "")
        if student in first:
            message = f"this student stands in line {first[student]} already"
            diagnostics.error(CODE, row.place(STUDENT), student, message, "keep one of the rows")
            continue
        first[student] = row.line
        if _is_blank(row):
            blank.append(student)
            continue
        form = _form(row, form_of(student), diagnostics)
        if form is not None:
            sat.append(_response(row, form, diagnostics))
    return Responses(sat=tuple(sat), blank=tuple(blank))


def _has_good_header(path: Path, table: TypedTable, wanted: tuple[str, ...], diagnostics: Diagnostics) -> bool:
    place = Place(path=path)
    known = {*wanted, NAME}
    for name in dict.fromkeys(table.header):
        if table.header.count(name) > 1:
            diagnostics.error(CODE, place, name, "this column is there twice", "keep one of them")
        elif name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "the columns are those of: gradesmith paper template"
            diagnostics.error(CODE, place, name, "no form has this column", hint)
    missing = [name for name in wanted if name not in table.header]
    if missing:
        some = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        hint = "leave no column out: what is not typed earns nothing"
        diagnostics.error(CODE, place, "", f"the header lacks {some}", hint)
    return not diagnostics.errors


def _is_blank(row: TypedRow) -> bool:
    return not any(text not in {"", ELSEWHERE} for name, text in row.typed.items() if name not in {STUDENT, NAME})


def _form(row: TypedRow, form: Form | None, diagnostics: Diagnostics) -> Form | None:
    """Return the form by which a row is marked: the student's own, if the paper bears its code."""
    student, typed = row.typed.get(STUDENT, ""), row.typed.get(FORM, "")
    if form is None:
        message = "this row has no student" if not student else "nobody of this id is registered and has a form"
        diagnostics.error(CODE, row.place(STUDENT), student, message, "gradesmith roster list")
    elif not typed:
        hint = "type the code that stands at the foot of the paper"
        diagnostics.error(CODE, row.place(FORM), student, "the code of the form is missing", hint)
    elif typed.casefold() != form.code.casefold():
        message = f"the paper is of form {typed}, but this student has form {form.code}"
        diagnostics.error(CODE, row.place(FORM), student, message, "look at the foot of the paper, and at whose it is")
    else:
        return form
    return None


def _response(row: TypedRow, form: Form, diagnostics: Diagnostics) -> PaperResponse:
    own = {column.name: column for column in columns(form)}
    answers: dict[str, JsonValue] = {}
    unreadable: set[str] = set()
    points: dict[str, Fraction] = {}
    for name, text in _typed(row):
        column = own.get(name)
        if column is None:
            message = f"form {form.code} has no {name}, but something is typed there"
            diagnostics.error(CODE, row.place(name), name, message, f"leave it empty, or type {ELSEWHERE}")
        elif column.typed is Typed.LETTERS and text == UNREADABLE:
            unreadable.add(column.cell)
        elif column.typed is Typed.LETTERS:
            answers[column.cell] = _letters(row, column, text, diagnostics)
        elif column.typed is Typed.NUMBER:
            quantities = answers.setdefault(column.cell, {})
            assert isinstance(quantities, dict)  # noqa: S101 - one cell has one kind of column
            quantities[column.field] = _number(row, column, text, diagnostics)
        else:
            points[column.cell] = _points(row, column, text, diagnostics)
    student = row.typed[STUDENT]
    return PaperResponse(
        student=student, form=form, row=row, answers=answers, unreadable=frozenset(unreadable), points=points
    )


def _typed(row: TypedRow) -> Iterator[tuple[str, str]]:
    for name, text in row.typed.items():
        if name not in {STUDENT, NAME, FORM} and text not in {"", ELSEWHERE}:
            yield name, text


def _letters(row: TypedRow, column: Column, text: str, diagnostics: Diagnostics) -> JsonValue:
    choice = column.part.interaction
    assert isinstance(choice, Choice)  # noqa: S101 - these columns are made for choices
    letters = read_letters(text, choice)
    if letters is None:
        known = ", ".join(option.letter for option in choice.options)
        several = "" if choice.multiple else "one "
        hint = f"type {several}of {known}; {UNREADABLE} stands for an answer that can't be read or has too many marks"
        diagnostics.error(CODE, row.place(column.name), column.name, f'"{text}" is no answer to this question', hint)
        return ""
    return list(letters) if choice.multiple else letters[0]


def _number(row: TypedRow, column: Column, text: str, diagnostics: Diagnostics) -> str:
    if text != UNREADABLE and read_number(text) is None:
        hint = f'type 0.8765, 87.65 % or "undefined"; {UNREADABLE} stands for what can\'t be read'
        diagnostics.error(CODE, row.place(column.name), column.name, f'"{text}" is no number', hint)
    return text


def _points(row: TypedRow, column: Column, text: str, diagnostics: Diagnostics) -> Fraction:
    most = column.part.points
    points = read_points(text)
    if points is None:
        hint = "type them as 3, 2.5, 2,5 or 5/2, and nothing where they are still to be given"
        diagnostics.error(CODE, row.place(column.name), column.name, f'"{text}" are no points', hint)
    elif points > most:
        message = f"{text} points are more than the {plainly(most)} that there are"
        diagnostics.error(CODE, row.place(column.name), column.name, message, f"type 0 to {plainly(most)}")
    return points if points is not None else Fraction(0)


def read_points(text: str) -> Fraction | None:
    """Read points as people write them, rounded half up to 0.01; ``None`` when it is no such number."""
    if found := SHARE.fullmatch(text):
        return round_half_up(Fraction(int(found[1]), int(found[2])))
    if found := POINTS.fullmatch(text):
        return round_half_up(Fraction(f"{found[1]}.{found[2] or 0}"))
    return None
