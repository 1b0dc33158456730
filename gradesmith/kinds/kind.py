"""What every kind of question must say of itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from gradesmith.errors import CannotDraw
from gradesmith.model.questions import Evaluator, Question, Variant
from gradesmith.rules.amounts import by_size
from gradesmith.rules.variants import flaws

MOST_DRAWS = 100


class Kind(Protocol):
    """A kind of question: what its YAML may hold, and how a variant is drawn from a seed.

    A variant presents itself as parts, each an interaction with its key, so nothing else need know the kind.
    ``folder`` maps fields of the question to files beside its ``question.yaml``; a pattern with ``*`` gathers many.
    """

    name: str
    question: type[Question]
    folder: dict[str, str]

    def draw(self, question: Any, seed: int, evaluator: Evaluator, /) -> Variant:
        """Return the variant of this question that the seed stands for, the same one for ever.

        Raises:
            CannotDraw: When no draw makes a sound variant (`gradesmith.rules.variants.flaws` says which ones are).
            CannotCompute: When the question's own Python, run by the evaluator, fails.
        """
        ...

    def wrong_answers(self, question: Any) -> Mapping[str, str]:
        """Return the known-wrong answers that ship with the question, by name; none for most kinds."""
        ...


class Refused(Exception):
    """This draw makes no question; the text says why, and another one is drawn."""


def source_of_chance(question: Question, seed: int) -> random.Random:
    """Return the random source of one variant: it depends on the question's content and the seed alone."""
    return random.Random(f"{question.drawn_as}:{seed}")  # noqa: S311 - reproducible by design, no secret


def first_sound(question: Question, seed: int, attempt: Callable[[random.Random], Variant]) -> Variant:
    """Draw until a variant is sound: one that was not `Refused` and has no flaws. All draws share one random source.

    Raises:
        CannotDraw: After ``MOST_DRAWS`` draws, with the reason against the last one.
    """
    chance = source_of_chance(question, seed)
    reason = ""
    for _ in range(MOST_DRAWS):
        try:
            variant = attempt(chance)
        except Refused as refused:
            reason = str(refused)
            continue
        reason = "; ".join(flaws(variant))
        if not reason:
            return variant
    message = f"{question.id}: none of {MOST_DRAWS} draws makes a sound variant; the last one: {reason}"
    raise CannotDraw(message, "widen what is drawn, narrow the tolerance, or drop the mistake that coincides")


def arranged(texts: Iterable[str], chance: random.Random) -> list[str]:
    """Shuffle options; those that are all numbers of one thing stand in their order, where readers look for them."""
    shuffled = list(texts)
    chance.shuffle(shuffled)
    return by_size(shuffled) or shuffled


def variant_of(question: Question, seed: int, **fields: Any) -> Variant:
    """Build a variant with what it takes over from its question."""
    given = {
        "question": question.id,
        "version": question.version,
        "kind": question.kind,
        "seed": seed,
        "title": question.title,
        "prompt": question.prompt,
        "explanation": question.explanation,
    }
    return Variant(**{**given, **fields})
