import numpy as np
import pytest


def _expected(settings, scores):
    """Apply the rule, step by step."""
    means = [sum(row) / len(row) for row in scores]
    best = means.index(max(means))
    folds = len(scores[best])
    variance = sum((score - means[best]) ** 2 for score in scores[best]) / (folds - 1)
    bar = means[best] - (variance / folds) ** 0.5
    return [one for one, mean in zip(settings, means, strict=True) if mean >= bar][-1], bar


@pytest.mark.check(points=1, visible=True)
def test_four_settings(student):
    """The example with four settings."""
    scores = [[0.6, 0.8, 0.7], [0.7, 0.9, 0.8], [0.7, 0.8, 0.78], [0.7, 0.6, 0.8]]
    setting, bar = student.calmest_within_one_error([1, 5, 15, 45], scores)
    assert setting == 15
    assert bar == pytest.approx(0.8 - 0.1 / np.sqrt(3))


@pytest.mark.check(points=1)
def test_fresh_scores(student, rng):
    """Fresh scores of many settings on two to ten folds, as arrays and as lists of lists."""
    for folds in (2, 3, 5, 10) * 5:
        settings = np.sort(rng.choice(np.arange(1, 200), 12, replace=False)).tolist()
        scores = 0.7 + rng.normal(0, 0.03, 12)[:, None] + rng.normal(0, 0.06, (12, folds))
        setting, bar = _expected(settings, scores.tolist())
        for given in (scores, scores.tolist()):
            answer = student.calmest_within_one_error(settings, given)
            assert answer[0] == setting
            assert answer[1] == pytest.approx(bar)


@pytest.mark.check(points=1)
def test_best_is_last_or_alone(student, rng):
    """A single setting, a best one at the end, and settings that are words."""
    score = int(rng.integers(40, 60)) / 64
    only, bar = student.calmest_within_one_error(["forest"], [[score, score + 0.25]])
    assert only == "forest"
    assert bar == pytest.approx(score)
    words = ["deep", "shallow", "stump"]
    scores = [[score] * 4, [score - 0.25] * 4, [score + 0.125, score + 0.25, score + 0.25, score + 0.375]]
    assert student.calmest_within_one_error(words, scores)[0] == "stump"
    assert student.calmest_within_one_error(words, scores[::-1])[0] == "deep"


@pytest.mark.check(points=1)
def test_ties(student, rng):
    """Equal means: the first counts as the best, and a mean exactly at the bar is good enough."""
    low = int(rng.integers(20, 40)) / 64
    even = [low + 0.25] * 4
    assert student.calmest_within_one_error([1, 2, 3, 4], [even, [low] * 4, even, [low] * 4]) == (3, low + 0.25)
    spread = [low, low + 0.5, low, low + 0.5]
    below = [low + 0.125] * 4
    assert student.calmest_within_one_error([1, 2, 3], [even, spread, below]) == (2, low + 0.25)
    setting, bar = student.calmest_within_one_error([1, 2, 3], [spread, even, below])
    assert setting == 3
    assert bar == pytest.approx(low + 0.25 - np.std(spread, ddof=1) / 2)
