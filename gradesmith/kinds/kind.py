"""What every kind of question must say of itself."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Protocol

from gradesmith.model.questions import Question, Variant


class Kind(Protocol):
    """A kind of question: what its YAML may hold, and how a variant is drawn from a seed.

    A variant presents itself as parts, each an interaction with its key, so nothing else need know the kind.
    ``folder`` maps fields of the question to files beside its ``question.yaml``; a pattern with ``*`` gathers many.
    """

    name: str
    question: type[Question]
    folder: dict[str, str]

    def draw(self, question: Any, seed: int) -> Variant:
        """Return the variant of this question that the seed stands for, the same one for ever."""
        ...

    def wrong_answers(self, question: Any) -> Mapping[str, str]:
        """Return the known-wrong answers that ship with the question, by name; none for most kinds."""
        ...


def source_of_chance(question: Question, seed: int) -> random.Random:
    """Return the random source of one variant: it depends on the question's content and the seed alone."""
    return random.Random(f"{question.version}:{seed}")  # noqa: S311 - reproducible by design, no secret


def variant_of(question: Question, seed: int, **fields: Any) -> Variant:
    """Build a variant with what it takes over from its question."""
    return Variant(
        question=question.id,
        version=question.version,
        kind=question.kind,
        seed=seed,
        title=question.title,
        explanation=question.explanation,
        **{"prompt": question.prompt, **fields},
    )
