import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier


class Compares:
    """Says 1 where one column exceeds another; it can't be fitted."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    def predict(self, x):
        """Compare the columns."""
        return (x[:, self.first] > x[:, self.second]).astype(int)


def _expected(model, x, y, repeats, seed):
    """Permute as the prompt says."""
    generator = np.random.default_rng(seed)
    untouched = np.mean(model.predict(x.copy()) == y)
    rows = []
    for j in range(x.shape[1]):
        shuffles = [generator.permutation(x[:, j]) for _ in range(repeats)]
        parts = [np.column_stack([x[:, :j], shuffle, x[:, j + 1 :]]) for shuffle in shuffles]
        rows.append([untouched - np.mean(model.predict(part) == y) for part in parts])
    return np.array(rows)


@pytest.mark.check(points=1, visible=True)
def test_unused_column(student):
    """A model that looks at two of three columns owes nothing to the third."""
    x = np.array([[1.0, 5.0, 2.0], [3.0, 6.0, 1.0], [0.0, 7.0, 4.0], [5.0, 8.0, 3.0]])
    drops = student.permuted_drops(Compares(0, 2), x, np.array([0, 1, 0, 1]), 6, 0)
    assert np.shape(drops) == (3, 6)
    assert np.allclose(drops[1], 0)
    assert np.mean(drops[0]) > 0


@pytest.mark.check(points=1, visible=True)
def test_cold_stands_out(student):
    """The example of three columns."""
    drops = [[0.1, 0.3], [0, 0], [0.4, 0.4]]
    assert list(student.stands_out(["wind", "cloud", "cold"], drops)) == ["cold"]


@pytest.mark.check(points=2)
def test_fresh_drops(student, rng):
    """Fresh rows, a fixed rule and a fitted tree; labels that the model gets partly wrong."""
    for size, columns, repeats in ((40, 4, 3), (25, 2, 1)):
        x = rng.normal(size=(size, columns))
        y = (x[:, 0] - x[:, 1] + rng.normal(0, 0.7, size) > 0).astype(int)
        tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(x[: size // 2], y[: size // 2])
        for model in (Compares(1, 0), tree):
            seed = int(rng.integers(1000))
            drops = student.permuted_drops(model, x, y, repeats, seed)
            assert np.shape(drops) == (columns, repeats)
            assert np.allclose(drops, _expected(model, x, y, repeats, seed))


@pytest.mark.check(points=1)
def test_one_at_a_time(student, rng):
    """One column does not stay broken while the next is permuted; whole numbers are permuted, too."""
    x, y = rng.normal(size=(30, 3)), rng.integers(0, 2, 30)
    seed = int(rng.integers(1000))
    model = Compares(2, 0)
    assert np.allclose(student.permuted_drops(model, x, y, 2, seed)[2], _expected(model, x, y, 2, seed)[2])
    whole = rng.integers(0, 9, (30, 3))
    assert np.allclose(student.permuted_drops(model, whole, y, 4, seed), _expected(model, whole, y, 4, seed))


@pytest.mark.check(points=1)
def test_fresh_ranking(student, rng):
    """Fresh drops of many columns with equal means, negative ones and lone large ones, as arrays and as lists."""
    for columns, repeats in ((12, 2), (30, 5), (1, 3)):
        names = [f"c{int(number)}" for number in rng.choice(np.arange(10, 99), columns, replace=False)]
        drops = rng.integers(-2, 9, (columns, 1)) / 64 + rng.integers(-1, 2, (columns, repeats)) / 32
        drops[0] = 0.0625
        if columns > 4:
            drops[3], drops[4] = 0.0625, 0
        means = drops.mean(axis=1)
        sure = [j for j in range(columns) if means[j] > 2 * np.std(drops[j], ddof=1)]
        expected = [names[j] for j in sorted(sure, key=lambda j: -means[j])]
        assert list(student.stands_out(names, drops)) == expected
        assert list(student.stands_out(names, drops.tolist())) == expected
