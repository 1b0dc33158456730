"""Numeric: parameters are drawn, Python computes the key, and known mistakes are told from it."""

from __future__ import annotations

import ast
import math
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, JsonValue, StringConstraints, model_validator
from pydantic import Field as Setting

from gradesmith.errors import CannotCompute, GradesmithError
from gradesmith.kinds.kind import Refused, first_sound, variant_of
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey, Mistake
from gradesmith.model.questions import Evaluator, Part, Question, Text, Variant
from gradesmith.model.values import Points, Value
from gradesmith.rules.answers import WHERE_UNDEFINED
from gradesmith.templates import fill, names_in

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]


def _as_text(written: object) -> object:
    return repr(written) if isinstance(written, int | float) and not isinstance(written, bool) else written


def _parses(text: str) -> str:
    """Refuse what is no Python expression."""
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f'"{text}" is no Python expression: {error}'
        raise ValueError(message) from None
    return text


Expression = Annotated[Text, BeforeValidator(_as_text, json_schema_input_type=str | float)]
Low = int | float


class Parameter(Value):
    """How one parameter is drawn: exactly one of four ways, and with ``size`` a list of that many."""

    choose: tuple[JsonValue, ...] | None = Setting(default=None, min_length=1, description="one of these values")
    range: tuple[Low, Low] | None = Setting(default=None, description="from lo to hi in steps of step, both included")
    step: Annotated[Low, Setting(gt=0)] | None = None
    uniform: tuple[Low, Low] | None = Setting(default=None, description="anything from lo to hi, rounded to digits")
    digits: int | None = Setting(default=None, ge=0, le=12)
    integers: tuple[int, int] | None = Setting(default=None, description="a whole number from lo to hi, both included")
    size: int | None = Setting(default=None, ge=1, le=1000, description="draw a list of so many")

    @model_validator(mode="after")
    def _one_way(self) -> Parameter:
        ways = [way for way in ("choose", "range", "uniform", "integers") if getattr(self, way) is not None]
        if len(ways) != 1:
            message = "write exactly one of choose, range (with step), uniform (with digits) and integers"
            raise ValueError(message)
        for companion, way in {"step": "range", "digits": "uniform"}.items():
            if (getattr(self, companion) is None) == (ways == [way]):
                message = f"{companion} goes with {way}, and {way} with {companion}"
                raise ValueError(message)
        low, high = getattr(self, ways[0])[:2] if ways != ["choose"] else (0, 0)
        if not (math.isfinite(low) and math.isfinite(high) and low <= high):
            message = f"{ways[0]}: write the smaller number first: [{high}, {low}]"
            raise ValueError(message)
        return self

    def draw(self, chance: random.Random) -> JsonValue:
        """Draw a value; numbers are rounded as they will be shown."""
        if self.size is None:
            return self._one(chance)
        return [self._one(chance) for _ in range(self.size)]

    def _one(self, chance: random.Random) -> JsonValue:
        if self.choose is not None:
            return chance.choice(self.choose)
        if self.integers is not None:
            return chance.randint(*self.integers)
        if self.uniform is not None:
            return _plain_number(Fraction(str(round(chance.uniform(*self.uniform), self.digits))))
        low, high = (Fraction(str(bound)) for bound in self.range or (0, 0))
        step = Fraction(str(self.step))
        return _plain_number(low + step * chance.randint(0, math.floor((high - low) / step)))


def _plain_number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


class Answer(Value):
    """One quantity asked: how it is called, the expression that gives it, and how exact an answer must be."""

    name: Name
    value: Expression
    label: str = Setting(default="", description="what the student reads; made from the name unless given")
    unit: str = ""
    tolerance: float | None = Setting(default=None, gt=0, description="how far an answer may be off, at most")
    relative: float | None = Setting(default=None, gt=0, lt=0.5, description="the same as a share of the key")
    significant: int | None = Setting(default=None, ge=1, le=10, description="right to so many significant digits")
    may_be_undefined: bool = Setting(default=False, description="None or NaN is a key, answered with undefined")
    points: Annotated[Points, Setting(gt=0)] = Fraction(1)

    @model_validator(mode="after")
    def _is_clear(self) -> Answer:
        _parses(self.value)
        if sum(way is not None for way in (self.tolerance, self.relative, self.significant)) != 1:
            message = "write exactly one of tolerance, relative and significant"
            raise ValueError(message)
        if "%" in self.unit:
            message = 'unit: a student may write "84 %" for 0.84, so let the key be a share and leave the unit out'
            raise ValueError(message)
        if "{{" in self.label + self.unit:
            message = "label, unit: no fields are filled in here; put what is drawn into the prompt"
            raise ValueError(message)
        return self

    @property
    def field(self) -> Field:
        """The quantity as it is asked."""
        label = self.label or self.name.replace("_", " ").capitalize()
        return Field(name=self.name, label=f"{label} ({self.unit})" if self.unit else label)

    @property
    def exactness(self) -> str:
        """What counts as right, in words for the student."""
        if self.tolerance is not None:
            return f"within {self.tolerance:g} of the right value"
        if self.relative is not None:
            return f"within {100 * self.relative:g} % of the right value"
        return f"right to {self.significant} significant digit{'s' if self.significant != 1 else ''}"

    def margin(self, key: float) -> float:
        """Return the absolute tolerance around a key.

        An answer is right to n significant digits when it is within half a unit of the key's nth digit (and a few
        units in the last place of a double, as a half is to be found whichever way it was rounded).

        Raises:
            Refused: When the key is 0 and the tolerance depends on its size.
        """
        if self.tolerance is not None:
            return self.tolerance
        if key == 0:
            raise Refused(f"{self.name}: the key is 0, which has no relative tolerance and no significant digits")
        if self.relative is not None:
            return self.relative * abs(key)
        return 0.5 * 10.0 ** (math.floor(math.log10(abs(key))) + 1 - (self.significant or 1)) + 4 * math.ulp(key)


class KnownMistake(Value):
    """What a learner computes instead of an answer, and what to tell them; the feedback may hold fields."""

    answer: str
    value: Expression
    feedback: Text

    @model_validator(mode="after")
    def _is_python(self) -> KnownMistake:
        _parses(self.value)
        return self


class Numeric(Question):
    """A question whose numbers are drawn; prompt, explanation and feedback may hold ``{{ fields }}``.

    The fields are the parameters and every name that ``compute`` leaves behind.
    """

    kind: Literal["numeric"]
    parameters: dict[Name, Parameter] = {}
    compute: str = Setting(default="", description="Python; np, scipy, math and sklearn are there already")
    require: tuple[Expression, ...] = Setting(default=(), description="a draw is used only if all of these hold")
    answers: tuple[Answer, ...] = Setting(min_length=1)
    mistakes: tuple[KnownMistake, ...] = ()
    points: Points = Setting(default=Fraction(0), description="may be left out: the answers' points add up to it")

    @model_validator(mode="after")
    def _points_add_up(self) -> Numeric:
        total = sum((answer.points for answer in self.answers), Fraction(0))
        if self.points not in {Fraction(0), total}:
            message = f"the answers' points add up to {total}, not to {self.points}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _names_stand_for_something(self) -> Numeric:
        names = [answer.name for answer in self.answers]
        if len(set(names)) < len(names):
            message = f"two answers have the same name: {', '.join(names)}"
            raise ValueError(message)
        for mistake in self.mistakes:
            if mistake.answer not in names:
                message = f'mistakes: there is no answer "{mistake.answer}"; the answers are {", ".join(names)}'
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _code_is_readable(self) -> Numeric:
        for condition in self.require:
            _parses(condition)
        try:
            ast.parse(self.compute)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            message = f"compute, line {getattr(error, 'lineno', 1)}: {error}"
            raise ValueError(message) from None
        try:
            self.fields_used()
        except GradesmithError as error:
            raise ValueError(str(error)) from None
        return self

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text that may hold fields, after where it stands."""
        yield "prompt", self.prompt
        yield "explanation", self.explanation
        for mistake in self.mistakes:
            yield f"feedback to a mistake in {mistake.answer}", mistake.feedback

    def fields_used(self) -> frozenset[str]:
        """Return the names that the texts ask to be filled in with."""
        return frozenset(name for where, text in self.texts() for name in names_in(text, where))


class NumericKind:
    """Draws parameters and computes the answers until no known mistake would be taken for one."""

    name = "numeric"
    question = Numeric
    folder: dict[str, str] = {}

    def draw(self, question: Numeric, seed: int, evaluator: Evaluator) -> Variant:
        """Draw the parameters, compute the key and the mistakes from them as drawn, and fill in the texts."""

        def attempt(chance: random.Random) -> Variant:
            given = {name: parameter.draw(chance) for name, parameter in question.parameters.items()}
            return _variant(question, seed, given, _computed(question, given, evaluator))

        return first_sound(question, seed, attempt)

    def wrong_answers(self, question: Numeric) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: the key itself names the mistakes."""
        return {}


def _computed(question: Numeric, given: Mapping[str, JsonValue], evaluator: Evaluator) -> dict[str, JsonValue]:
    """Return the value of every expression of a question, by its text.

    Raises:
        Refused: When what the question requires does not hold.
    """
    wanted = dict.fromkeys(
        [
            *question.require,
            *(answer.value for answer in question.answers),
            *(mistake.value for mistake in question.mistakes),
            *sorted(question.fields_used() - given.keys()),
        ]
    )
    try:
        values = evaluator.evaluate(question.compute, given, tuple(wanted))
    except CannotCompute as failure:
        drawn = ", ".join(f"{name} = {value}" for name, value in given.items())
        message = f"{question.id}: compute{failure.message}" + (f" (with {drawn})" if drawn else "")
        raise CannotCompute(message, failure.remedy) from None
    for condition in question.require:
        if not values[condition] or values[condition] != values[condition]:
            raise Refused(f"{condition} does not hold")
    return values


def _variant(question: Numeric, seed: int, given: Mapping[str, JsonValue], values: Mapping[str, JsonValue]) -> Variant:
    names: dict[str, object] = {**values, **given}

    def filled(text: str, where: str) -> str:
        return fill(text, names, f"{question.id}, {where}")

    keys = []
    for answer in question.answers:
        key = _number(question, answer.value, values)
        if not math.isfinite(key) and not (math.isnan(key) and answer.may_be_undefined):
            raise Refused(f"{answer.name}: {answer.value} is {key}")
        mistakes = [
            Mistake(value=wrong, feedback=filled(mistake.feedback, f"feedback to a mistake in {answer.name}"))
            for mistake in question.mistakes
            if mistake.answer == answer.name and math.isfinite(wrong := _number(question, mistake.value, values))
        ]
        keys.append(_key(answer, key, tuple(mistakes)))
    part = Part(
        interaction=Fields(fields=tuple(answer.field for answer in question.answers)),
        key=FieldsKey(fields=tuple(keys)),
        points=sum((answer.points for answer in question.answers), Fraction(0)),
    )
    prompt = f"{filled(question.prompt, 'prompt').strip()}\n\n{_how_to_answer(question)}"
    return variant_of(
        question, seed, parts=(part,), prompt=prompt, explanation=filled(question.explanation, "explanation")
    )


def _key(answer: Answer, key: float, mistakes: tuple[Mistake, ...]) -> FieldKey:
    undefined = math.isnan(key)
    return FieldKey(
        name=answer.name,
        value=None if undefined else key,
        tolerance=(answer.tolerance or 1e-6) if undefined else answer.margin(key),
        points=answer.points,
        mistakes=mistakes,
    )


def _number(question: Numeric, expression: str, values: Mapping[str, JsonValue]) -> float:
    """Return an expression's value as a number; ``None`` is not one (NaN)."""
    value = values[expression]
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CannotCompute(f"{question.id}: {expression} is {value!r}, not a number", "let compute end with numbers")
    return float(value)


def _how_to_answer(question: Numeric) -> str:
    """Say how exact an answer must be, and what to write where there is none."""
    ways = [answer.exactness for answer in question.answers]
    if len(set(ways)) == 1:
        text = f"An answer counts when it is {ways[0]}."
    else:
        labels = [answer.field.label for answer in question.answers]
        each = "; ".join(f"{label}: {way}" for label, way in zip(labels, ways, strict=True))
        text = f"An answer counts when it is near enough ({each})."
    if any(answer.may_be_undefined for answer in question.answers):
        text += f" {WHERE_UNDEFINED}"
    return text


KIND = NumericKind()
