"""Our marking as QTI 2.1 response processing: conditions and expressions that any player can carry out.

``SCORE`` counts points, ``FEEDBACK`` names what is to be shown. An expression about an answer that was not given is
NULL, and a condition that is NULL does not hold, so that nothing answered earns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gradesmith.interchange.items import undefined_words
from gradesmith.interchange.markup import number, tag, text
from gradesmith.interchange.qti.words import EXPLANATION, FEEDBACK, RESPONSE, SCORE
from gradesmith.model.interactions import Choice
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey
from gradesmith.model.questions import Part
from gradesmith.rules.scoring import SAME_DECIMAL

TWELVE_DIGITS = 10**12


def variable(name: str) -> str:
    """Return the expression that is a variable's value."""
    return tag("variable", {"identifier": name})


def base(kind: str, value: str) -> str:
    """Return the expression that is a value."""
    return tag("baseValue", {"baseType": kind}, text(value))


def points(share: Fraction) -> str:
    """Return points as a decimal that differs from them by less than any player can tell."""
    return number(float(Fraction(round(share * TWELVE_DIGITS), TWELVE_DIGITS)))


def response_of(field: FieldKey) -> str:
    """Return the name of the variable in which the answer to one quantity stands."""
    return f"{RESPONSE}_{field.name}"


def processing(part: Part) -> str:
    """Return the response processing of one part; of a text it only shows the explanation."""
    rules: list[str] = []
    if isinstance(part.interaction, Choice) and isinstance(part.key, ChoiceKey):
        rules += _choice_rules(part.interaction, part.key, part.points)
    elif isinstance(part.key, FieldsKey):
        whole = sum((one.points for one in part.key.fields), Fraction(0)) or Fraction(1)
        rules += [_field_rule(one, part.points * one.points / whole) for one in part.key.fields]
    return tag("responseProcessing", None, *rules, _show(EXPLANATION))


def mapping(choice: Choice, key: ChoiceKey, worth: Fraction) -> str:
    """Return what each tick adds where every option counts; the sum stays between nothing and all."""
    right = worth / len(key.letters)
    wrong = -worth / (len(choice.options) - len(key.letters))
    entries = [
        tag(
            "mapEntry",
            {"mapKey": option.letter, "mappedValue": points(right if option.letter in key.letters else wrong)},
        )
        for option in choice.options
    ]
    bounds = {"lowerBound": "0", "upperBound": points(worth), "defaultValue": "0"}
    return tag("mapping", bounds, *entries)


def is_mapped(choice: Choice, key: ChoiceKey) -> bool:
    """Whether every option counts by itself."""
    return choice.multiple and key.scoring == "each_option"


def _choice_rules(choice: Choice, key: ChoiceKey, worth: Fraction) -> Iterator[str]:
    answered = tag("not", None, tag("isNull", None, variable(RESPONSE)))
    if is_mapped(choice, key):
        yield _when([(answered, _set(SCORE, tag("mapResponse", {"identifier": RESPONSE})))])
    else:
        right = tag("match", None, variable(RESPONSE), tag("correct", {"identifier": RESPONSE}))
        yield _when([(right, _set(SCORE, base("float", points(worth))))])
    for letter in key.reasons:
        chosen = base("identifier", letter)
        is_so = (
            tag("member", None, chosen, variable(RESPONSE))
            if choice.multiple
            else tag("match", None, variable(RESPONSE), chosen)
        )
        yield _when([(is_so, _show(feedback_on(letter)))])


def feedback_on(what: str, number_: int | None = None) -> str:
    """Return the name of the feedback on an option, or on one of the known mistakes in a quantity."""
    return f"{FEEDBACK}_{what}" if number_ is None else f"{FEEDBACK}_{what}_{number_}"


def _field_rule(field: FieldKey, worth: Fraction) -> str:
    answer = variable(response_of(field))
    if field.value is None:
        words = [
            tag("stringMatch", {"caseSensitive": "false"}, answer, base("string", word)) for word in undefined_words()
        ]
        return _when([(tag("or", None, *words), _add(worth))])
    cases = [(_near(answer, field.value, field.tolerance), _add(worth))]
    for place, mistake in enumerate(field.mistakes, start=1):
        cases.append((_near(answer, mistake.value, field.tolerance), _show(feedback_on(field.name, place))))
    return _when(cases)


def _near(answer: str, value: float, tolerance: float) -> str:
    """Return whether an answer counts as a value, with the room for rounding that `is_near` leaves."""
    width = number(tolerance + SAME_DECIMAL)
    attributes = {"toleranceMode": "absolute", "tolerance": f"{width} {width}"}
    return tag("equal", attributes, answer, base("float", number(value)))


def _when(cases: Sequence[tuple[str, str]]) -> str:
    """Return what is done in the first of the cases that holds."""
    first, *others = [
        tag("responseIf" if place == 0 else "responseElseIf", None, condition, act)
        for place, (condition, act) in enumerate(cases)
    ]
    return tag("responseCondition", None, first, *others)


def _set(name: str, value: str) -> str:
    return tag("setOutcomeValue", {"identifier": name}, value)


def _add(worth: Fraction) -> str:
    return _set(SCORE, tag("sum", None, variable(SCORE), base("float", points(worth))))


def _show(name: str) -> str:
    return _set(FEEDBACK, tag("multiple", None, variable(FEEDBACK), base("identifier", name)))
