"""Item statistics agree with worked numbers and with other libraries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from gradesmith.rules.item_statistics import (
    correlation,
    cronbach_alpha,
    difficulty,
    discrimination,
    rest_shares,
    settled,
    summary,
)

NAN = np.nan


@pytest.fixture
def marks():
    """Return the marks of 40 students in 6 questions of 1 to 3 points, which share one ability."""
    chance = np.random.default_rng(5)
    maximum = np.tile([1.0, 1.0, 2.0, 2.0, 3.0, 3.0], (40, 1))
    ability = chance.normal(size=(40, 1))
    share = 1 / (1 + np.exp(-(ability + chance.normal(size=(40, 6)))))
    return np.round(share * maximum * 4) / 4, maximum


def test_a_summary_agrees_with_pandas(marks):
    """Mean, standard deviation and quartiles are those of pandas."""
    total = marks[0].sum(axis=1)
    found, expected = summary(total), pd.Series(total).describe()
    assert [found.n, found.mean, found.sd, found.least, found.lower, found.median, found.upper, found.most] == (
        pytest.approx(expected.tolist())
    )


def test_a_summary_of_nothing_and_of_one():
    """No scores have no summary, and one has no spread."""
    assert summary(np.array([])) is None
    assert summary(np.array([3.0])).sd is None


def test_difficulty_is_the_mean_share():
    """Worked by hand: (1 + 0.5 + 0) / 3 over those marked."""
    found = difficulty(np.array([2.0, 1.0, 0.0, NAN]), np.array([2.0, 2.0, 2.0, 2.0]))
    assert (found.value, found.n) == (0.5, 3)


def test_difficulty_of_nothing_marked_is_none():
    """Without marks, or points to earn, there is no difficulty."""
    assert difficulty(np.array([NAN]), np.array([1.0])).value is None
    assert difficulty(np.array([0.0]), np.array([0.0])).value is None


def test_discrimination_leaves_the_question_out(marks):
    """The corrected correlation is that with the sum of the other questions, as scipy has it, interval and all."""
    given, maximum = marks
    for item in range(given.shape[1]):
        expected = stats.pearsonr(given[:, item], np.delete(given, item, axis=1).sum(axis=1))
        found = discrimination(given, maximum, item)
        interval = expected.confidence_interval(0.95)
        assert (found.value, found.n) == (pytest.approx(expected.statistic), 40)
        assert (found.low, found.high) == (pytest.approx(interval.low), pytest.approx(interval.high))


def test_noise_does_not_discriminate():
    """Five coins correlate with a total that contains them, but not with the rest."""
    coins = np.random.default_rng(1).integers(0, 2, size=(4000, 5)).astype(float)
    uncorrected = np.corrcoef(coins[:, 0], coins.sum(axis=1))[0, 1]
    assert uncorrected > 0.4
    assert abs(discrimination(coins, np.ones_like(coins), 0).value) < 0.05


def test_a_missing_mark_is_not_a_wrong_answer():
    """The rest is a share of what was marked."""
    given = np.array([[1.0, 1.0, NAN], [1.0, 0.0, 2.0]])
    assert rest_shares(given, np.array([[1.0, 1.0, 2.0]] * 2), 0).tolist() == [1.0, pytest.approx(2 / 3)]


def test_questions_that_wait_for_a_person_are_left_out():
    """A question that hardly anybody has a mark for distorts no rest."""
    given = np.array([[1.0, NAN], [0.0, NAN], [1.0, 0.0]])
    assert settled(given).tolist() == [True, False]
    assert np.isnan(rest_shares(given, np.ones((3, 2)), 0)).all()


@pytest.mark.parametrize(
    ("one", "other", "n"),
    [
        (np.arange(9.0), np.arange(9.0), 9),
        (np.ones(30), np.arange(30.0), 30),
        (np.arange(30.0), np.zeros(30), 30),
        (np.full(30, NAN), np.arange(30.0), 0),
    ],
)
def test_no_correlation_without_ground(one, other, n):
    """Too few students or no variance: no figure, but how many there were."""
    found = correlation(one, other)
    assert (found.value, found.low, found.n) == (None, None, n)


def test_a_perfect_correlation_has_an_interval():
    """Nothing overflows at one."""
    found = correlation(np.arange(20.0), np.arange(20.0))
    assert (found.value, found.high) == (pytest.approx(1), pytest.approx(1))


def test_alpha_agrees_with_its_covariance_form(marks):
    """Alpha is k/(k-1) (1 - trace of the covariances / their sum)."""
    given, _ = marks
    covariances = pd.DataFrame(given).cov().to_numpy()
    found = cronbach_alpha(given)
    assert found.value == pytest.approx(6 / 5 * (1 - np.trace(covariances) / covariances.sum()))
    assert (found.n, found.items) == (40, 6)


def test_alpha_of_a_worked_example():
    """Two questions with equal variances and correlation r: alpha is 2r/(1+r), by Spearman and Brown."""
    one = np.array([0.0, 1.0] * 8)
    other = np.array([0.0, 1.0] * 6 + [1.0, 0.0] * 2)
    r = np.corrcoef(one, other)[0, 1]
    assert cronbach_alpha(np.column_stack([one, other])).value == pytest.approx(2 * r / (1 + r))


def test_the_interval_of_alpha_is_feldts(marks):
    """The interval is by F, as scipy has it."""
    found = cronbach_alpha(marks[0])
    f = stats.f(39, 39 * 5)
    assert found.low == pytest.approx(1 - (1 - found.value) * f.ppf(0.975))
    assert found.high == pytest.approx(1 - (1 - found.value) * f.ppf(0.025))


def test_alpha_needs_students_questions_and_variance():
    """Otherwise there is none, but a count."""
    assert cronbach_alpha(np.ones((5, 4))).value is None
    assert cronbach_alpha(np.ones((50, 4))).value is None
    assert cronbach_alpha(np.arange(50.0).reshape(50, 1)).value is None
    assert cronbach_alpha(np.empty((0, 4))).items == 0


def test_alpha_takes_students_with_all_marks():
    """Who lacks a mark is left out, and a question that nobody has a mark for as well."""
    chance = np.random.default_rng(2)
    given = chance.normal(size=(30, 1)) + chance.normal(size=(30, 4))
    given[:3, 0] = NAN
    given[:, 3] = NAN
    found = cronbach_alpha(given)
    assert (found.n, found.items) == (27, 3)
    assert found.value == pytest.approx(cronbach_alpha(given[3:, :3]).value)
