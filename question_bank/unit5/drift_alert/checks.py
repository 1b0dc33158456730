import numpy as np
import pytest
from scipy.stats import entropy


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A worked example with three bins and an epsilon of 1."""
    # smoothed and normalised: live shares 0.1, 0.3, 0.6; reference shares 0.4, 0.4, 0.2
    result = student.drift_alert([39, 39, 19], [9, 29, 59], 0.3, epsilon=1)
    expected = 0.1 * np.log(0.1 / 0.4) + 0.3 * np.log(0.3 / 0.4) + 0.6 * np.log(0.6 / 0.2)
    assert result["kl"] == pytest.approx(expected)
    assert result["alert"] == (expected > 0.3)


@pytest.mark.check(points=2)
def test_divergence_of_random_histograms(student, rng):
    """The divergence of fresh random histograms with different totals, against SciPy."""
    for bins, epsilon in ((2, 0.25), (5, 1), (12, 2.0)):
        reference = rng.integers(5, 400, bins)
        live = rng.integers(5, 60, bins)
        expected = entropy(live + epsilon, reference + epsilon)
        kl = student.drift_alert(reference, live, 0.1, epsilon)["kl"]
        assert kl == pytest.approx(expected), "the divergence of two histograms without empty bins is wrong"
    reference, live = [120, 30, int(rng.integers(1, 50))], [4, int(rng.integers(20, 90)), 8]
    kl = student.drift_alert(reference, live, 0.1)["kl"]
    expected = entropy(np.add(live, 0.5), np.add(reference, 0.5))
    assert kl == pytest.approx(expected), "the divergence is wrong with lists and the default epsilon"


@pytest.mark.check(points=1)
def test_empty_bins(student, rng):
    """Bins that are empty in the reference, in the live data or in both."""
    reference = np.array([0, *rng.integers(20, 90, 3), 0])
    live = np.array([*rng.integers(20, 90, 3), 0, 0])
    for epsilon in (0.5, 0.01):
        kl = student.drift_alert(reference, live, 1.0, epsilon)["kl"]
        expected = entropy(live + epsilon, reference + epsilon)
        assert kl == pytest.approx(expected), "the divergence of histograms with empty bins is wrong"


@pytest.mark.check(points=1)
def test_alert_on_either_side(student, rng):
    """The alert just below, just above and exactly at the divergence."""
    reference, live = [int(n) for n in rng.integers(50, 90, 4)], [int(n) for n in rng.integers(1, 400, 4)]
    kl = student.drift_alert(reference, live, 0.1)["kl"]
    assert kl > 0, "two different histograms have a positive divergence"
    for factor, expected in ((0.99, True), (1.01, False)):
        alert = student.drift_alert(reference, live, factor * kl)["alert"]
        assert alert == expected, "the alert is wrong close to the threshold"
    calm = student.drift_alert(reference, reference, 0)
    assert calm["alert"] == False, "an alert although the divergence only equals the threshold"  # noqa: E712
