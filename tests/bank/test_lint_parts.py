"""What rules are built of: chance, ranges, words, and what came from the student."""

from __future__ import annotations

import ast
import math

import pytest
from scipy.stats import binom

from gradesmith.bank.lint.chance import at_least
from gradesmith.bank.lint.check_code import tainted_names
from gradesmith.bank.lint.ranges import range_of
from gradesmith.bank.lint.wording import asking, content_words, normal, phrase


@pytest.mark.parametrize(("hits", "trials", "chance"), [(14, 20, 0.25), (0, 5, 0.5), (5, 5, 0.2), (6, 10, 0.25)])
def test_equal_chances_are_the_binomial_test(hits, trials, chance):
    """Against SciPy."""
    assert at_least(hits, [chance] * trials) == pytest.approx(binom.sf(hits - 1, trials, chance))


def test_unequal_chances_are_weighed_one_by_one():
    """Of two events with 1/2 and 1/3, both happen once in six times, at least one in four of six."""
    assert at_least(2, [1 / 2, 1 / 3]) == pytest.approx(1 / 6)
    assert at_least(1, [1 / 2, 1 / 3]) == pytest.approx(4 / 6)
    assert at_least(1, []) == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10 to 20", 10, 20),
        ("10–20 %", 10, 20),
        ("between 3 and 7", 3, 7),
        ("0.5 to 0.75", 0.5, 0.75),
        ("at least 5", 5, math.inf),
        ("< 3 ms", -math.inf, 3),
        ("up to 1,000", -math.inf, 1000),
    ],
)
def test_a_range_is_read(text, low, high):
    """With words, dashes, signs and units."""
    found = range_of(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["7", "ten to twenty", "20 to 10", "5 of 10", "over the hill", ""])
def test_what_is_no_range_is_none(text):
    """One number is none, nor is what is written in words."""
    assert range_of(text) is None


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("10 to 20", "20 to 30", True),
        ("10 to 20", "21 to 30", False),
        ("less than 10", "at least 10", False),
        ("at most 10", "at least 10", True),
        ("less than 10", "10 to 20", False),
        ("10 to 20 ms", "15 to 30 s", False),
        ("at least 5", "more than 50", True),
    ],
)
def test_ranges_share_a_number_or_not(one, other, shared):
    """Either way round; bounds count unless they are open; units must agree."""
    assert range_of(one).overlaps(range_of(other)) is shared
    assert range_of(other).overlaps(range_of(one)) is shared


def test_words_are_compared_by_their_stems():
    """Endings, case and articles do not matter; formulas are left out."""
    assert content_words("The Updates are recorded") & content_words("an update of records") == {"updat", "record"}
    assert phrase("A *Shadow* deployment, $x$!") == " a shadow deployment "
    assert normal(" The  **key**. ") == normal("the key")


def test_the_sentence_that_asks_is_found():
    """The last one with a question mark; else the last one; tables are not read."""
    assert asking("It was 0.5. What is it? Give two digits.") == "What is it?"
    assert asking("First this. Then choose.") == "Then choose."
    assert asking("What?\n\n| a? | b |\n|---|---|\n") == "What?"


def test_names_that_hold_something_of_the_students_are_followed():
    """Through assignments, tuples, loops, comprehensions and with-blocks, in any order."""
    source = """
def test_it(student, rng):
    own = rng.normal()
    a, b = student.pair()
    for one in a.parts:
        c = one + own
    d = [other for other in c]
    with open(d) as e:
        pass
    expected = oracle(own)
"""
    node = ast.parse(source).body[0]
    assert tainted_names(node, frozenset({"student"})) == {"student", "a", "b", "one", "c", "d", "other", "e"}
