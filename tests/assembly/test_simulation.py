"""Assembled by estimates, forms differ much less than forms drawn at random: in the estimates, and in truth."""

from __future__ import annotations

from statistics import fmean

from tests.assembly.simulation import compared

FORMS = 24


def test_forms_are_alike_in_truth_as_well():
    """Fitted at most 0.1 of the spread of random forms, true at most 0.5; the bound foretells the true one."""
    runs = [compared(seed, FORMS) for seed in (1, 2)]
    assert fmean(run.fitted_ratio for run in runs) <= 0.1
    assert fmean(run.true_ratio for run in runs) <= 0.5
    assert 0.5 <= fmean(run.true / run.predicted.predicted for run in runs) <= 1.5
