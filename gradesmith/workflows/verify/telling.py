"""Whether the feedback to a wrong answer states the right one, in the variants that were drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, FieldsKey
from gradesmith.model.questions import Part, Variant
from gradesmith.workflows.verify.findings import Findings
from gradesmith.workflows.verify.leaks import leaks, states

# Drawn numbers fall together now and then; what is stated in fewer variants was hit by chance.
LEAST_SHARE = Fraction(1, 5)

Heard = tuple[str, str, str]  # the mistake, its feedback as the student reads it, and what that states (or nothing)


@dataclass(slots=True)
class Telling:
    """Reads the feedback of variant after variant: how often each mistake's was read, and the first that tells."""

    read_times: dict[str, int] = field(default_factory=dict)
    told_times: dict[str, int] = field(default_factory=dict)
    first: dict[str, Heard] = field(default_factory=dict)

    def read(self, variant: Variant) -> None:
        """Read all feedback that a variant may give; what stands in its prompts is known to everybody."""
        known = "\n".join([variant.prompt, *(part.prompt for part in variant.parts)])
        for part in variant.parts:
            for heard in _heard(part, known):
                mistake, _, stated = heard
                self.read_times[mistake] = self.read_times.get(mistake, 0) + 1
                if stated:
                    self.told_times[mistake] = self.told_times.get(mistake, 0) + 1
                    self.first.setdefault(mistake, heard)

    def tell(self, findings: Findings) -> None:
        """Add what states the key, and does not merely hit it in a few draws."""
        for mistake, times in self.told_times.items():
            if times >= LEAST_SHARE * self.read_times[mistake]:
                _, feedback, stated = self.first[mistake]
                message = f'{mistake}: students read "{feedback}", and {stated} is what is right'
                findings.error("feedback-leaks", message, "say what went wrong, not what comes out")


def _heard(part: Part, known: str) -> Iterator[Heard]:
    if isinstance(part.key, ChoiceKey) and isinstance(part.interaction, Choice):
        yield from _of_choice(part.interaction, part.key, known)
    elif isinstance(part.key, FieldsKey) and isinstance(part.interaction, Fields):
        yield from _of_fields(part.interaction, part.key, known)


def _of_choice(choice: Choice, key: ChoiceKey, known: str) -> Iterator[Heard]:
    """Yield the reasons; a right option is stated where it stands word for word."""
    right = [option.text for option in choice.options if option.letter in key.letters]
    wrong = {option.letter: option.text for option in choice.options if option.letter not in key.letters}
    known = "\n".join([known, *wrong.values()])
    for letter, text in wrong.items():
        reason = key.reasons.get(letter, "")
        stated = (one for one in right if states(reason, one, known))
        yield f'the option "{text}"', reason, next(stated, "")


def _of_fields(fields: Fields, key: FieldsKey, known: str) -> Iterator[Heard]:
    """Yield the feedback to known mistakes; labels, and the wrong value itself, are known as well."""
    known = "\n".join([known, *(one.label for one in fields.fields)])
    for one in key.fields:
        if one.value is None:
            continue
        for number, mistake in enumerate(one.mistakes, start=1):
            stated = leaks(mistake.feedback, [repr(one.value)], known, one.tolerance)
            untyped = (said for said in stated if not _is_rounded(said, mistake.value))
            yield f"{one.name}, mistake {number}", mistake.feedback, next(untyped, "")


def _is_rounded(said: str, value: float) -> bool:
    """Whether a number is what the student typed, as exactly as it is written."""
    return float(said) == round(value, len(said.partition(".")[2]))
