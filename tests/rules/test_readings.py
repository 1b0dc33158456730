"""Two spellings of one reading are one text, and different readings stay different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradesmith.rules.readings import as_read

ALIKE = [
    [r"$\frac{1}{2}$", r"$\frac{1}{2} $", r"$\frac 12$", r"$ \dfrac{ 1 }{ 2 } $", r"$$\frac1{2}$$"],
    ["The *mean* value", "The mean value", "The __mean__ value", "The <b>mean</b>  value", "The mean&nbsp;value"],
    [r"$x^{2}$", r"$x^2$", r"$x ^ {{2}}$"],
    [r"$1{,}000$", "$1,000$", "1,000"],
    [r"$a \leq b$", "$a ≤ b$", r"$a\le b$"],
    [r"$\left( p \right)$", "$(p)$"],
    [r"$\text{true  positives}$", r"$\text{true positives}$"],
    [r"84\%", "84%", r"$84\,\%$"],
    ["a &lt; b", "a < b"],
    ["***very*** much", "very _much_"],
    ["[the guide](https://example.org)", "the guide"],
    ["`mean` of rows", "mean of rows"],
    ["−3", "-3", "$-3$"],
]
DIFFERENT = [
    r"$\frac{1}{12}$", r"$\frac{11}{2}$", r"$\frac{1}{1}2$", "$x^{12}$", "$x^12$", r"$\alpha x$", r"$\alphax$",
    "3 * 4 * 5", "3 4 5", "snake_case_name", "snakecasename", "`*args`", "args", r"\*args", "`*args*`", "a ~~b~~",
    "a b", "ab", r"$\text{a b}$", r"$\mathbf{x}$", "$x$", "&amp;lt;", "&lt;", "a", "A", "a.", "x²", "x2",
]  # fmt: skip


@pytest.mark.parametrize("spellings", ALIKE, ids=lambda spellings: spellings[0])
def test_one_reading_is_one_text(spellings):
    """Spaces, braces around one sign, emphasis anywhere, tags and entities make no difference."""
    assert len({as_read(text) for text in spellings}) == 1


def test_different_readings_stay_different():
    """Each reads differently from each other, but for a star that is escaped or stands in code."""
    readings = {text: as_read(text) for text in DIFFERENT}
    assert readings.pop(r"\*args") == readings["`*args`"] == "*args"
    assert len(set(readings.values())) == len(readings)


@given(st.text("ab1 *_`$\\{}&;<>[]()\n", max_size=30))
def test_any_text_has_a_reading(text):
    """Nothing that an author may type breaks it, and spaces around a text never count."""
    assert as_read(f"  {text}\n") == as_read(text)


@given(st.lists(st.sampled_from(["mean", "*", "12", "x", "≤", ".", "(", ")"]), min_size=1, max_size=6))
def test_plain_words_are_read_as_they_stand(words):
    """Where nothing marks anything, the reading is the text."""
    text = " ".join(words)
    assert as_read(text) == text
