import numpy as np
import pandas as pd
import pytest


def _untidy(rng, form):
    """Write a tidy form in one of the ways in which people do."""
    joint = str(rng.choice(["-", " ", "__", " - ", ". ", "\t"]))
    written = joint.join(str(rng.choice([word, word.upper(), word.title()])) for word in form.split())
    return str(rng.choice(["", " ", "_", "  "])) + written + str(rng.choice(["", ".", "  ", "-"]))


def _column(rng, forms, times):
    """Write each form so many times, in random order and in different ways."""
    chosen = rng.permutation([form for form, count in zip(forms, times, strict=True) for _ in range(count)])
    return [str(form) for form in chosen], [_untidy(rng, str(form)) for form in chosen]


@pytest.mark.check(points=1, visible=True)
def test_seven_values(student):
    """The texts of the example."""
    assert student.tidy("  Oil-seed__Rape. ") == "oil seed rape"
    values = ["LIME ", "Lime  tree", "ivy", None, "Ivy.", "Canola", "borage"]
    merged = student.merge_spellings(values, {"Lime": ["linden", "lime-tree"], "Rape": ["canola"]}, 2)
    assert merged == ["Lime", "Lime", "ivy", None, "ivy", "Rape", "other"]


@pytest.mark.check(points=1)
def test_tidy(student, rng):
    """Fresh texts with blanks, hyphens, underscores and full stops between and around their words."""
    words = ["st", "john's", "wort", "red", "clover", "no", "7b", "ölrauke"]
    for count in (1, 2, 3, 3, 4):
        form = " ".join(rng.choice(words, count))
        for _ in range(4):
            assert student.tidy(_untidy(rng, form)) == form
    assert student.tidy(" _a.-B\n- c") == "a b c"


@pytest.mark.check(points=2)
def test_groups(student, rng):
    """Names and spellings written untidily on both sides; a name keeps the form that it has in the groups."""
    groups = {"Sweet-Chestnut": ["chestnut", "Castanea_Sativa"], "lime": [], "HEATHER": [" Ling", "erica"]}
    name_of = {
        "sweet chestnut": "Sweet-Chestnut", "chestnut": "Sweet-Chestnut", "castanea sativa": "Sweet-Chestnut",
        "lime": "lime", "heather": "HEATHER", "ling": "HEATHER", "erica": "HEATHER",
    }  # fmt: skip
    for _ in range(3):
        forms, values = _column(rng, list(name_of), rng.integers(1, 6, len(name_of)))
        assert student.merge_spellings(values, groups, 1) == [name_of[form] for form in forms]
        assert student.merge_spellings(values, groups, 50) == [name_of[form] for form in forms], "rare, but named"


@pytest.mark.check(points=2)
def test_rare_ones(student, rng):
    """What is in no group stays if it is frequent enough, counted over all its spellings, just enough included."""
    for limit in (2, 4):
        known = ["white clover", "borage", "ivy", "wild thyme"]
        forms, values = _column(rng, [*known, "willow"], [limit, limit - 1, limit + 3, 1, limit - 1])
        frequent = {"white clover", "ivy"} | ({"wild thyme"} if limit == 1 else set())
        expected = [form if form in frequent else "Salix" if form == "willow" else "other" for form in forms]
        assert student.merge_spellings(values, {"Salix": ["Willow"]}, limit) == expected
    forms, values = _column(rng, ["apple blossom", "pear"], [1, 2])
    assert student.merge_spellings(values, {}, 1) == forms


@pytest.mark.check(points=1)
def test_missing_ones(student, rng):
    """Missing values in a list and in a Series with an index of its own, however many there are."""
    forms, values = _column(rng, ["ivy", "red clover", "dill"], [4, 3, 1])
    places = [int(place) for place in rng.choice(8, 3, replace=False)]
    expected = [{"dill": "other", "ivy": "Ivy"}.get(form, form) for form in forms]
    for place in places:
        values.insert(place, None)
        expected.insert(place, None)
    assert student.merge_spellings(values, {"Ivy": ["Hedera"]}, 2) == expected
    column = pd.Series(values, index=rng.permutation(len(values)))
    assert student.merge_spellings(column, {"Ivy": ["Hedera"]}, 2) == expected
    column = pd.Series([np.nan if value is None else value for value in values], dtype=object)
    assert student.merge_spellings(column, {"Ivy": ["Hedera"]}, 2) == expected
    assert student.merge_spellings([], {"Ivy": ["Hedera"]}, 2) == []
