"""Numbers and letters are read as people type them; what cannot be read is told apart from what is wrong."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradesmith.model.interactions import Choice, Option
from gradesmith.rules.answers import is_blank, read_letters, read_number

CHOICE = Choice(options=tuple(Option(letter=letter, text=letter) for letter in "ABCD"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (0.8433, 0.8433),
        ("0.8433", 0.8433),
        ("0,8433", 0.8433),
        (" .8433 ", 0.8433),
        ("84.33 %", 0.8433),
        ("84,33%", 0.8433),
        ("8.433e-1", 0.8433),
        ("+0.8433", 0.8433),
        ("-3.", -3.0),
        (1, 1.0),
        ("100%", 1.0),
    ],
)
def test_the_same_number_may_be_typed_in_several_ways(typed, number):
    """Decimal points and commas, percentages, and numbers as text all count."""
    assert read_number(typed) == pytest.approx(number, abs=1e-15)


@pytest.mark.parametrize("typed", ["undefined", " Undefined ", "nan", "NaN", math.nan, "n/a", "not defined"])
def test_an_undefined_quantity_is_not_a_number(typed):
    """Every word for undefined is read as NaN."""
    assert math.isnan(read_number(typed))


@pytest.mark.parametrize(
    "typed",
    [None, True, False, "", "many", "1,234.5", "1.2.3", "1 2", "0x10", "1_000", "%", "inf", math.inf, "1e", [0.5], {}],
)
def test_what_is_no_number_is_not_guessed(typed):
    """``None`` stands for what cannot be read; truth values are no numbers."""
    assert read_number(typed) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_typed(number):
    """A number, its text and its text with a decimal comma are read as the same float."""
    assert read_number(number) == read_number(repr(number)) == read_number(repr(number).replace(".", ",")) == number


@given(st.integers(0, 10**6))
def test_a_percentage_is_a_hundredth(hundredths):
    """12.34 % is 0.1234, give or take the last place of a double."""
    assert read_number(f"{hundredths / 100:.2f} %") == pytest.approx(hundredths / 10**4, abs=1e-12)


@given(JSON)
def test_reading_never_fails(typed):
    """Whatever plain content was answered, it is a number, a choice, a blank or none of them."""
    number = read_number(typed)
    assert number is None or isinstance(number, float)
    letters = read_letters(typed, CHOICE)
    assert letters is None or (letters == tuple(sorted(set(letters))) and set(letters) <= set("ABCD"))
    assert is_blank(typed) in {True, False}
    assert not (is_blank(typed) and number is not None)


@given(st.sets(st.sampled_from("ABCD"), min_size=1), st.randoms(use_true_random=False))
@example({"B"}, None)
def test_letters_are_read_in_any_order_and_case(letters, chance):
    """Order, case, dots and brackets round a letter do not matter."""
    typed = [f" {letter.lower()}.) " for letter in letters]
    if chance is not None:
        chance.shuffle(typed)
    assert read_letters(typed, CHOICE) == tuple(sorted(letters))
    if len(typed) == 1:
        assert read_letters(typed[0], CHOICE) == tuple(letters)


@pytest.mark.parametrize("typed", ["E", "AB", "A, B", ["A", "E"], 1, None, {"A": "B"}, [], ["A", ""]])
def test_letters_that_are_no_options_cannot_be_read(typed):
    """An answer that names no option is unreadable, not wrong."""
    assert read_letters(typed, CHOICE) is None


@pytest.mark.parametrize(
    ("typed", "blank"),
    [
        ("", True),
        ("  \n", True),
        (None, True),
        ([], True),
        ({"f1": "", "recall": " "}, True),
        ([[], {"a": None}], True),
        (0, False),
        (False, False),
        ({"f1": "", "recall": 0}, False),
        ("B", False),
    ],
)
def test_blank_means_that_nothing_was_answered(typed, blank):
    """Zero is an answer; empty fields are none."""
    assert is_blank(typed) is blank
