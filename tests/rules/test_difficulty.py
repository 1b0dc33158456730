"""What is expected of a question: between its author's word and its statistics, nearer to what tells more."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradesmith.model.questions import Question
from gradesmith.model.statistics import QuestionStatistics
from gradesmith.rules.difficulty import AUTHORS, REVISION, Expected, expectations, of_form, spread


def question(name="q", difficulty="medium"):
    return Question.model_validate({
        "id": name, "kind": "short", "lecture": "1.1", "topics": [], "outcomes": [], "difficulty": difficulty,
        "bloom": "apply", "minutes": 1, "prompt": "?", "explanation": "!", "source": "-",
    })  # fmt: skip


def record(one, mean, responses=60, sd=0.45, version=None):
    fields = {"question": one.id, "version": version or one.version, "responses": responses, "mean": mean, "sd": sd}
    return QuestionStatistics.model_validate(fields)


@pytest.mark.parametrize("level", list(AUTHORS))
def test_without_statistics_the_author_is_believed(level):
    """Easy, medium and hard stand for a share of the points, and for how far that may be off."""
    assert expectations([question(difficulty=level)])["q"] == AUTHORS[level]


@given(st.floats(0, 1), st.integers(1, 1000), st.floats(0, 0.5))
def test_statistics_draw_the_estimate_towards_them(mean, responses, sd):
    """It lies between author and mean, and is surer than either alone would make it."""
    one = question()
    found = expectations([one], [record(one, mean, responses, sd)])["q"]
    author = AUTHORS[one.difficulty]
    low, high = sorted((author.share, mean))
    assert low - 1e-9 <= found.share <= high + 1e-9
    assert 0 < found.se < author.se


def test_more_responses_weigh_more():
    """The estimate nears the mean of the responses, and its error nears theirs."""
    one = question()
    found = [expectations([one], [record(one, 0.3, number)])["q"] for number in (2, 20, 200, 20_000)]
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert found[-1].share == pytest.approx(0.3, abs=0.001)
    assert found[-1].se == pytest.approx(0.45 / sqrt(20_000), rel=0.01)


def test_a_hand_calculation():
    """60 responses, mean 0.40 and sd 0.5, against medium: each weighed by its precision."""
    one = question()
    within = (59 * 0.25 + 2 * 0.65 * 0.35) / 61 / 60
    precision = 1 / 0.15**2 + 1 / within
    found = expectations([one], [record(one, 0.4, 60, 0.5)])["q"]
    assert found.share == pytest.approx((0.65 / 0.15**2 + 0.4 / within) / precision)
    assert found.se == pytest.approx(1 / sqrt(precision))


def test_a_few_alike_answers_prove_little():
    """Five students with all points do not show that everybody would have them."""
    one = question()
    found = expectations([one], [record(one, 1.0, 5, 0.0)])["q"]
    assert 0.8 < found.share < 0.95
    assert found.se > 0.05


def test_an_earlier_version_counts_less():
    """Its statistics may be off by what a new wording changes, however many answered it."""
    one = question()
    own = expectations([one], [record(one, 0.3, 10_000)])["q"]
    earlier = expectations([one], [record(one, 0.3, 10_000, version="0123456789abcdef")])["q"]
    assert own.share < earlier.share < AUTHORS[one.difficulty].share
    assert earlier.se > REVISION / 2


def test_levels_mean_what_enough_questions_turned_out():
    """Where many easy questions earned 0.6, another one is not expected to earn 0.85."""
    measured = [question(f"easy-{number}", "easy") for number in range(12)]
    records = [record(one, 0.6 + 0.01 * (number % 3 - 1)) for number, one in enumerate(measured)]
    found = expectations([*measured, question("new", "easy"), question("other", "hard")], records)
    assert found["new"].share == pytest.approx(0.6, abs=0.01)
    assert found["new"].se == pytest.approx(0.05)
    assert found["other"] == AUTHORS["hard"]


def test_what_all_forms_share_makes_none_harder():
    """Only what forms differ in adds to their spread; the rest is everybody's."""
    expected = {"a": Expected(share=0.2, se=0.1), "b": Expected(share=0.8, se=0.1), "c": Expected(share=0.4, se=0.3)}
    same = spread([{"a": 0.5, "c": 0.5}] * 3, expected)
    assert (same.fitted, same.bound) == (0, 0)
    apart = spread([{"a": 0.5, "c": 0.5}, {"b": 0.5, "c": 0.5}], expected)
    assert apart.fitted == pytest.approx(0.15)  # 0.30 and 0.60
    assert apart.bound == pytest.approx(sqrt(2 * (0.25 * 0.1) ** 2))
    assert apart.predicted == pytest.approx(sqrt(apart.fitted**2 + apart.bound**2))


def test_a_form_is_as_hard_as_its_points_say():
    """Questions count by what they are worth, and errors add as variances."""
    found = of_form({"a": 0.75, "b": 0.25}, {"a": Expected(share=0.4, se=0.1), "b": Expected(share=0.8, se=0.2)})
    assert found.share == pytest.approx(0.5)
    assert found.se == pytest.approx(sqrt(0.075**2 + 0.05**2))
