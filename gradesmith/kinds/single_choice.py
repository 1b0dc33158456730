"""Single choice: one key, and distractors that are misconceptions with a reason."""

from __future__ import annotations

import random
from string import ascii_uppercase
from typing import Literal

from pydantic import Field, model_validator

from gradesmith.kinds.kind import arranged, first_sound, variant_of
from gradesmith.model.interactions import Choice, Option
from gradesmith.model.keys import ChoiceKey
from gradesmith.model.questions import ChoiceText, OptionText, Part, Question, Text, Variant
from gradesmith.model.values import Value


class Distractor(Value):
    """A wrong option and the misconception that leads to it."""

    text: Text
    because: Text


def wrong_options(distractors: tuple[Distractor, ...]) -> tuple[OptionText, ...]:
    """Return distractors as options, each with the place of its text."""
    return tuple(
        OptionText(text=one.text, right=False, because=one.because, field=("distractors", number, "text"))
        for number, one in enumerate(distractors)
    )


class SingleChoice(Question):
    """A stem, its key, and at least as many distractors as are shown."""

    kind: Literal["single_choice"]
    key: Text
    show: int = Field(default=4, ge=2, le=8)
    distractors: tuple[Distractor, ...] = Field(min_length=1)

    def as_choice(self) -> ChoiceText:
        """Return the key and the distractors."""
        key = OptionText(text=self.key, right=True, field=("key",))
        return ChoiceText(options=(key, *wrong_options(self.distractors)), shown=self.show)

    @model_validator(mode="after")
    def _enough_distractors(self) -> SingleChoice:
        if len(self.distractors) < self.show - 1:
            message = f"show: {self.show} needs {self.show - 1} distractors, there are {len(self.distractors)}"
            raise ValueError(message)
        texts = [self.key, *(distractor.text for distractor in self.distractors)]
        if len(set(texts)) < len(texts):
            message = "two options have the same text"
            raise ValueError(message)
        return self


class SingleChoiceKind:
    """Draws some of the distractors and shuffles them with the key; numbers are sorted instead."""

    name = "single_choice"
    question = SingleChoice
    folder: dict[str, str] = {}

    def draw(self, question: SingleChoice, seed: int, _evaluator: object = None) -> Variant:
        """Show the key among ``show - 1`` of the distractors, in random order or by size."""

        def attempt(chance: random.Random) -> Variant:
            shown = chance.sample(question.distractors, question.show - 1)
            because = {question.key: ""} | {wrong.text: wrong.because for wrong in shown}
            lettered = dict(zip(ascii_uppercase, arranged(because, chance), strict=False))
            key = ChoiceKey(
                letters=tuple(letter for letter, text in lettered.items() if text == question.key),
                reasons={letter: because[text] for letter, text in lettered.items() if text != question.key},
            )
            options = tuple(Option(letter=letter, text=text) for letter, text in lettered.items())
            part = Part(interaction=Choice(options=options), key=key, points=question.points)
            return variant_of(question, seed, parts=(part,))

        return first_sound(question, seed, attempt)

    def wrong_answers(self, question: SingleChoice) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: the key itself names the mistakes."""
        return {}


KIND = SingleChoiceKind()
