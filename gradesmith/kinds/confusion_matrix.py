"""Confusion matrix: counts are given, metrics are asked, and the classic mistakes are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

from pydantic import Field as Setting
from pydantic import model_validator

from gradesmith.kinds.kind import variant_of
from gradesmith.kinds.written import Judgement
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey, Mistake
from gradesmith.model.questions import Part, Question, Text, Variant
from gradesmith.model.values import Points, Value


class Counts(Value):
    """The four cells of a binary confusion matrix; the first class is the positive one."""

    tp: int = Setting(ge=0)
    fn: int = Setting(ge=0)
    fp: int = Setting(ge=0)
    tn: int = Setting(ge=0)

    @property
    def transposed(self) -> Counts:
        """The matrix as read by someone who takes rows for columns."""
        return Counts(tp=self.tp, fn=self.fp, fp=self.fn, tn=self.tn)

    @property
    def other_class(self) -> Counts:
        """The matrix as read by someone who takes the second class for the positive one."""
        return Counts(tp=self.tn, fn=self.fp, fp=self.fn, tn=self.tp)


def share(part: int, whole: int) -> Fraction | None:
    """Return part/whole exactly, or ``None`` where it is undefined."""
    return Fraction(part, whole) if whole else None


def _accuracy(c: Counts) -> Fraction | None:
    return share(c.tp + c.tn, c.tp + c.fn + c.fp + c.tn)


def _precision(c: Counts) -> Fraction | None:
    return share(c.tp, c.tp + c.fp)


def _recall(c: Counts) -> Fraction | None:
    return share(c.tp, c.tp + c.fn)


def _specificity(c: Counts) -> Fraction | None:
    return share(c.tn, c.tn + c.fp)


def _f1(c: Counts) -> Fraction | None:
    return share(2 * c.tp, 2 * c.tp + c.fp + c.fn)


def _mean(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else (one + other) / 2


def _balanced_accuracy(c: Counts) -> Fraction | None:
    return _mean(_recall(c), _specificity(c))


Formula = Callable[[Counts], Fraction | None]

# The names are scikit-learn's; sensitivity is another word for recall. class_accuracy stands for both classes.
FORMULAS: dict[str, Formula] = {
    "accuracy": _accuracy,
    "precision": _precision,
    "recall": _recall,
    "sensitivity": _recall,
    "specificity": _specificity,
    "f1": _f1,
    "balanced_accuracy": _balanced_accuracy,
    "accuracy_of_first": _recall,
    "accuracy_of_second": _specificity,
}
LABELS = {"f1": "F1 score", "balanced_accuracy": "Balanced accuracy"}
Quantity = Literal[
    "accuracy", "class_accuracy", "precision", "recall", "sensitivity", "specificity", "f1", "balanced_accuracy"
]


class KnownMistake(NamedTuple):
    """A mistake that learners make: what they compute instead, by quantity, and what to tell them.

    Only quantities that the mistake changes algebraically are listed: transposing leaves accuracy and F1 as they are.
    """

    instead: dict[str, Formula]
    feedback: str


RECALLS = ("recall", "sensitivity")

MISTAKES = (
    KnownMistake(
        {"precision": _recall, **dict.fromkeys(RECALLS, _precision)},
        "You exchanged precision and recall: precision divides by all *predicted* positives, "
        "recall by all *actual* positives.",
    ),
    KnownMistake(
        {
            **dict.fromkeys(RECALLS, _specificity),
            "precision": lambda c: _precision(c.other_class),
            "specificity": _recall,
            "f1": lambda c: _f1(c.other_class),
            "accuracy_of_first": _specificity,
            "accuracy_of_second": _recall,
        },
        "You took the other class as the positive one.",
    ),
    KnownMistake(
        {
            "specificity": lambda c: _specificity(c.transposed),
            "balanced_accuracy": lambda c: _balanced_accuracy(c.transposed),
            "accuracy_of_first": _precision,
            "accuracy_of_second": lambda c: _specificity(c.transposed),
        },
        "You read the matrix transposed: check whether the rows are the actual or the predicted classes.",
    ),
    KnownMistake(
        {"f1": lambda c: _mean(_precision(c), _recall(c))},
        "You took the arithmetic mean of precision and recall; F1 is their harmonic mean.",
    ),
    KnownMistake(
        {"accuracy": lambda c: share(c.fp + c.fn, c.tp + c.fn + c.fp + c.tn)},
        "That is the error rate, the share that is classified wrong.",
    ),
    KnownMistake(
        {
            "accuracy_of_first": lambda c: share(c.tp, c.tp + c.fn + c.fp + c.tn),
            "accuracy_of_second": lambda c: share(c.tn, c.tp + c.fn + c.fp + c.tn),
        },
        "You divided by all cases; the accuracy of a class divides by the cases that really are of that class.",
    ),
)


class ConfusionMatrix(Question):
    """A binary confusion matrix with fixed counts, the quantities asked with their points, and a judgement."""

    kind: Literal["confusion_matrix"]
    classes: tuple[Text, Text]
    counts: Counts
    layout: Literal["actual_in_rows", "predicted_in_rows"] = "actual_in_rows"
    ask: dict[Quantity, Annotated[Points, Setting(gt=0)]] = Setting(min_length=1)
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
        names = {_field_name(f"accuracy_of_{place}", self.classes) for place in ("first", "second")}
        if len(names) < 2 or not all(name.isidentifier() and name != "accuracy_of_" for name in names):
            message = f"{' and '.join(self.classes)} can't name fields: call the classes by different words"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _no_mistake_earns_marks(self) -> ConfusionMatrix:
        for key in asked(self):
            for mistake in key.mistakes:
                if key.value is not None and abs(mistake.value - key.value) <= 2 * key.tolerance:
                    message = f"with these counts a known mistake earns the marks of {key.name}: {mistake.feedback}"
                    raise ValueError(message)
        return self


def asked(question: ConfusionMatrix) -> Iterator[FieldKey]:
    """Yield the key of every quantity asked, computed exactly from the counts."""
    for quantity, points in question.ask.items():
        names = ("accuracy_of_first", "accuracy_of_second") if quantity == "class_accuracy" else (quantity,)
        for name in names:
            value = FORMULAS[name](question.counts)
            yield FieldKey(
                name=_field_name(name, question.classes),
                value=None if value is None else float(value),
                tolerance=question.tolerance,
                points=points / len(names),
                mistakes=tuple(_mistakes(name, question.counts)),
            )


def _mistakes(name: str, counts: Counts) -> Iterator[Mistake]:
    for mistake in MISTAKES:
        value = mistake.instead[name](counts) if name in mistake.instead else None
        if value is not None:
            yield Mistake(value=float(value), feedback=mistake.feedback)


def _field_name(name: str, classes: tuple[str, str]) -> str:
    for place, label in zip(("first", "second"), classes, strict=True):
        if name == f"accuracy_of_{place}":
            return "accuracy_of_" + re.sub(r"\W+", "_", label.lower()).strip("_")
    return name


def _label(name: str, classes: tuple[str, str]) -> str:
    for label in classes:
        if name == "accuracy_of_" + re.sub(r"\W+", "_", label.lower()).strip("_"):
            return f"Accuracy of the class *{label}*"
    return LABELS.get(name, name.replace("_", " ").capitalize())


def table(question: ConfusionMatrix) -> str:
    """Return the matrix with its totals as a Markdown table."""
    first, second = question.classes
    counts, rows, columns = question.counts, "actual", "predicted"
    if question.layout == "predicted_in_rows":
        counts, rows, columns = counts.transposed, "predicted", "actual"
    lines = [
        f"| {rows} ↓ / {columns} → | {first} | {second} | Total |",
        "|---|---:|---:|---:|",
        f"| **{first}** | {counts.tp} | {counts.fn} | {counts.tp + counts.fn} |",
        f"| **{second}** | {counts.fp} | {counts.tn} | {counts.fp + counts.tn} |",
    ]
    total = counts.tp + counts.fn + counts.fp + counts.tn
    lines.append(f"| **Total** | {counts.tp + counts.fp} | {counts.fn + counts.tn} | {total} |")
    return "\n".join(lines)


class ConfusionMatrixKind:
    """Shows the matrix as a table, asks for the metrics as fields, and may ask for a judgement in words."""

    name = "confusion_matrix"
    question = ConfusionMatrix
    folder: dict[str, str] = {}

    def draw(self, question: ConfusionMatrix, seed: int, _evaluator: object = None) -> Variant:
        """Compute every asked quantity and its known mistakes from the counts, never from rounded values."""
        keys = tuple(asked(question))
        fields = tuple(Field(name=key.name, label=_label(key.name, question.classes)) for key in keys)
        points = sum((key.points for key in keys), Fraction(0))
        parts = [Part(interaction=Fields(fields=fields), key=FieldsKey(fields=keys), points=points)]
        if question.judgement:
            parts.append(question.judgement.part("judgement"))
        prompt = (
            f"{question.prompt}\n\n{table(question)}\n\n"
            f"The positive class is **{question.classes[0]}**. Give each quantity with four digits, as a decimal "
            '(`0.8765`) or a percentage (`"87.65 %"`); where it is not defined, write `"undefined"`.'
        )
        return variant_of(question, seed, parts=tuple(parts), prompt=prompt)

    def wrong_answers(self, question: ConfusionMatrix) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: the key itself names the mistakes."""
        return {}


KIND = ConfusionMatrixKind()
