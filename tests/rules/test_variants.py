"""A variant is judged before anybody sees it: one reading, the right number of right answers, no mistake that earns."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gradesmith.model.interactions import Choice, Field, Fields, Option, Text
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, Mistake
from gradesmith.model.questions import Part, Variant
from gradesmith.rules.variants import flaws


def variant(*parts):
    return Variant(
        question="q", version="1", kind="k", seed=1, title="", prompt="?", explanation="!", parts=parts
    )  # fmt: skip


def choice(texts, right, letters="ABCDEF", *, multiple=False):
    options = tuple(Option(letter=letter, text=text) for letter, text in zip(letters, texts, strict=False))
    return Part(interaction=Choice(options=options, multiple=multiple), key=ChoiceKey(letters=tuple(right)), points=1)


def fields(value, tolerance=0.01, name="x", label="X", mistakes=()):
    wrong = tuple(Mistake(value=one, feedback="You slipped.") for one in mistakes)
    key = FieldKey(name=name, value=value, tolerance=tolerance, points=Fraction(1), mistakes=wrong)
    return Part(
        interaction=Fields(fields=(Field(name=name, label=label),)), key=FieldsKey(fields=(key,)), points=Fraction(1)
    )


@pytest.mark.parametrize(
    "part",
    [
        choice(["a", "b"], "A"),
        choice(["0.2", "0.20"], "B"),
        choice(["a", "b", "c"], "AC", multiple=True),
        fields(0.5, mistakes=[0.53, -0.5]),
        fields(None, mistakes=[0.5]),
        fields(0.0),
        fields(-3e11),
    ],
)
def test_a_sound_variant_has_no_flaw(part):
    """Nothing is said of what is fine."""
    assert flaws(variant(part)) == ()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (choice(["a", "*a* "], "A"), 'two options read alike: "a"'),
        (choice(["The *mean* value", "The mean value"], "A"), 'two options read alike: "The mean value"'),
        (choice([r"$\frac 12 $", r"$\frac{1}{2}$"], "A"), r'two options read alike: "\frac 12"'),
        (choice(["a  b", "a\nb"], "A"), 'two options read alike: "a b"'),
        (choice(["a", "b"], "A", letters="AA"), 'two options have the letter "A"'),
        (choice(["a", "b"], "C"), "names an option that is not there"),
        (choice(["a", "b"], "AA", multiple=True), "or one of them twice"),
        (choice(["a", "b", "c"], "AB"), "2 options are right where one may be chosen"),
        (choice(["a", "b"], ""), "0 options are right where one may be chosen"),
        (choice(["a", "b"], "", multiple=True), "at least one option must be right"),
        (choice(["a", "b"], "AB", multiple=True), "and at least one wrong"),
        (fields(0.5, mistakes=[0.519]), "a known mistake earns the marks of x: You slipped."),
        (fields(0.5, mistakes=[0.5]), "a known mistake earns the marks of x"),
        (fields(0.5, mistakes=[float("nan")]), "a known mistake earns the marks of x"),
        (fields(float("nan")), "nobody can be asked for nan"),
        (fields(float("inf")), "nobody can be asked for inf"),
        (fields(0.5, tolerance=0), "the tolerance is 0"),
        (fields(0.5, tolerance=float("inf")), "the tolerance is inf"),
        (fields(0.004), "an answer of 0 would count as right"),
        (fields(0.5, name="x y"), "needs a plain name"),
        (fields(0.5, label="two\nlines"), "a label of one line"),
        (fields(0.5).but(interaction=Text()), "a text can't be marked with the key of a fields"),
        (fields(0.5).but(interaction=Fields(fields=())), "are not those that the key holds"),
        (fields(0.5).but(name="second"), "the first part of a question has no name"),
    ],
)
def test_a_flaw_is_named(part, words):
    """Each flaw says what is the matter, so that an author can mend it."""
    assert any(words in flaw for flaw in flaws(variant(part))), flaws(variant(part))


def test_parts_have_different_names():
    """Two parts of one name would share an answer cell."""
    twice = variant(fields(0.5), fields(0.5).but(name="more"), fields(0.5).but(name="more"))
    assert flaws(twice) == ('two parts are called "more"',)
    assert flaws(variant()) == ("the first part of a question has no name",)
