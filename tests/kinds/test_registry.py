"""Kinds are found: our own in their files, others' through an entry point."""

from __future__ import annotations

from typing import Literal

import pytest

from gradesmith.errors import NotFound
from gradesmith.kinds import registry
from gradesmith.kinds.kind import variant_of
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Criterion, TextKey
from gradesmith.model.questions import Part, Question


class Haiku(Question):
    kind: Literal["haiku"]
    season: str


class HaikuKind:
    name = "haiku"
    question = Haiku
    folder = {}

    def draw(self, question, seed, evaluator):
        key = TextKey(rubric=(Criterion(text="seventeen syllables", points=question.points),))
        return variant_of(question, seed, parts=(Part(interaction=Text(), key=key, points=question.points),))

    def wrong_answers(self, question):
        return {}


class Point:
    """What an installed package announces."""

    value = "poetry.haiku:KIND"

    def __init__(self, kind):
        self.load = lambda: kind


@pytest.fixture
def announce(monkeypatch):
    """Install a package with a kind of its own."""

    def announced(kind):
        monkeypatch.setattr(
            registry, "entry_points", lambda *, group: [Point(kind)] if group == "gradesmith.kinds" else []
        )

    return announced


def test_our_own_kinds_are_found():
    """Each file of the folder that has a kind brings it under its name."""
    assert {"single_choice", "confusion_matrix", "code", "written"} <= set(registry.all_kinds())


def test_a_kind_from_elsewhere_is_used_like_our_own(announce, small):
    """A third party's kind is loaded, drawn and put into a notebook without a change of ours."""
    announce(HaikuKind())
    text = (small.bank / "unit1/words.yaml").read_text(encoding="utf-8").partition("  rubric:")[0]
    small.write("unit1/words.yaml", text.replace("kind: written", "kind: haiku") + "  season: autumn\n")
    slot = small.form("practice").slots[1]
    assert (slot.variant.kind, slot.points) == ("haiku", 4)


def test_a_kind_from_elsewhere_may_not_take_a_name(announce):
    """Two kinds of one name would make a bank mean two things."""
    taken = HaikuKind()
    taken.name = "written"
    announce(taken)
    with pytest.raises(NotFound, match=r'poetry\.haiku:KIND announces the kind "written", which exists already'):
        registry.all_kinds()


def test_an_unknown_kind_suggests_the_nearest():
    """A slip of the pen is answered with the name that was meant."""
    with pytest.raises(NotFound, match=r"did you mean written\?"):
        registry.kind_named("writen")
