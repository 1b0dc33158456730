"""Answers to try: right, wrong, nearly right, known mistakes, partly right, blank and unreadable ones."""

from __future__ import annotations

import random
from fractions import Fraction

from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey
from gradesmith.model.questions import Part
from gradesmith.notebooks.responses import answered
from gradesmith.rules.scoring import mark

UNREADABLE = "twelve"


def share(part: Part, value) -> Fraction:
    """Return the share of the points that our own marking gives, before it is rounded."""
    outcomes = mark(part, answered("q01", value), ()).outcomes
    return sum((one.given for one in outcomes), Fraction(0)) / sum(one.maximum for one in outcomes)


def answers(part: Part, chance: random.Random) -> list:
    """Return answers to try: letters, lists of letters, or a dictionary of what is typed into each box."""
    if isinstance(part.interaction, Choice) and isinstance(part.key, ChoiceKey):
        return _letters(part.interaction, part.key, chance)
    assert isinstance(part.interaction, Fields)
    assert isinstance(part.key, FieldsKey)
    return _quantities(part.key, chance)


def _letters(choice: Choice, key: ChoiceKey, chance: random.Random) -> list:
    letters = [one.letter for one in choice.options]
    if not choice.multiple:
        return ["", *letters]
    some = [[one for one in letters if chance.random() < 0.5] for _ in range(12)]
    return [[], letters, list(key.letters), *([one] for one in letters), *some]


def _quantities(key: FieldsKey, chance: random.Random) -> list[dict[str, str]]:
    tried = {one.name: _typed(one, chance) for one in key.fields}
    right = {name: options[0] for name, options in tried.items()}
    blank = dict.fromkeys(right, "")
    one_other = [{**right, name: text} for name, options in tried.items() for text in options[1:]]
    mixed = [{name: chance.choice(options) for name, options in tried.items()} for _ in range(10)]
    return [right, blank, *one_other, *mixed]


def _typed(key: FieldKey, chance: random.Random) -> list[str]:
    """Return what may be typed for one quantity, the right answer first."""
    if key.value is None:
        return ["undefined", "Undefined", "NaN", "not defined", "0", "0.5", "", UNREADABLE]
    value, width = key.value, key.tolerance
    near = [value + sign * width * factor for sign in (-1, 1) for factor in (0.5, 0.999, 1.001, 1.5, 100)]
    rounded = [f"{value:.{digits}f}" for digits in range(7)]
    mistakes = [repr(one.value) for one in key.mistakes]
    return [repr(value), *map(repr, near), *rounded, *mistakes, *_on_the_edge(key), "undefined", "", UNREADABLE, "1e3"]


def _on_the_edge(key: FieldKey) -> list[str]:
    """Return the decimals that lie just as far from the key as is allowed, where there are such: they count."""
    if key.value is None or abs(key.value) > 1e6:
        return []
    value, width = Fraction(f"{key.value:.12g}"), Fraction(f"{key.tolerance:.12g}")
    is_decimal = float(value) == key.value and float(width) == key.tolerance
    return [repr(float(value + sign * width)) for sign in (-1, 1)] if is_decimal else []
