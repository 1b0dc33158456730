"""What the YAML of a confusion matrix may hold, and how a variant is drawn."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Setting

from gradesmith.errors import GradesmithError
from gradesmith.kinds.confusion_matrix.asking import (
    Asked,
    fields_of_groups,
    fields_of_matrix,
    quantities_of_groups,
    quantities_of_matrix,
    slug,
)
from gradesmith.kinds.confusion_matrix.matrices import BINARY, Matrix
from gradesmith.kinds.confusion_matrix.recovery import GIVABLE, SPELT, is_unique, missing_count, told
from gradesmith.kinds.confusion_matrix.tables import Layout, table
from gradesmith.kinds.kind import Refused, first_sound, variant_of
from gradesmith.kinds.written import Judgement
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey, Mistake
from gradesmith.model.questions import Part, Question, Text, Variant
from gradesmith.model.values import Points, Value
from gradesmith.rules.answers import FOUR_DIGITS
from gradesmith.rules.variants import flaws
from gradesmith.templates import fill

# What an editor completes; which of them a question may ask depends on its shape.
QUANTITIES = dict.fromkeys([*SPELT, *quantities_of_matrix(()), *BINARY, *quantities_of_groups()])
NEAR_A_WHOLE = 0.1  # how far a count that was worked out from rounded metrics may be off


def _one_or_range(written: object) -> object:
    """Read 270 as the range from 270 to 270."""
    bounds = [written, written] if isinstance(written, int) else written
    whole = isinstance(bounds, list | tuple) and len(bounds) == 2 and all(type(bound) is int for bound in bounds)
    if not whole or not 0 <= bounds[0] <= bounds[1]:  # type: ignore[index] # a pair, as just seen
        message = "a count is a whole number greater than or equal to 0, or a range to draw from: [lowest, highest]"
        raise ValueError(message)
    return bounds


Count = Annotated[
    tuple[int, int], BeforeValidator(_one_or_range, json_schema_input_type=Annotated[int, Setting(ge=0)] | list[int])
]
CountName = Literal["tp", "fn", "fp", "tn"]


class Counts(Value):
    """The four cells for two classes, fixed or drawn; the first class is the positive one."""

    tp: Count
    fn: Count
    fp: Count
    tn: Count

    @property
    def rows(self) -> tuple[tuple[Count, ...], ...]:
        """The cells with the actual classes in rows."""
        return ((self.tp, self.fn), (self.fp, self.tn))


@dataclass(frozen=True, slots=True)
class Drawn:
    """The matrices of one variant, by group (one that has no name where there are no groups), and their layout."""

    groups: Mapping[str, Matrix]
    layout: Layout

    @property
    def matrix(self) -> Matrix:
        """The one matrix of a question without groups."""
        return self.groups[""]


class ConfusionMatrix(Question):
    """A confusion matrix (or one for each group), the quantities asked with their points, and a judgement.

    Prompt and explanation may hold fields: the counts (``tp``, … or ``matrix``, or ``groups.A.tp``) and every quantity
    asked, by its field's name.
    """

    kind: Literal["confusion_matrix"]
    classes: tuple[Text, ...] = Setting(min_length=2, max_length=8, description="of two, the first is the positive one")
    counts: Counts | None = Setting(default=None, description="two classes: numbers, or ranges [lowest, highest]")
    matrix: tuple[tuple[Count, ...], ...] | None = Setting(default=None, description="a row for each actual class")
    groups: dict[Text, Counts] | None = Setting(default=None, min_length=2, max_length=6)
    layout: Layout | Literal["drawn"] = "actual_in_rows"
    ask: dict[str, Annotated[Points, Setting(gt=0)]] = Setting(
        min_length=1,
        description="quantity: points",
        json_schema_extra={"propertyNames": {"anyOf": [{"enum": list(QUANTITIES)}, {"pattern": "_of_"}]}},
    )
    recover: CountName | None = Setting(default=None, description="the count that is not shown, and asked for")
    given: dict[str, Annotated[int, Setting(ge=1, le=8)]] = Setting(
        default={}, description="metrics that are told where a count is to be recovered, with their decimals"
    )
    tolerance: float = Setting(default=0.0005, gt=0)
    judgement: Judgement | None = None
    points: Points = Fraction(0)

    @model_validator(mode="after")
    def _points_add_up(self) -> ConfusionMatrix:
        total = sum(self.ask.values(), self.judgement.points if self.judgement else Fraction(0))
        if self.points not in {Fraction(0), total}:
            message = f"the quantities' and the judgement's points add up to {total}, not to {self.points}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _classes_name_fields(self) -> ConfusionMatrix:
        for words, named in (("classes", self.classes), ("groups", tuple(self.groups or ()))):
            names = {slug(one) for one in named}
            if len(names) < len(named) or not all(f"of_{name}".isidentifier() and name for name in names):
                message = f"{' and '.join(named)} can't name fields: call the {words} by different words"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _has_one_shape(self) -> ConfusionMatrix:
        shapes = [name for name in ("counts", "matrix", "groups") if getattr(self, name) is not None]
        if len(shapes) != 1:
            message = "write exactly one of counts (two classes), matrix (two or more) and groups"
            raise ValueError(message)
        size = len(self.classes)
        if shapes != ["matrix"] and size != 2:
            message = f"{shapes[0]}: tp, fn, fp and tn describe two classes, there are {size}; write matrix instead"
            raise ValueError(message)
        if self.matrix is not None and {len(self.matrix), *map(len, self.matrix)} != {size}:
            message = f"matrix: {size} classes need {size} rows of {size} counts"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _asks_for_what_there_is(self) -> ConfusionMatrix:
        known = quantities_of_groups() if self.groups else quantities_of_matrix(self.classes)
        for quantity in self.ask:
            if quantity not in known and quantity != self.recover:
                near = get_close_matches(quantity, known) or known
                message = f'ask: there is no quantity "{quantity}" here; did you mean {" or ".join(near)}?'
                raise ValueError(message)
        if bool(self.recover) != bool(self.given) or (self.recover and self.recover not in self.ask):
            message = "recover, given and a line in ask go together: recover: fn, given: {recall: 4}, ask: {fn: 2}"
            raise ValueError(message)
        if self.recover and (self.groups or len(self.classes) != 2 or not set(self.given) <= set(GIVABLE)):
            message = f"recover: a count of two classes follows from {', '.join(GIVABLE)}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _can_be_drawn(self) -> ConfusionMatrix:
        """See that fixed counts make a sound variant, and that drawn ones can."""
        reason = ""
        try:
            if self.is_fixed:
                reason = "; ".join(flaws(_attempt(self, 0, random.Random(0))))  # noqa: S311 - nothing is drawn
            else:
                KIND.draw(self, 0)
        except Refused as refused:
            reason = str(refused)
        except GradesmithError as error:
            raise ValueError(str(error)) from None
        if reason:
            message = f"with these counts {reason}"
            raise ValueError(message)
        return self

    @property
    def rows(self) -> Mapping[str, tuple[tuple[Count, ...], ...]]:
        """The cells of each group, with the actual classes in rows; one group without a name where there are none."""
        if self.groups is not None:
            return {name: counts.rows for name, counts in self.groups.items()}
        return {"": self.counts.rows if self.counts is not None else self.matrix or ()}

    @property
    def is_fixed(self) -> bool:
        """Whether every variant has the same counts."""
        return all(low == high for rows in self.rows.values() for row in rows for low, high in row)


class ConfusionMatrixKind:
    """Shows the matrix as a table, asks for the metrics as fields, and may ask for a judgement in words."""

    name = "confusion_matrix"
    question = ConfusionMatrix
    folder: dict[str, str] = {}

    def draw(self, question: ConfusionMatrix, seed: int, _evaluator: object = None) -> Variant:
        """Draw the counts until no known mistake passes for a right answer; compute all from counts, never rounded."""
        return first_sound(question, seed, lambda chance: _attempt(question, seed, chance))

    def wrong_answers(self, question: ConfusionMatrix) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: the key itself names the mistakes."""
        return {}


KIND = ConfusionMatrixKind()


def _attempt(question: ConfusionMatrix, seed: int, chance: random.Random) -> Variant:
    drawn = _draw(question, chance)
    keys, fields = [], []
    for quantity, points in question.ask.items():
        found = list(_asked(question, drawn, quantity))
        fields += [Field(name=one.name, label=one.label) for one in found]
        keys += [_key(question, one, points / len(found)) for one in found]
    whole = sum((key.points for key in keys), Fraction(0))
    parts = [Part(interaction=Fields(fields=tuple(fields)), key=FieldsKey(fields=tuple(keys)), points=whole)]
    if question.judgement:
        parts.append(question.judgement.part("judgement"))
    values = {key.name: "undefined" if key.value is None else key.value for key in keys}
    names = {**values, **_names(drawn)}  # a count that is asked for stays the whole number that it is
    prompt = fill(question.prompt, names, f"{question.id}, prompt")
    return variant_of(
        question,
        seed,
        parts=tuple(parts),
        prompt="\n\n".join([prompt, *_shown(question, drawn), _how_to_answer(question)]),
        explanation=fill(question.explanation, names, f"{question.id}, explanation"),
    )


def _draw(question: ConfusionMatrix, chance: random.Random) -> Drawn:
    groups = {
        name: Matrix(tuple(tuple(chance.randint(*bounds) for bounds in row) for row in rows))
        for name, rows in question.rows.items()
    }
    if not all(matrix.total for matrix in groups.values()):
        raise Refused("there is a matrix without a single case")
    if question.recover and not is_unique(groups[""], question.recover, question.given):
        raise Refused(f"{question.recover} does not follow as one whole number from what is given: give more digits")
    layout = question.layout
    return Drawn(groups, chance.choice(("actual_in_rows", "predicted_in_rows")) if layout == "drawn" else layout)


def _asked(question: ConfusionMatrix, drawn: Drawn, quantity: str) -> Iterator[Asked]:
    if question.groups:
        yield from fields_of_groups(quantity, drawn.groups)
    elif quantity == question.recover:
        yield missing_count(drawn.matrix, quantity, question.given)
    else:
        yield from fields_of_matrix(quantity, drawn.matrix, question.classes)


def _key(question: ConfusionMatrix, one: Asked, points: Fraction) -> FieldKey:
    return FieldKey(
        name=one.name,
        value=None if one.value is None else float(one.value),
        tolerance=NEAR_A_WHOLE if one.name == question.recover else question.tolerance,
        points=points,
        mistakes=tuple(
            Mistake(value=float(value), feedback=feedback) for value, feedback in one.mistakes if value is not None
        ),
    )


def _names(drawn: Drawn) -> dict[str, object]:
    """Return the names that texts may be filled in with, as far as they stand for counts."""
    if "" not in drawn.groups:
        return {"groups": {name: _counts(matrix) for name, matrix in drawn.groups.items()}}
    return {"matrix": drawn.matrix.cells, **_counts(drawn.matrix)}


def _counts(matrix: Matrix) -> dict[str, object]:
    counts = [count for row in matrix.cells for count in row]
    named = dict(zip(("tp", "fn", "fp", "tn"), counts, strict=True)) if matrix.size == 2 else {}
    return {**named, "n": matrix.total}


def _shown(question: ConfusionMatrix, drawn: Drawn) -> Iterator[str]:
    """Yield the tables, and what is told beside them."""
    for name, matrix in drawn.groups.items():
        shown = table(matrix, question.classes, drawn.layout, question.recover or "")
        yield f"Group **{name}**:\n\n{shown}" if name else shown
    if question.recover:
        values = told(drawn.matrix, question.given) or {}
        known = [f"{name.replace('_', ' ')} {float(value):.{question.given[name]}f}" for name, value in values.items()]
        yield f"One count is lost. Known, and rounded, are: {', '.join(known)}."


def _how_to_answer(question: ConfusionMatrix) -> str:
    words = [f"The positive class is **{question.classes[0]}**."] if len(question.classes) == 2 else []
    if question.recover:
        words.append(f"Give the number of {SPELT[question.recover]} as a whole number.")
    if set(question.ask) - {question.recover}:
        words.append(FOUR_DIGITS)
    return " ".join(words)
