import numpy as np
import pytest
from scipy.stats import entropy


def known(table):
    """Return before and gain by way of the joint entropy."""
    table = np.asarray(table)
    before, of_answers = entropy(table.sum(axis=0), base=2), entropy(table.sum(axis=1), base=2)
    return before, before + of_answers - entropy(table.ravel(), base=2)


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """Two answers, two classes, no zeros."""
    # 8 of 16 examples in each class: 1 bit. The first row has the shares 3/4 and 1/4, and so has the second.
    result = student.information_gain([[6, 2], [2, 6]])
    row = -(3 / 4 * np.log2(3 / 4) + 1 / 4 * np.log2(1 / 4))
    assert result["before"] == pytest.approx(1)
    assert result["gain"] == pytest.approx(1 - row)


@pytest.mark.check(points=2)
def test_random_tables(student, rng):
    """Fresh random tables with more answers and classes, unequal in size."""
    for shape in ((2, 3), (4, 2), (3, 5)):
        table = rng.integers(1, 30, shape) * rng.integers(1, 9, (shape[0], 1))
        result = student.information_gain(table)
        before, gain = known(table)
        assert result["before"] == pytest.approx(before), "the entropy of the classes is wrong"
        assert result["gain"] == pytest.approx(gain), "the gain is wrong"
        assert student.information_gain(table.tolist())["gain"] == pytest.approx(gain), "the gain is wrong for a list"


@pytest.mark.check(points=1)
def test_pure_answers(student, rng):
    """Answers after which some classes are excluded."""
    a, b, c, d = rng.integers(3, 40, 4).tolist()
    for table in ([[a, 0], [0, b]], [[a, 0, b], [c, 1, 0]], [[a, 0], [1, c], [d, 0]]):
        result = student.information_gain(table)
        before, gain = known(table)
        assert result["before"] == pytest.approx(before), "the entropy of the classes is wrong"
        assert result["gain"] == pytest.approx(gain), "the gain is wrong where counts are zero"


@pytest.mark.check(points=1)
def test_empty_rows_and_columns(student, rng):
    """Answers that nobody gave, and classes that do not occur."""
    for _ in range(3):
        small = rng.integers(2, 40, (3, 2)) * np.array([[1], [2], [5]])
        table = np.zeros((5, 4), dtype=int)
        table[np.ix_([0, 2, 3], [1, 2])] = small
        result = student.information_gain(table)
        before, gain = known(small)
        assert result["before"] == pytest.approx(before), "the entropy of the classes is wrong"
        assert result["gain"] == pytest.approx(gain), "a row without examples must not change the gain"
