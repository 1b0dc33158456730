import numpy as np
import pandas as pd
import pytest


def _words(rng, known, size, gaps=True):
    """Draw words, with gaps among them, as a list that holds each word at least once."""
    drawn = [*known, *(known[int(place)] for place in rng.integers(0, len(known), size))]
    if gaps:
        drawn += [None] * 3
    return [drawn[int(place)] for place in rng.permutation(len(drawn))]


def _forms(words):
    """Give the same words as a list, as a Series with an index of its own, and with NaN for gaps."""
    index = np.arange(len(words), 0, -1)
    return words, pd.Series(words, index=index), [float("nan") if word is None else word for word in words]


def _floats(answer):
    assert answer is not None, "The function returned None: does it end with a return?"
    return np.asarray(answer, dtype=float)


@pytest.mark.check(points=1, visible=True)
def test_examples(student):
    """The three calls of the example."""
    np.testing.assert_allclose(_floats(student.binary_code(["yes", "no", None], "yes")), [1, 0, np.nan])
    codes = student.ordinal_code(["hard", "easy", "moderate"], ["easy", "moderate", "hard"])
    np.testing.assert_allclose(_floats(codes), [2, 0, 1])
    codes = student.one_hot_code(["Arn", "Tal", "Ost"], ["Tal", "Arn"])
    np.testing.assert_allclose(_floats(codes), [[0, 1], [1, 0], [0, 0]])


@pytest.mark.check(points=1)
def test_binary(student, rng):
    """Fresh words of two kinds, either of them the positive one, and gaps."""
    for known in (["yes", "no"], ["open", "shut"]):
        words = _words(rng, known, 15)
        for positive in known:
            expected = [np.nan if word is None else 1 if word == positive else 0 for word in words]
            for given in _forms(words):
                np.testing.assert_allclose(_floats(student.binary_code(given, positive)), expected)


@pytest.mark.check(points=2)
def test_ordinal(student, rng):
    """Fresh words in several orders that are not the alphabet's, with gaps."""
    levels = ["low", "middling", "high", "extreme", "beyond"]
    for size in (3, 4, 5):
        order = [levels[int(place)] for place in rng.permutation(size)]
        words = _words(rng, order, 12)
        expected = [np.nan if word is None else order.index(word) for word in words]
        for given in _forms(words):
            np.testing.assert_allclose(_floats(student.ordinal_code(given, order)), expected)


@pytest.mark.check(points=1)
def test_a_word_outside_the_order(student, rng):
    """A word that has no place raises a ValueError, wherever it stands; known words beside it are coded."""
    order = ["S", "M", "L"]
    words = _words(rng, order, int(rng.integers(4, 9)), gaps=False)
    np.testing.assert_allclose(_floats(student.ordinal_code(words, order)), [order.index(word) for word in words])
    for place in (0, 2, len(words)):
        with pytest.raises(ValueError):
            student.ordinal_code([*words[:place], "XL", *words[place:]], order)


@pytest.mark.check(points=2)
def test_one_hot(student, rng):
    """Fresh names, some unknown and some missing, categories in a given order, one without any row, and no rows at all."""
    for _ in range(3):
        categories = [str(name) for name in rng.permutation(["Tal", "Arn", "Gries", "Ost"])]
        words = _words(rng, [*categories[1:], "Neu", "Alp"], 12)
        expected = np.array([[word == name for name in categories] for word in words], dtype=int)
        for given in _forms(words):
            codes = student.one_hot_code(given, categories)
            np.testing.assert_allclose(_floats(codes), expected)
            assert np.asarray(codes).dtype.kind in "iu", "whole numbers, not truth values or floats"
        assert np.asarray(student.one_hot_code([], categories)).shape == (0, 4)
