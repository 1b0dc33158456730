"""Items to export: those of the bank in this repository, and some that are hard to write down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

import pytest

from gradesmith.bank.loader import Bank
from gradesmith.interchange.items import Collection, Item, items_of_question
from gradesmith.model.interactions import Choice, Field, Fields, Option
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, Mistake
from gradesmith.model.questions import Part
from gradesmith.workflows.assemble import drawing
from gradesmith.workflows.evaluate import SandboxEvaluator


def drawn(bank: Bank, seeds: Iterable[int]) -> tuple[Item, ...]:
    """Return variants of every question of a bank that is no coding task."""
    questions = [one for one in bank.questions.values() if one.as_code() is None]
    with SandboxEvaluator() as evaluator:
        draw = drawing(evaluator)
        variants = [(question, tuple(draw(question, seed) for seed in seeds)) for question in questions]
    return tuple(
        item
        for question, those in variants
        for item in items_of_question(question, those, ("A course", question.lecture))
    )


@pytest.fixture(scope="session")
def whole_bank(shipped) -> tuple[Item, ...]:
    """A variant of every question of the bank that is no coding task."""
    return drawn(shipped, [3])


def item_of(part: Part, name: str = "one", prompt: str = "Which?", explanation: str = "So it is.") -> Item:
    return Item(
        name=name,
        question="one",
        title="A title",
        prompt=prompt,
        part=part,
        explanation=explanation,
        folder=("A course", "In/out"),
        tags=("counting",),
    )


def choice_part(
    right: str, wrong: str, *, multiple: bool = True, scoring: str = "each_option", points: str = "1", text: str = ""
) -> Part:
    """A choice whose options are letters; ``text`` is put behind each."""
    letters = sorted(right + wrong)
    key = {"letters": tuple(right), "reasons": {one: f"not {one} {text}" for one in wrong}, "scoring": scoring}
    options = tuple(Option(letter=one, text=f"option {one} {text}".strip()) for one in letters)
    return Part(
        interaction=Choice(options=options, multiple=multiple),
        key=ChoiceKey.model_validate(key),
        points=Fraction(points),
    )


def fields_part(*fields: FieldKey, label: str = "How *many*", points: str = "3") -> Part:
    asked = tuple(Field(name=one.name, label=f"{label} {one.name}") for one in fields)
    return Part(interaction=Fields(fields=asked), key=FieldsKey(fields=fields), points=Fraction(points))


def field(name: str, value: float | None, tolerance: float = 0.001, points: str = "1", **wrong: str) -> FieldKey:
    """A quantity; ``wrong`` are its known mistakes, as ``_0_5="feedback"`` for 0.5."""
    mistakes = tuple(
        Mistake(value=float(name.strip("_").replace("_", ".")), feedback=text) for name, text in wrong.items()
    )
    return FieldKey(name=name, value=value, tolerance=tolerance, points=Fraction(points), mistakes=mistakes)


HARD = r"5 < 6 & {1:NUMERICAL:=2} {#1} ~=#:}{ \ ]]> $\{x \ne y\}$ `a~b` &lt; 100% \#"


@pytest.fixture
def hard_items() -> tuple[Item, ...]:
    """Texts that look like the formats' own signs, in every place where there can be text."""
    texts = {"prompt": HARD, "explanation": HARD}
    return (
        item_of(choice_part("B", "AC", multiple=False, text=HARD), "single", **texts),
        item_of(choice_part("BD", "ACE", text=HARD), "several", **texts),
        item_of(fields_part(field("n", 0.25, _0_5=HARD, _0_75="no"), label=HARD), "number", **texts),
        item_of(fields_part(field("n", None, _0_5=HARD), label=HARD), "nothing", **texts),
        item_of(
            fields_part(
                field("a", -1e-6, 2e-8, "0.5", _0_5=HARD), field("b", None), field("c", 28800.000000000004, 144)
            ),
            "boxes",
            **texts,
        ),
    )


@pytest.fixture(scope="session")
def collected() -> Callable[..., Collection]:
    def collect(items, minutes: int | None = None) -> Collection:
        return Collection(name="all", title="All of it", items=tuple(items), minutes=minutes)

    return collect
