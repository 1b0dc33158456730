import pytest
from scipy.stats import hypergeom


@pytest.mark.check(points=1, visible=True)
def test_ten_notes(student):
    """The example: ten notes, two of them rare."""
    assert student.chance_of_missing(10, 2, 3) == pytest.approx(7 / 15)
    assert student.labels_needed(10, 2, 0.8) == 6


@pytest.mark.check(points=1)
def test_fresh_chances(student, rng):
    """Fresh numbers of notes, against SciPy's hypergeometric distribution."""
    for _ in range(12):
        total = int(rng.integers(20, 400))
        rare, drawn = (int(number) for number in rng.integers(1, total // 4, 2))
        assert student.chance_of_missing(total, rare, drawn) == pytest.approx(hypergeom.pmf(0, total, rare, drawn))


@pytest.mark.check(points=1)
def test_edges_of_the_chance(student, rng):
    """Nothing drawn, nothing rare, a single note left over, more drawn than there are harmless notes."""
    total = int(rng.integers(20, 60))
    rare = int(rng.integers(3, 9))
    assert student.chance_of_missing(total, rare, 0) == 1
    assert student.chance_of_missing(total, 0, total) == pytest.approx(1)
    assert student.chance_of_missing(total, 1, total - 1) == pytest.approx(1 / total)
    assert student.chance_of_missing(total, rare, total - rare) == pytest.approx(
        hypergeom.pmf(0, total, rare, total - rare)
    )
    for drawn in (total - rare + 1, total - rare + 2, total):
        assert student.chance_of_missing(total, rare, drawn) == pytest.approx(0, abs=1e-12)


@pytest.mark.check(points=1)
def test_fresh_budgets(student, rng):
    """The smallest number that is enough, for fresh numbers of notes and several degrees of sureness."""
    for sure in (0.2, 0.5, 0.9, 0.95, 0.99):
        total = int(rng.integers(60, 300))
        rare = int(rng.integers(2, 12))
        needed = student.labels_needed(total, rare, sure)
        assert needed == int(needed) and 1 <= needed <= total
        assert hypergeom.pmf(0, total, rare, needed) <= 1 - sure < hypergeom.pmf(0, total, rare, needed - 1)


@pytest.mark.check(points=1)
def test_edges_of_the_budget(student, rng):
    """No rare note at all, nothing but rare notes, and a probability that is met exactly."""
    total = int(rng.integers(20, 60))
    assert student.labels_needed(total, 0, 0.5) is None
    assert student.labels_needed(total, total, 0.9) == 1
    # of eight notes one is rare: every note drawn adds exactly an eighth
    for eighths in (1, 2, 5, 7):
        assert student.labels_needed(8, 1, eighths / 8) == eighths
