"""Multiple choice: what is ticked earns its share, by the rules and in the notebook alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gradesmith.kinds.registry import kind_named
from gradesmith.model.assessments import Slot
from gradesmith.model.outcomes import Status
from gradesmith.notebooks.check_cells import check_cell, without_hidden
from gradesmith.rules.scoring import round_half_up, share_of_ticks
from gradesmith.rules.variants import flaws
from tests.kinds.marking import both, by_rules

KIND = kind_named("multiple_choice")
COMMON = {
    "id": "primes",
    "kind": "multiple_choice",
    "lecture": "1.1",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "easy",
    "bloom": "remember",
    "minutes": 1,
    "prompt": "Which are primes?",
    "explanation": "So it is.",
    "source": "A book",
}
RIGHT = ["two", "three", "five", "seven"]
WRONG = ["one", "four", "six", "eight", "nine", "ten"]


def question(**changes):
    distractors = [{"text": text, "because": f"{text} is none"} for text in WRONG]
    return KIND.question.model_validate({**COMMON, "keys": RIGHT, "distractors": distractors, "show": 7, **changes})


@st.composite
def questions(draw):
    keys = draw(st.integers(1, 4))
    show_keys = draw(st.none() | st.integers(1, keys))
    shown = show_keys or keys
    show = draw(st.integers(max(3, shown + 1), shown + len(WRONG)))
    scoring = draw(st.sampled_from(["each_option", "all_or_nothing"]))
    points = draw(st.sampled_from([1, 2, 2.5, 0.1]))
    return question(keys=RIGHT[:keys], show_keys=show_keys, show=show, scoring=scoring, points=points)


SEEDS = st.integers(0, 2**48)


@given(questions(), SEEDS)
def test_a_variant_is_sound_and_always_the_same(asked, seed):
    """As many options and right ones as declared, each wrong one with its reason, the same for ever."""
    variant = KIND.draw(asked, seed, None)
    (part,) = variant.parts
    texts = {option.letter: option.text for option in part.interaction.options}
    assert variant == KIND.draw(asked, seed, None)
    assert flaws(variant) == ()
    assert part.interaction.multiple
    assert len(texts) == asked.show
    assert len(part.key.letters) == asked.keys_shown
    assert {texts[letter] for letter in part.key.letters} <= set(asked.keys)
    assert part.key.reasons == {
        letter: f"{text} is none" for letter, text in texts.items() if letter not in part.key.letters
    }


def test_all_keys_stand_somewhere():
    """Over some seeds every key and every distractor is shown, at every place."""
    seen = {
        (option.text, option.letter)
        for seed in range(400)
        for option in KIND.draw(question(show_keys=2, show=5), seed).parts[0].interaction.options
    }
    assert seen == {(text, letter) for text in RIGHT + WRONG for letter in "ABCDE"}


@settings(max_examples=60)
@given(questions(), SEEDS, st.data())
def test_rules_and_notebook_agree_on_every_set_of_ticks(asked, seed, data):
    """The key earns all; everything and nothing earn nothing; the rest earns the documented share, both ways."""
    variant = KIND.draw(asked, seed)
    (part,) = variant.parts
    letters = [option.letter for option in part.interaction.options]
    right = list(part.key.letters)
    assert both(variant, right) == part.points
    assert both(variant, letters) == both(variant, []) == 0
    ticked = data.draw(st.lists(st.sampled_from(letters), unique=True, min_size=1))
    hits = len(set(ticked) & set(right))
    share = share_of_ticks(hits, len(ticked) - hits, len(right), len(letters) - len(right))
    if asked.scoring == "all_or_nothing" and set(ticked) != set(right):
        share = 0
    for typed in (ticked, ticked[::-1] * 2, ", ".join(ticked), "".join(ticked).lower()):
        assert both(variant, typed) == round_half_up(part.points * share)
    assert both(variant, tuple(ticked)) == both(variant, set(ticked)) == both(variant, ticked)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["A", "B)", " c."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150)
@given(ANYTHING)
def test_rules_and_notebook_agree_on_whatever_is_typed(typed):
    """What can't be read as letters earns nothing, here and there."""
    both(KIND.draw(question(), 7), typed)


@pytest.mark.parametrize(
    ("right", "wrong", "share"),
    [(0, 0, 0), (2, 0, 1), (2, 3, 0), (1, 0, "1/2"), (2, 1, "2/3"), (1, 1, "1/6"), (0, 2, 0)],
)
def test_the_formula_by_hand(right, wrong, share):
    """Of two right and three wrong options."""
    assert share_of_ticks(right, wrong, 2, 3) == Fraction(share)


def test_wrong_ticks_are_told_why_and_missing_ones_are_not_named():
    """Feedback holds the reasons of what was ticked wrongly, and no text of a right option."""
    (part,) = KIND.draw(question(show_keys=2, show=5), 3).parts
    wrong = next(letter for letter in "ABCDE" if letter not in part.key.letters)
    (outcome,) = by_rules(part, [wrong, part.key.letters[0]]).outcomes
    assert outcome.status is Status.FAILED
    assert outcome.given == Fraction(1, 2) - Fraction(1, 3)
    assert outcome.feedback == part.key.reasons[wrong]


def test_a_released_test_cell_holds_no_key():
    """What students get of the test cell is the same for every key."""
    released = set()
    for seed in range(20):
        variant = KIND.draw(question(), seed)
        slot = Slot(name="q03", variant=variant, rng_seed=1)
        released.add(without_hidden(check_cell(slot, variant.parts[0])))
    assert released == {'answered("q03", "all that apply of A to G")'}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"show": 4}, "leaves no room for a wrong option beside 4 right ones"),
        ({"show": 10, "show_keys": 3}, "show: 10 needs 7 distractors, there are 6"),
        ({"show_keys": 5}, "5 right options are to be shown, there are 4"),
        ({"keys": ["two", "two"]}, "two options have the same text"),
        ({"keys": ["one"]}, "two options have the same text"),
        ({"keys": []}, "at least 1 item"),
        ({"scoring": "negative"}, "each_option"),
        ({"show": 2}, "greater than or equal to 3"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(changes, message):
    """Too few options, or two that are one, are an author's error."""
    with pytest.raises(ValidationError, match=message):
        question(**changes)


@given(SEEDS)
def test_numbers_stand_in_their_order(seed):
    """Options that are all numbers of one thing are sorted; what is right stays right."""
    wrong = [{"text": str(number), "because": "so"} for number in (1, 4, 9, 10, 15)]
    (part,) = KIND.draw(question(keys=["2", "3", "13"], distractors=wrong, show=6), seed, None).parts
    options = part.interaction.options
    assert [int(option.text) for option in options] == sorted(int(option.text) for option in options)
    assert {option.text for option in options if option.letter in part.key.letters} == {"2", "3", "13"}
