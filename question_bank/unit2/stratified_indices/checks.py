import math
from collections import Counter

import numpy as np
import pytest


def mixed(rng, sizes):
    """Return labels with so many rows of each class, in random order."""
    return rng.permutation([label for label, size in sizes.items() for _ in range(size)])


def fits(chosen, labels, share):
    """Whether positions are distinct, in order, and as many in each class as they should be."""
    wanted = {label: max(1, math.floor(share * size + 0.5)) for label, size in Counter(labels).items()}
    return list(chosen) == sorted(set(chosen)) and Counter(labels[row] for row in chosen) == wanted


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """The example of the text, and a larger one."""
    chosen = student.stratified_indices(["calm", "storm", "calm", "calm", "calm"], 0.5, 1)
    assert len(chosen) == 3 and 1 in chosen and set(chosen) <= {0, 1, 2, 3, 4}
    labels = ["red", "blue", "blue", "red"] * 6
    chosen = student.stratified_indices(labels, 0.25, 7)
    assert list(chosen) == sorted(chosen)
    assert [labels[row] for row in chosen].count("red") == 3
    assert [labels[row] for row in chosen].count("blue") == 3


@pytest.mark.check(points=1)
def test_sizes(student, rng):
    """Several classes of unequal sizes, as lists and arrays, with several shares."""
    for share in (0.125, 0.5, 0.75, 1, 1.0):
        sizes = {"a": 8 * int(rng.integers(9, 20)), "b": 8 * int(rng.integers(3, 6)), "c": 8}
        labels = mixed(rng, sizes)
        for given in (labels, labels.tolist()):
            chosen = student.stratified_indices(given, share, int(rng.integers(1000)))
            assert fits(chosen, labels.tolist(), share), "a class has too many or too few rows, or a row stands twice"
    labels = mixed(rng, {3: 21, 5: 7, 9: 45}).tolist()
    assert fits(student.stratified_indices(labels, 0.4, 5), labels, 0.4), "whole numbers as classes"


@pytest.mark.check(points=1)
def test_halves_and_rare_classes(student, rng):
    """Halves are rounded up, and each class is present."""
    for share, sizes in (
        (0.25, {"a": 10, "b": 14, "c": 18}),
        (0.5, {"a": 5, "b": 9, "c": 21}),
        (0.125, {"a": 100, "b": 3, "c": 1}),
        (0.25, {"a": 1, "b": 2, "c": 7}),
    ):
        labels = mixed(rng, sizes)
        for seed in (0, 1, 2):
            assert fits(student.stratified_indices(labels, share, seed), labels.tolist(), share), f"{share}, {sizes}"


@pytest.mark.check(points=1)
def test_repeatable_and_random(student, rng):
    """The same seed gives the same rows; over many seeds each row of a class comes as often as the others."""
    labels = mixed(rng, {"a": 90, "b": 60}).tolist()
    first, again = (student.stratified_indices(labels, 0.25, 11) for _ in range(2))
    assert list(first) == list(again), "the same call gives other rows"
    labels = mixed(rng, {"a": 8, "b": 12}).tolist()
    counts = Counter(row for seed in range(120) for row in student.stratified_indices(labels, 0.25, seed))
    # a quarter of 120, with a standard deviation of less than 5
    assert all(5 < counts[row] < 55 for row in range(20)), "some rows come more often than others of their class"


@pytest.mark.check(points=1)
def test_classes_drawn_apart(student, rng):
    """Two classes of equal size do not give rows in the same pattern each time."""
    size = int(rng.integers(12, 20))
    labels = ["left"] * size + ["right"] * size
    patterns = []
    for seed in range(20):
        chosen = student.stratified_indices(labels, 0.5, seed)
        assert fits(chosen, labels, 0.5), "the numbers of rows are wrong"
        patterns.append({row for row in chosen if row < size} == {row - size for row in chosen if row >= size})
    assert sum(patterns) < 5, "the classes are drawn in step with each other"
