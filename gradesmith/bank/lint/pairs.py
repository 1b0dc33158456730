"""Rules on two questions at once: whether one answers the other."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from gradesmith.bank.lint.rule import Flaw, Item, Rule, Whole
from gradesmith.bank.lint.wording import content_words, excerpt, phrase
from gradesmith.diagnostics import Diagnostic, Severity
from gradesmith.rules.amounts import amount

NEAR_COPY = 0.6  # of the words of both
WORTH_COMPARING = 6  # words that a stem is about
TELLING_DIGITS = 3


class _TellsAnother(Rule):
    """A rule that looks for keys of one question in a text of another of the same unit."""

    @abstractmethod
    def text(self, item: Item) -> tuple[str, str]:
        """Return a field and what students read there."""

    @abstractmethod
    def flaw(self, item: Item, field: str, other: Item, key: str) -> Flaw:
        """Say that the field tells the other question's key."""

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Look for every telling key in every other question."""
        telling = [(item, key) for item in whole.items for key in _telling_keys(item)]
        for item in whole.items:
            field, text = self.text(item)
            read = phrase(text)
            for other, key in telling:
                if other is not item and _may_meet(item, other) and phrase(key) in read:
                    yield self.complaint(item.question.id, self.flaw(item, field, other, key))


def _telling_keys(item: Item) -> list[str]:
    """Return the keys that would be recognised elsewhere: some words, or a number with three digits."""
    keys = [option.text for option in item.choice.options if option.right] if item.choice else []
    return [key for key in keys if _is_telling(key)]


def _is_telling(key: str) -> bool:
    found = amount(key)
    if found is None:
        return len(content_words(key)) > 1
    return len(re.sub(r"\D", "", key).strip("0")) >= TELLING_DIGITS


def _may_meet(one: Item, other: Item) -> bool:
    picked = one.question.use == other.question.use == "test"
    return picked and one.unit == other.unit and not one.is_enemy_of(other)


class GivesAway(_TellsAnother):
    """The prompt of one question holds the key of another, and nothing keeps them apart.

    In one form, the second question is answered by reading the first. Declare them enemies, and no form holds both; or
    say it in other words.

    Wrong:

    ```yaml
    - id: why-shadow-deployment
      prompt: A bank runs a shadow deployment of its model. What can it not see?
    - id: trying-a-model-on-live-payments
      key: Shadow deployment
    ```

    Right:

    ```yaml
    - id: why-shadow-deployment
      enemies: [trying-a-model-on-live-payments]
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 4: items are independent of each other.
    """

    code = "gives-away"
    severity = Severity.WARNING

    def text(self, item: Item) -> tuple[str, str]:
        """Return the prompt."""
        return "prompt", item.question.prompt

    def flaw(self, item: Item, field: str, other: Item, key: str) -> Flaw:
        """Name the other question, and how to keep them apart."""
        message = f'the prompt holds the key of {other.question.id}: "{excerpt(key)}"'
        return Flaw(item.place(field), message, f"write enemies: [{other.question.id}], or say it in other words")


class ExplainedElsewhere(_TellsAnother):
    """The explanation of one question states the key of another.

    An explanation is read after the marks, so this harms nobody within one form. But who was asked the first question
    in a practice or last year knows the answer to the second.

    Wrong:

    ```yaml
    - id: first
      explanation: Demographic parity compares shares of those approved.
    - id: second
      key: Demographic parity
    ```

    Right:

    ```yaml
    - id: first
      explanation: That criterion compares shares of those approved.
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 4: items are independent of each other.
    """

    code = "explained-elsewhere"
    severity = Severity.NOTE

    def text(self, item: Item) -> tuple[str, str]:
        """Return the explanation."""
        return "explanation", item.question.explanation

    def flaw(self, item: Item, field: str, other: Item, key: str) -> Flaw:
        """Name the other question."""
        message = f'the explanation states the key of {other.question.id}: "{excerpt(key)}"'
        return Flaw(item.place(field), message, "do not ask both of the same students, or say it in other words")


class NearCopy(Rule):
    """Two prompts are about the same words, and nothing keeps the questions apart.

    Two versions of one question in one form ask the same twice, and count one piece of knowledge twice. Declare them
    enemies.

    Wrong:

    ```yaml
    - id: recall-of-a-leak-detector
      prompt: A detector found 45 of 50 leaks and raised 30 false alarms. What is its recall?
    - id: recall-of-a-leak-detector-again
      prompt: A detector found 30 of 40 leaks and raised 10 false alarms. What is its recall?
    ```

    Right:

    ```yaml
    - id: recall-of-a-leak-detector-again
      enemies: [recall-of-a-leak-detector]
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 4: items are independent of each other.
    """

    code = "near-copy"
    severity = Severity.WARNING

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Compare the words of all pairs of prompts."""
        for one, other in combinations(whole.items, 2):
            first, second = _about(one.question.prompt), _about(other.question.prompt)
            shared = len(first & second) / max(1, len(first | second))
            if min(len(first), len(second)) >= WORTH_COMPARING and shared >= NEAR_COPY and _may_meet(one, other):
                message = f"the prompt shares {shared:.0%} of its words with that of {one.question.id}"
                hint = f"write enemies: [{one.question.id}]"
                yield self.complaint(other.question.id, Flaw(other.place("prompt"), message, hint))


@lru_cache(maxsize=4096)
def _about(text: str) -> frozenset[str]:
    return content_words(text)
