"""Figures and other people's text are put into words in one way."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradesmith.reports import wording


@pytest.mark.parametrize(
    ("given", "words"),
    [(Fraction(7), "7"), (Fraction(1, 3), "0.33"), (Fraction(1, 200), "0.01"), (Fraction(30), "30"), (None, "–")],
)
def test_points_have_at_most_two_digits(given, words):
    """Points are rounded half up and written without idle zeros."""
    assert wording.points(given) == words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x07", "link"),
        ("a\x00b\x08c\x7f", "abc"),
        ("user\u202enimda", "usernimda"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("\ud800", "?"),
        ("\x1b", ""),
    ],
)
def test_cleaned_text_has_nothing_unseen(text, left):
    """Terminal sequences, control characters and turned writing go; what one sees stays."""
    assert wording.clean(text) == left


def test_long_text_is_shortened_and_says_so():
    """Nobody fills a page with one answer."""
    assert wording.clean("x" * 10_000, 100) == "x" * 100 + "\n… (shortened: 10,000 characters in all)"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\x1b[0m=cmd"])
def test_a_table_cell_is_no_formula(text):
    """A table pasted into a spreadsheet runs nothing."""
    assert wording.cell(text).startswith("'")


def test_moments_name_their_zone():
    """A time says which clock it is by."""
    assert wording.moment(datetime(2025, 5, 4, 9, 5, tzinfo=UTC)) == "4 May 2025, 09:05 UTC"


def test_shares_and_numbers():
    """Shares are whole per cent; minus signs are minus signs."""
    assert wording.percent(Fraction(1, 8)) == "13%"
    assert wording.percent(None) == "–"
    assert wording.decimal(-0.256) == "−0.26"
