"""What checks give and get: arguments and answers of any size, names that change, draws of their own."""

from __future__ import annotations

import pytest

DOUBLE = "def double(x):\n    return 2 * x\n"


def test_a_function_is_what_its_name_stands_for_at_the_moment(grader):
    """Names of functions are told beforehand, so whoever binds them anew must be noticed."""
    source = """
def f():
    global f
    f = lambda: 2
    return 1
def g(): return 0
def forget():
    global forget
    del forget
"""
    wanted = {"test_functions_that_change": "PASSED"}
    assert grader.statuses(source, *wanted) == wanted


def test_unseeded_draws_of_a_check_are_the_same_whatever_ran_before_it(grader):
    one, other, again = grader.run(
        grader.question("q", checks=("test_draws_of_its_own", "test_draws_elsewhere", "test_draws_of_its_own"))
    ).checks
    assert "drawn" in one.detail
    assert one.detail == again.detail
    assert set(one.detail.split()[-2:]).isdisjoint(other.detail.split())


def test_nothing_tells_of_what_went_wrong_before_the_first_cell(grader):
    cell = grader.cell("%tb\nimport sys\nprint([name for name in dir(sys) if name.startswith('last_')])")
    assert cell.outputs[-1]["text"].splitlines()[-1] == "[]"
    assert "ZeroDivisionError" not in str(cell.outputs)


def test_what_can_not_be_sent_is_the_checks_slip(grader):
    wanted = {
        "test_gives_too_much": "BROKEN",
        "test_gives_what_cannot_be_copied": "BROKEN",
        "test_hears_that_it_gives_too_much": "PASSED",
    }
    assert grader.statuses(DOUBLE, *wanted, check_seconds=20) == wanted


HONEST = {
    "class_as_key": "from sklearn.linear_model import LogisticRegression\ndef f(): return {LogisticRegression: 0.9}",
    "named_tuples": "import collections\nP = collections.namedtuple('P', 'x')\ndef f(): return {P(1)}",
    "long_text": "def f(): return 'x' * 20_000_000",
    "reviews": "import pandas as pd\ndef f(): return pd.Series(['a review that is rather long ' * 3] * 250_000)",
    "deep_array": "import numpy as np\ndef f():\n    v = np.arange(3)\n    for _ in range(38): v = [v]\n    return v",
    "long_index": "import pandas as pd\ndef f(): return pd.RangeIndex(20_000_000)",
    "long_range": "def f(): return range(2**62)",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_answers_of_any_size_and_shape_can_be_looked_into(grader, name):
    assert grader.statuses(HONEST[name], "test_has_length", check_seconds=20) == {"test_has_length": "PASSED"}
