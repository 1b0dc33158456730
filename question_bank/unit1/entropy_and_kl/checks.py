import math

import numpy as np
import pytest
import scipy.stats


def _known(p, q):
    """Return entropy, cross-entropy and divergence in bits, added up over what happens."""
    p, q = (np.asarray(given) / np.sum(given) for given in (p, q))
    pairs = [(share, belief) for share, belief in zip(p.tolist(), q.tolist(), strict=True) if share]
    own = -sum(share * math.log2(share) for share, _ in pairs)
    added = sum(share * math.log2(share / belief) for share, belief in pairs)
    return own, own + added, added


def _told(student, p, q):
    return student.entropy(p), student.cross_entropy(p, q), student.kl_divergence(p, q)


def _near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.check(points=1, visible=True)
def test_four_outcomes(student):
    """The three numbers of the example."""
    p, q = [1 / 2, 1 / 4, 1 / 8, 1 / 8], [1 / 8, 1 / 2, 1 / 4, 1 / 8]
    assert student.entropy(p) == _near(1.75)
    assert student.cross_entropy(p, q) == _near(2.375)
    assert student.kl_divergence(p, q) == _near(0.625)


@pytest.mark.check(points=1)
def test_fresh_shares(student, rng):
    """Fresh shares without zeros, as arrays and as lists, against SciPy."""
    for size in (1, 2, 3, 7):
        p, q = rng.dirichlet(np.ones(size), 2)
        assert _told(student, p, q) == _near(_known(p, q))
        assert _told(student, p.tolist(), q.tolist()) == _near(_known(p, q))
    own, added = scipy.stats.entropy(p, base=2), scipy.stats.entropy(p, q, base=2)
    assert _told(student, p, q) == _near((own, own + added, added))


@pytest.mark.check(points=1)
def test_counts(student, rng):
    """Counts whose totals differ, and mixtures of counts and shares."""
    for size in (2, 4, 6):
        p, q = rng.integers(1, 40, size), rng.integers(1, 900, size)
        assert _told(student, p, q) == _near(_known(p, q))
        assert _told(student, p.tolist(), (q / q.sum()).tolist()) == _near(_known(p, q))
        assert _told(student, p, 7 * p) == _near(_known(p, p))


@pytest.mark.check(points=1)
def test_outcomes_that_never_happen(student, rng):
    """Outcomes without a share of P add nothing, whether or not they are believed possible."""
    for p, q in (([0, 1, 2], [1, 1, 1]), ([0, 3, 1], [0, 1, 4]), ([2, 0, 0, 1], [1, 0, 2, 3]), ([0, 1], [0, 1])):
        p, q = np.array(p) * int(rng.integers(2, 9)), q * rng.uniform(0.5, 2, len(q))
        assert _told(student, p, q) == _near(_known(p, q))


@pytest.mark.check(points=2)
def test_excluded_but_happening(student, rng):
    """A belief that excludes what happens, and one that only makes it very improbable."""
    for size in (2, 5):
        p, q = rng.uniform(0.1, 1, (2, size))
        excluded = q.copy()
        excluded[int(rng.integers(size))] = 0
        assert student.cross_entropy(p, excluded) == math.inf
        assert student.kl_divergence(p, excluded) == math.inf
        assert _told(student, p, q) == _near(_known(p, q))
        assert _told(student, excluded, q) == _near(_known(excluded, q)), "the other way round it is finite"
        faint = np.where(excluded == 0, 1e-14, q)
        assert _told(student, p, faint) == pytest.approx(_known(p, faint), rel=1e-6)
    rare = np.array([1e-6, 1.0])
    assert student.kl_divergence(rare, [0, 1]) == math.inf, "rare is not never"
