"""A submitted notebook is mended against its form, or said to be unreadable; nothing else can happen."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradesmith.model.runs import Report
from gradesmith.model.submissions import State, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.parsing import Unreadable
from gradesmith.notebooks.reading import empty_notebook, read_notebook
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.workflows.understand import graded, understand

ANSWER = 'q01 = "B"\n'


def at(cells, name):
    """Return where the cell with this id stands."""
    return next(number for number, cell in enumerate(cells) if cell["id"] == name)


def notes_of(found):
    return [(note.about, note.cell, note.message) for note in found.notes]


def is_whole(found, form):
    """Whether every planned cell is there exactly once, in order, and every locked one as handed out."""
    planned = [one for one in found.cells if one.planned is not None]
    locked = all(one.source == one.planned.starter for one in planned if not one.planned.answers)
    return locked and [(one.id, one.type) for one in planned] == [(one.id, one.type) for one in skeleton(form)]


def test_an_untouched_notebook_is_read_without_a_note(quiz, handed_in):
    """What was handed out is what is found."""
    found = read_notebook(handed_in(), quiz)
    assert [one.source for one in found.cells] == [one.starter for one in skeleton(quiz)]
    assert found.notes == ()


def test_answers_are_found(quiz, handed_in):
    """Each answer is read from its cell, and nothing needs mending."""
    found = read_notebook(handed_in(q01=ANSWER, q03_judgement="No."), quiz)
    assert (found.answer("q01"), found.answer("q03-judgement")) == (ANSWER, "No.")
    assert found.notes == ()


@pytest.mark.parametrize("copies", [['q01 = "C"'], ["", 'q01 = "C"'], ['q01 = "C"', 'q01 = "D"']])
def test_of_several_copies_the_first_answered_counts(quiz, handed_in, copies):
    """An untouched or empty copy gives way to an answered one, and the instructor is told."""

    def copy(cells):
        here = at(cells, "q01")
        cells[here + 1 : here + 1] = [{**cells[here], "id": f"copy-{n}", "source": s} for n, s in enumerate(copies)]

    found = read_notebook(handed_in(copy), quiz)
    assert found.answer("q01") == 'q01 = "C"'
    count = len(copies) + 1
    text = f"the cell q01 stood there {count} times; the first answered copy counts"
    assert notes_of(found) == [("repair", "q01", text)]
    assert is_whole(found, quiz)


def test_the_first_answered_copy_wins_over_later_ones(quiz, handed_in):
    """A later answer does not replace an earlier one."""
    found = read_notebook(
        handed_in(lambda cells: cells.append({**cells[at(cells, "q01")], "source": 'q01 = "D"'}), q01=ANSWER), quiz
    )
    assert found.answer("q01") == ANSWER


def test_a_deleted_answer_is_put_back_empty(quiz, handed_in):
    """The cell is there again, with nothing in it."""
    found = read_notebook(handed_in(lambda cells: cells.pop(at(cells, "q02"))), quiz)
    assert found.answer("q02") == ""
    assert notes_of(found) == [("repair", "q02", "the cell q02 was missing; it was put back empty")]
    assert is_whole(found, quiz)


def test_a_deleted_locked_cell_is_put_back(quiz, handed_in):
    """The test cell stands again where it belongs."""
    found = read_notebook(handed_in(lambda cells: cells.pop(at(cells, "q04-check"))), quiz)
    assert notes_of(found) == [("repair", "q04-check", "the cell q04-check was missing; it was put back")]
    assert is_whole(found, quiz)


def test_moved_cells_are_put_back_into_their_order(quiz, handed_in):
    """Turned upside down, the notebook is put right, answers included."""
    found = read_notebook(handed_in(lambda cells: cells.reverse(), q01=ANSWER), quiz)
    assert found.answer("q01") == ANSWER
    assert notes_of(found) == [("repair", "", "cells had been moved; they were put back into their order")]
    assert is_whole(found, quiz)


@pytest.mark.parametrize(("name", "about"), [("setup", "attempt"), ("q01-prompt", "repair"), ("q04-check", "attempt")])
def test_a_changed_locked_cell_is_restored(quiz, handed_in, name, about):
    """What is locked counts as handed out; where points are counted, a change is told as unusual."""
    found = read_notebook(handed_in(**{name.replace("-", "_"): "5.0"}), quiz)
    assert notes_of(found) == [(about, name, f"the locked cell {name} had been changed; it was restored")]
    assert is_whole(found, quiz)


@pytest.mark.parametrize("name", ["setup", "text-01", "q01-prompt", "q04-check"])
def test_white_space_changed_by_an_editor_is_no_attempt(quiz, handed_in, name):
    """The cell is restored all the same, and that is noted as a repair."""

    def retouched(cells):
        cell = cells[at(cells, name)]
        cell["source"] = cell["source"].replace("    ", "\t").replace(" ", "  ").replace("\n", "  \r\n\r\n")

    found = read_notebook(handed_in(retouched), quiz)
    assert notes_of(found) == [("repair", name, f"the locked cell {name} had been changed; it was restored")]
    assert is_whole(found, quiz)


def test_a_copy_of_a_locked_cell_is_nothing_to_note(quiz, handed_in):
    """Playing with a copy of a test cell is no attempt: the cell itself is as it was."""

    def copy(cells):
        cells.insert(0, {**cells[at(cells, "q04-check")], "id": "copy", "source": "run(my_own_checks)"})

    assert [note for note in read_notebook(handed_in(copy), quiz).notes if note.about == "attempt"] == []


@pytest.mark.parametrize(
    ("name", "became", "again"), [("q01", "markdown", "code"), ("q03-judgement", "code", "markdown")]
)
def test_a_retyped_cell_counts_as_its_own_type_again(quiz, handed_in, name, became, again):
    """Pressing M or Y by accident loses no answer."""

    def retype(cells):
        cells[at(cells, name)] |= {"cell_type": became, "source": "my answer"}

    found = read_notebook(handed_in(retype), quiz)
    assert found.answer(name) == "my answer"
    assert notes_of(found) == [("repair", name, f"the cell {name} had become {became}; it counts as {again} again")]


def test_strangers_stay_where_they_stood(quiz, handed_in):
    """Cells that the student added keep their places: first, between question and answer, and last."""

    def add(cells):
        mine = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        cells.insert(at(cells, "q02"), {**mine, "id": "mine-2", "source": "two = 2"})
        cells.insert(0, {**mine, "id": "mine-1", "source": "one = 1"})
        cells.append({**mine, "id": "mine-3", "cell_type": "nonsense", "source": "three"})

    found = read_notebook(handed_in(add), quiz)
    order = [one.source if one.planned is None else one.id for one in found.cells]
    assert order[0] == "one = 1"
    assert order[order.index("two = 2") - 1 : order.index("two = 2") + 2] == ["q02-prompt", "two = 2", "q02"]
    assert order[-1] == "three"
    assert found.cells[-1].type == "raw"
    assert found.notes == ()
    assert len({one.id for one in found.cells}) == len(found.cells)


@pytest.mark.parametrize("metadata", [{}, None, {"nbgrader": {}}, {"nbgrader": None}, {"nbgrader": {"grade_id": ""}}])
def test_a_cell_whose_metadata_was_dropped_is_known_by_its_id(quiz, handed_in, metadata):
    """Editors that know no nbgrader keep the cell's id; that is enough."""

    def drop(cells):
        for cell in cells:
            cell["metadata"] = metadata

    found = read_notebook(handed_in(drop, q01=ANSWER), quiz)
    assert found.answer("q01") == ANSWER
    assert found.notes == ()


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\\n", "\\r\\n"),
    lambda text: text.replace("\\n", "\\r"),
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
])  # fmt: skip
def test_line_ends_and_byte_order_marks_of_other_systems_do_not_matter(quiz, handed_in, change):
    """A notebook that went through Windows is the same notebook."""
    content = json.dumps(json.loads(handed_in(q01=ANSWER)), indent=1)
    found = read_notebook(change(content).encode(), quiz)
    assert found.answer("q01") == ANSWER
    assert found.notes == ()


@pytest.mark.parametrize("lines", [["q01 = ", '"B"\n'], ['q01 = "B"\n', None, 3], 'q01 = "B"\n'])
def test_a_source_may_be_text_or_lines(quiz, handed_in, lines):
    """nbformat writes lines, other tools write text; what is neither is left out."""
    found = read_notebook(handed_in(lambda cells: cells[at(cells, "q01")].update(source=lines)), quiz)
    assert found.answer("q01") == ANSWER


def test_a_notebook_of_format_3_is_read(quiz, handed_in):
    """Old worksheets are converted first."""
    parsed = nbformat.reads(handed_in(q01=ANSWER).decode(), as_version=4)
    old = nbformat.convert(parsed, 3)
    assert read_notebook(json.dumps(old).encode(), quiz).answer("q01") == ANSWER


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE html>", "not JSON"),
        (b'{"cells": [', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "no cells"),
        (b"null", "no cells"),
        (b"{}", "no cells"),
        (b'{"cells": {}}', "no cells"),
        (b'{"cells": null, "nbformat": 4}', "no cells"),
        (b'{"cells": []}', "none of its cells"),
        (b'{"cells": [{"cell_type": "code", "source": "1 + 1"}]}', "none of its cells"),
        (b'{"worksheets": [5], "nbformat": 3}', "can't be converted"),
        (b'{"worksheets": [], "nbformat": 99}', "can't be converted"),
    ],
)
def test_what_is_no_notebook_is_unreadable(quiz, content, why):
    """A person must look, and is told why."""
    with pytest.raises(Unreadable, match=why):
        read_notebook(content, quiz)


@pytest.mark.parametrize("depth", [50, 400, 900, 940, 960, 980])
def test_deep_nesting_where_a_name_is_expected_is_no_name(quiz, handed_in, depth):
    """JSON just shallow enough to be parsed does not break what comes after."""
    deep = "[" * depth + "]" * depth
    content = handed_in(lambda cells: cells[0]["metadata"].update(nbgrader={"grade_id": "HERE"}))
    try:
        found = read_notebook(content.replace(b'"HERE"', deep.encode()), quiz)
    except Unreadable:
        return
    assert is_whole(found, quiz)


def test_an_empty_notebook_has_every_cell_and_no_answer(quiz):
    """What stands for an unreadable submission is the form with blank answers."""
    found = empty_notebook(quiz)
    assert is_whole(found, quiz)
    assert {one.source for one in found.cells if one.planned.answers} == {""}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=12)
    | st.sampled_from(
        ["q01", "q01-check", "code", "markdown", "setup", 'q01 = "B"', "q03 = {'f1': 0x" + "f" * 9000 + "}"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "worksheets",
                    "nbformat",
                    "metadata",
                    "nbgrader",
                    "grade_id",
                    "id",
                    "source",
                    "cell_type",
                    "input",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
FUZZ = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


def grade_it(content, form):
    """Read, mark and write back a submission; return its state."""
    when = datetime(2026, 3, 1, tzinfo=UTC)
    submission = Submission(student="ada", assessment="quiz", timestamp=when, sha256="0" * 64, notebook=content)
    understood = understand(form, submission)
    done = graded(understood, Report())
    marks = {mark.cell: mark for mark in done.marks}
    nbformat.reads(autograded_notebook(form, understood.found, {}, marks, done.notes), as_version=4)
    assert done.model_validate_json(done.model_dump_json()).digest == done.digest
    assert is_whole(understood.found, form)
    return done.state


@FUZZ
@given(JSON)
def test_any_json_is_mended_or_unreadable(quiz, value):
    """Whatever JSON is handed in, it is graded or left to a person, and the graded copy is a notebook."""
    content = json.dumps(value).encode()
    try:
        assert is_whole(read_notebook(content, quiz), quiz)
        expected = State.GRADED
    except Unreadable:
        expected = State.FOR_A_PERSON
    assert grade_it(content, quiz) is expected


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_are_mended_or_unreadable(quiz, content):
    """Whatever bytes are handed in, grading them does not fail."""
    assert grade_it(content, quiz) in {State.GRADED, State.FOR_A_PERSON}


def test_half_a_character_in_an_answer_does_not_stop_grading(quiz, handed_in):
    """JSON lets through what UTF-8 can't hold; it becomes a question mark."""
    half = "\ud800"
    content = handed_in(q01=f'q01 = "{half}"', q03_judgement=half, q04=f"# {half}")
    assert grade_it(content, quiz) is State.GRADED
    assert read_notebook(content, quiz).answer("q04") == "# ?"


def places(value, route=()):
    """Yield the route to every part of a JSON value."""
    yield route
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        yield from places(entry, (*route, name))


@FUZZ
@given(st.data())
def test_a_notebook_with_anything_anywhere_is_mended_or_unreadable(quiz, handed_in, data):
    """Up to three parts of a real notebook are replaced by anything; grading still does not fail."""
    notebook = json.loads(handed_in(q01=ANSWER, q03='q03 = {"f1": 0.1914}', q04="def double(x):\n    return x"))
    for _ in range(data.draw(st.integers(1, 3))):
        *route, last = data.draw(st.sampled_from([one for one in places(notebook) if one]))
        inner = notebook
        for step in route:
            inner = inner[step]
        inner[last] = data.draw(JSON)
    assert grade_it(json.dumps(notebook).encode(), quiz) in {State.GRADED, State.FOR_A_PERSON}
