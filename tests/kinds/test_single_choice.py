"""Single choice shows the key once among some of its distractors, each with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gradesmith.kinds.registry import kind_named

KIND = kind_named("single_choice")
COMMON = {
    "id": "colours",
    "kind": "single_choice",
    "lecture": "1.1",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "easy",
    "bloom": "remember",
    "minutes": 1,
    "prompt": "Which colour?",
    "explanation": "So it is.",
    "source": "A book",
}
WRONG = ["red", "green", "blue", "black", "white"]


def question(**changes):
    distractors = [{"text": text, "because": f"not {text}"} for text in WRONG]
    fields = {**COMMON, "key": "yellow", "show": 4, "distractors": distractors}
    return KIND.question.model_validate({**fields, **changes})


@given(st.integers(0, 2**48), st.integers(2, 6))
def test_a_variant_shows_the_key_once_and_a_reason_for_every_other(seed, show):
    """Whatever the seed: ``show`` options under A, B, C …, the key once, and a reason for all wrong letters."""
    (part,) = KIND.draw(question(show=show), seed).parts
    options = {option.letter: option.text for option in part.interaction.options}
    assert "".join(options) == "ABCDEF"[:show]
    assert len(set(options.values())) == show
    (letter,) = part.key.letters
    assert options.pop(letter) == "yellow"
    assert part.key.reasons == {wrong: f"not {text}" for wrong, text in options.items()}
    assert not part.interaction.multiple


@given(st.integers(0, 2**48))
def test_the_same_seed_gives_the_same_variant(seed):
    """Drawing is deterministic, to the last digit of its digest."""
    assert KIND.draw(question(), seed).digest == KIND.draw(question(), seed).digest


def test_seeds_vary_options_and_places():
    """Over many seeds every distractor is shown and the key stands under every letter."""
    parts = [KIND.draw(question(), seed).parts[0] for seed in range(200)]
    assert {option.text for part in parts for option in part.interaction.options} == {"yellow", *WRONG}
    assert {part.key.letters for part in parts} == {("A",), ("B",), ("C",), ("D",)}


def test_the_order_of_options_does_not_follow_the_bank():
    """The letter of the key is not that of another question with the same seed."""
    other = question(id="other-colours")
    letters = [(KIND.draw(question(), seed).parts[0].key, KIND.draw(other, seed).parts[0].key) for seed in range(50)]
    assert any(one.letters != two.letters for one, two in letters)


@given(st.integers(0, 2**48))
def test_numbers_stand_in_their_order(seed):
    """Options that are all numbers of one thing are sorted, wherever the key falls."""
    wrong = [{"text": f"{number} %", "because": "so"} for number in ("6.8", "92", "30", "115")]
    (part,) = KIND.draw(question(key="68 %", distractors=wrong), seed).parts
    numbers = [float(option.text.removesuffix(" %")) for option in part.interaction.options]
    assert numbers == sorted(numbers)
    assert [option.text for option in part.interaction.options if option.letter in part.key.letters] == ["68 %"]


def test_numbers_beside_a_word_are_shuffled():
    """Then there is no order to stand in."""
    wrong = [{"text": text, "because": "so"} for text in ("1", "2", "None")]
    orders = {
        tuple(
            option.text for option in KIND.draw(question(key="3", distractors=wrong), seed).parts[0].interaction.options
        )
        for seed in range(30)
    }
    assert len(orders) > 5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"show": 7}, "show: 7 needs 6 distractors, there are 5"),
        ({"show": 1}, "greater than or equal to 2"),
        ({"key": "red"}, "two options have the same text"),
        ({"distractors": []}, "at least 1 item"),
        ({"distractors": [{"text": "red"}] * 3}, "because"),
        ({"distractors": [{"text": "red", "because": " "}] * 3}, "at least 1 character"),
    ],
)
def test_a_question_that_cannot_be_shown_is_refused(changes, message):
    """Too few distractors, equal options and distractors without a reason are errors."""
    with pytest.raises(ValidationError, match=message):
        question(**changes)
