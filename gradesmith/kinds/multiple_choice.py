"""Multiple choice: any number of the options may be right, and all that are right are to be ticked."""

from __future__ import annotations

import random
from string import ascii_uppercase
from typing import Literal

from pydantic import Field, model_validator

from gradesmith.kinds.kind import arranged, first_sound, variant_of
from gradesmith.kinds.single_choice import Distractor, wrong_options
from gradesmith.model.interactions import Choice, Option
from gradesmith.model.keys import ChoiceKey
from gradesmith.model.questions import ChoiceText, OptionText, Part, Question, Text, Variant


class MultipleChoice(Question):
    """A stem, what is right, and what is wrong with the misconception behind it.

    With ``scoring: each_option`` the share earned is *right ticks / right options shown − wrong ticks / wrong options
    shown*, and never below zero; so ticking nothing earns nothing, and so does ticking everything. With
    ``all_or_nothing`` only the exact set earns, and it earns all.
    """

    kind: Literal["multiple_choice"]
    keys: tuple[Text, ...] = Field(min_length=1, description="the right options, a list")
    distractors: tuple[Distractor, ...] = Field(min_length=1)
    show: int = Field(default=5, ge=3, le=10, description="options shown, the right ones included")
    show_keys: int | None = Field(default=None, ge=1, description="how many of the keys are shown; all unless given")
    scoring: Literal["each_option", "all_or_nothing"] = "each_option"

    @property
    def keys_shown(self) -> int:
        """How many options of each variant are right."""
        return len(self.keys) if self.show_keys is None else self.show_keys

    def as_choice(self) -> ChoiceText:
        """Return the keys and the distractors."""
        keys = (OptionText(text=key, right=True, field=("keys", number)) for number, key in enumerate(self.keys))
        return ChoiceText(options=(*keys, *wrong_options(self.distractors)), shown=self.show, multiple=True)

    @model_validator(mode="after")
    def _enough_options(self) -> MultipleChoice:
        wrong = self.show - self.keys_shown
        if self.keys_shown > len(self.keys):
            message = f"show_keys: {self.show_keys} right options are to be shown, there are {len(self.keys)}"
            raise ValueError(message)
        if wrong < 1:
            message = f"show: {self.show} leaves no room for a wrong option beside {self.keys_shown} right ones"
            raise ValueError(message)
        if len(self.distractors) < wrong:
            message = f"show: {self.show} needs {wrong} distractors, there are {len(self.distractors)}"
            raise ValueError(message)
        texts = [*self.keys, *(distractor.text for distractor in self.distractors)]
        if len(set(texts)) < len(texts):
            message = "two options have the same text"
            raise ValueError(message)
        return self


class MultipleChoiceKind:
    """Draws some of the keys and of the distractors, and shuffles them; numbers are sorted instead."""

    name = "multiple_choice"
    question = MultipleChoice
    folder: dict[str, str] = {}

    def draw(self, question: MultipleChoice, seed: int, _evaluator: object = None) -> Variant:
        """Show ``show_keys`` of the keys (all unless given) and fill up with distractors, shuffled or by size."""

        def attempt(chance: random.Random) -> Variant:
            right = dict.fromkeys(chance.sample(question.keys, question.keys_shown), "")
            wrong = chance.sample(question.distractors, question.show - len(right))
            because = right | {one.text: one.because for one in wrong}
            lettered = dict(zip(ascii_uppercase, arranged(because, chance), strict=False))
            key = ChoiceKey(
                letters=tuple(letter for letter, text in lettered.items() if text in right),
                reasons={letter: because[text] for letter, text in lettered.items() if text not in right},
                scoring=question.scoring,
            )
            options = tuple(Option(letter=letter, text=text) for letter, text in lettered.items())
            part = Part(interaction=Choice(options=options, multiple=True), key=key, points=question.points)
            return variant_of(question, seed, parts=(part,))

        return first_sound(question, seed, attempt)

    def wrong_answers(self, question: MultipleChoice) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: the key itself names the mistakes."""
        return {}


KIND = MultipleChoiceKind()
