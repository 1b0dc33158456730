"""Answers are read from their text where it is a literal, and left to the run where it is not."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradesmith.model.submissions import Readability
from gradesmith.notebooks.reading import FoundCell
from gradesmith.notebooks.responses import answered, read_answer
from gradesmith.notebooks.skeleton import skeleton

ANSWERED, EMPTY, UNREADABLE = Readability.ANSWERED, Readability.EMPTY, Readability.UNREADABLE


@pytest.fixture(scope="module")
def read(quiz):
    """Read what stands in an answer cell of the quiz."""
    planned = {one.id: one for one in skeleton(quiz)}
    parts = {slot.cell(part.name): part for slot in quiz.slots for part in slot.variant.parts}

    def read_source(name, source):
        cell = FoundCell(id=name, type=planned[name].type, source=source, planned=planned[name])
        return read_answer(cell, parts[name])

    return read_source


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ('q01 = "B"  # A, B, C or D', "B", "B"),
        ("# my answer\n\nq01 = 'b'\n", "b", "b"),
        ('q01 = ["A", "C"]', ["A", "C"], "A, C"),
        ('q01 = ("A", "C")', ["A", "C"], "A, C"),
        ('q01 = {"C"}', ["C"], "C"),
        ('q01 = q01 = "B"', "B", "B"),
        ("q01 = -1.5", -1.5, "-1.5"),
        ("q01 = True", True, "True"),
        ("q01 = b'B'", "b'B'", "b'B'"),
        ("q01 = 1 + 2j", "(1+2j)", "(1+2j)"),
    ],
)
def test_a_literal_is_read_without_running(read, source, value, text):
    """Letters, numbers, lists, tuples and sets are read as they stand."""
    found = read("q01", source)
    assert (found.response.readability, found.response.value, found.response.text) == (ANSWERED, value, text)
    assert (found.variable, found.notes) == ("", ())


def test_fields_are_read_by_name(read):
    """A dictionary gives each quantity what was typed for it, in whatever form."""
    found = read("q03", 'q03 = {\n    "accuracy": 0.8433,\n    "recall": "49,09 %",\n    "f1": "",\n    1: None,\n}')
    assert found.response.value == {"accuracy": 0.8433, "recall": "49,09 %", "f1": "", "1": None}
    assert found.response.readability is ANSWERED


@pytest.mark.parametrize(
    ("typed", "value"),
    [("84.33%", "84.33 %"), ("84.33 %", "84.33 %"), ("84%", "84 %"), ("  84.%  ", "84. %")],
)
def test_a_bare_percentage_is_read_and_noted(read, typed, value):
    """84.33% is no Python, but its meaning is plain; the instructor is told."""
    found = read("q03", f'q03 = {{\n    "accuracy": {typed},\n    "recall": {typed}  # so it is\n}}')
    assert found.response.value == {"accuracy": value, "recall": value}
    assert [(note.about, note.cell) for note in found.notes] == [("reading", "q03")]


@pytest.mark.parametrize(
    "source", ["q03 = {'f1': 84 % 5}", "q03 = {'f1': '84.33%'}", "rest = 7 % 4\nq03 = {'f1': rest}"]
)
def test_a_remainder_is_no_percentage(read, source):
    """Where the cell is Python already, nothing is changed."""
    assert read("q03", source).notes == ()


@pytest.mark.parametrize(
    "source",
    [
        'q01 = "A" if True else "B"',
        "answer = 'B'\nq01 = answer",
        "q01 = chr(66)",
        "q01 = B",
        "q01: str = 'B'",
        "q02 = 'B'",
        "q01",
        "q01 =",
        "print('B')",
        "q01.letter = 'B'",
        "q01" + ".a" * 900 + " = 'B'",
        "q01 = " + "[" * 250 + "]" * 250,
        "q01 = " + "-" * 3000 + "1",
        "q01 = '" + "B" * 30_000 + "'",
        "q01 = '\0'",
    ],
)
def test_anything_else_is_read_from_the_variable(read, source):
    """What the text does not tell is read after the cell has run; until then it is unreadable."""
    found = read("q01", source)
    assert found.variable == "q01"
    assert (found.response.readability, found.response.value) == (UNREADABLE, None)
    assert found.response.text == source[:20_000]


@pytest.mark.parametrize(
    "source", ["", " \n", 'q01 = ""', "q01 = None", "q01 = []", 'q01 = ""  # A, B, C or D\n', "q01 = [' ']"]
)
def test_blank_is_told_apart(read, source):
    """Nothing typed, an empty text and an empty list are no answer."""
    found = read("q01", source)
    assert found.response.readability is EMPTY
    assert found.variable == ""


@pytest.mark.parametrize("cell", ["q01", "q03", "q04", "q03-judgement"])
def test_what_was_handed_out_is_blank(read, quiz, cell):
    """The starter of each kind of answer counts as nothing answered."""
    starter = next(one.starter for one in skeleton(quiz) if one.id == cell)
    for source in (starter, f"\n{starter}\n\n"):
        assert read(cell, source).response.readability is EMPTY


@pytest.mark.parametrize(
    ("cell", "source"), [("q04", "def double(x): return 2 * x"), ("q03-judgement", "No, because …")]
)
def test_code_and_words_are_taken_as_they_stand(read, cell, source):
    """There is no value to read, only the text."""
    found = read(cell, source)
    assert (found.response.readability, found.response.text, found.response.value) == (ANSWERED, source, None)
    assert found.variable == ""


@pytest.mark.parametrize(
    "source",
    [
        'q01 = "\\ud800"',
        "q01 = 0x" + "f" * 10_000,
        "q01 = {0x" + "f" * 10_000 + ": 1}",
        "q01 = 1e999",
        "q01 = -1e999",
        "q01 = " + "[" * 190 + "1" + "]" * 190,
    ],
)
def test_literals_that_no_file_can_hold_are_read_all_the_same(read, source):
    """Half a character, endless digits and infinity neither stop the grader nor its writing down."""
    response = read("q01", source).response
    assert response.readability is ANSWERED
    assert response.model_validate_json(response.model_dump_json()) == response


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(VALUES)
@settings(max_examples=60)
def test_any_plain_value_is_a_response(value):
    """Whatever comes out of the run as plain content can be shown and written down."""
    response = answered("q01", value)
    again = json.loads(response.model_dump_json())
    assert set(again) == {"cell", "readability", "text", "value"}
    if isinstance(value, float) and not math.isnan(value):
        assert response.value == value


@given(
    st.text(st.characters(exclude_categories=()), max_size=40), st.sampled_from(["q01", "q03", "q04", "q03-judgement"])
)
@settings(max_examples=100)
def test_any_text_is_read_or_left_to_the_run(read, source, cell):
    """Reading never raises, and a text is blank, answered, or to be read from the variable."""
    source = source.encode("utf-8", "replace").decode()
    found = read(cell, source)
    assert (found.variable != "") is (found.response.readability is UNREADABLE)
    assert (source.strip() == "") <= (found.response.readability is EMPTY)
