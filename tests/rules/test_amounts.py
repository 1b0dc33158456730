"""Options that are numbers of one thing can be put in order; all others are left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradesmith.rules.amounts import amount, by_size


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.14", Fraction(7, 50)),
        ("About 14 %", 14),
        ("$-3$", -3),
        ("−0.5", Fraction(-1, 2)),
        ("1/2", Fraction(1, 2)),
        ("999 000", 999000),
        ("1,250", 1250),
        ("1e-3", Fraction(1, 1000)),
        ("**12** people", 12),
    ],
)
def test_an_amount_is_a_number_with_words_around_it(text, value):
    """Signs, fractions, groups of thousands, emphasis and dollar signs are understood."""
    assert amount(text).value == value


@pytest.mark.parametrize("text", ["seven", "", "10 to 20", "ISO 9001 and 3", "1/0", "$10^3$", "F1 is 0.5"])
def test_what_holds_no_number_or_several_is_none(text):
    """A range is not an amount, and nothing is guessed."""
    assert amount(text) is None


def test_amounts_of_one_thing_are_sorted():
    """By value, not by letters."""
    assert by_size(["160.0", "0.4", "2.0", "-1"]) == ["-1", "0.4", "2.0", "160.0"]
    assert by_size(["About 80 %", "about 0.6 %", "About 14 %"]) == ["about 0.6 %", "About 14 %", "About 80 %"]


@pytest.mark.parametrize("texts", [["10 %", "9"], ["1", "2", "Neither"], ["5 m", "3 km"], ["one", "two"]])
def test_what_is_not_of_one_thing_is_left_alone(texts):
    """Units differ, or there is a word among the numbers."""
    assert by_size(texts) is None


@given(st.lists(st.decimals(-1000, 1000, allow_nan=False, places=2), min_size=1, unique=True))
def test_sorting_keeps_every_text(numbers):
    """Nothing is lost, rewritten or doubled."""
    texts = [str(number) for number in numbers]
    assert by_size(texts) == [str(number) for number in sorted(numbers)]
