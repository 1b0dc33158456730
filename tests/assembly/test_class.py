"""The forms of a class: all as asked, each its own, the same again from the same secret, and fair to latecomers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from gradesmith.kinds.kind import variant_of
from gradesmith.model.interactions import Code, Text
from gradesmith.model.keys import CodeKey, Criterion, TextKey
from gradesmith.model.questions import Part
from gradesmith.rules.assembly.chance import LETTERS
from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.difficulty import expectations
from tests.assembly.checker import Checker
from tests.assembly.generated import blueprint, generated_bank, material, roster

BANK = generated_bank()
SHARES = {name: one.share for name, one in expectations(BANK).items()}
STUDENTS = 30


def assembled(assessment=None, students=STUDENTS, standing=None, root="secret", **more):
    roll = Roll(students=roster(students), root=root, standing=standing or {})
    return assemble_all(assessment or blueprint(), material(BANK, **more), roll)


@pytest.fixture(scope="module")
def forms():
    return assembled()


def checker(**changes):
    used = changes.pop("used", frozenset())
    return Checker(assessment=blueprint(**changes), pool=BANK, shares=SHARES, used=used)


def test_every_form_is_as_asked(forms):
    """Sections, spread, time, difficulty, enemies, anchors, exposure, overlap, cells and canaries, all at once."""
    assert checker().wrong(forms) == []
    assert len({form.digest for form in forms.values()}) == STUDENTS


def test_the_checker_sees_what_is_wrong(forms):
    """The same forms break a stricter blueprint in every way that it is stricter in."""
    found = "\n".join(
        checker(
            balance={"minutes": [29, 30], "exposure": 0.04, "overlap": 0.05, "tolerance": 0.0001, "difficulty": 0.9},
            anchors=["single-choice-001"],
            used=frozenset({"single-choice-000"}),
        ).wrong(forms)
    )
    for words in ("minutes", "the anchor", "may not be used", "of its points", "stands in", "in common"):
        assert words in found


def test_codes_are_short_different_and_no_words(forms):
    """Four letters and digits that nobody mistakes for others, no two alike in a class."""
    codes = [form.code for form in forms.values()]
    assert len(set(codes)) == STUDENTS
    assert all(len(code) == 4 and set(code) <= set(LETTERS) for code in codes)
    assert not set(LETTERS) & set("AEIOU01258BSZL")


def test_questions_wear_evenly(forms):
    """No question is used up while others of its section are fresh."""
    uses = Counter(slot.variant.question for form in forms.values() for slot in form.slots)
    del uses["single-choice-000"]  # the anchor
    assert max(uses.values()) <= 3


SCRIPT = """
from tests.assembly.test_class import assembled
print([form.digest for form in assembled(students=4).values()])
"""


def test_the_same_secret_gives_the_same_bytes_in_any_process():
    """Neither the hash seed of Python nor what was done before changes a form."""
    here = str([form.digest for form in assembled(students=4).values()])
    settings = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])}
    there = subprocess.run([sys.executable, "-c", SCRIPT], env=settings, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_another_secret_gives_other_forms(forms):
    """Who does not know the secret can foretell neither questions nor numbers nor what the checks draw."""
    others = assembled(students=6, root="another")
    for student, form in others.items():
        assert form.code != forms[student].code
        assert [slot.variant.question for slot in form.slots] != [
            slot.variant.question for slot in forms[student].slots
        ]
    seeds = {slot.rng_seed for form in others.values() for slot in form.slots}
    assert not seeds & {slot.rng_seed for form in forms.values() for slot in form.slots}


def test_checks_draw_the_same_for_all_who_have_a_question(forms):
    """The seed of the checks belongs to the question; that of the variant to the student as well."""
    seeds, variants = {}, []
    for form in forms.values():
        for slot in form.slots:
            assert seeds.setdefault(slot.variant.question, slot.rng_seed) == slot.rng_seed
            variants.append(slot.variant.seed)
    assert len(set(variants)) == len(variants)


def test_latecomers_get_forms_and_nobody_elses_changes(forms):
    """Forms that stand are kept, counted and kept apart from; the new ones have the same cells."""
    early = {student: form for number, (student, form) in enumerate(forms.items()) if number % 3}
    late = assembled(standing=early)
    assert set(late) == set(forms) - set(early)
    whole = {student: {**early, **late}[student] for student in forms}
    assert checker().wrong(whole) == []
    assert assembled(standing=whole) == {}


def test_latecomers_get_forms_as_hard_as_those_that_stand():
    """Though easy questions were written since, nobody who comes late gets an easier form."""
    assessment = blueprint(balance={"tolerance": 0.02}, canary=False, anchors=[])
    before = tuple(one for one in BANK if one.difficulty != "easy")
    early = assemble_all(assessment, material(before), Roll(students=roster(12), root="secret"))
    roll = Roll(students=roster(15), root="secret", standing=early)
    late = assemble_all(assessment, material(BANK, expected=expectations(BANK)), roll)
    look = Checker(assessment=assessment, pool=BANK, shares=SHARES)
    usual = fmean(look.share(form) for form in early.values())
    assert fmean(SHARES.values()) > usual + 0.04
    assert all(abs(look.share(form) - usual) <= 0.02 + 1e-6 for form in late.values())


def test_parallel_forms_go_round():
    """A, B and C in turn; who comes late gets the form that fewest have, and no neighbour's."""
    assessment = blueprint(forms=3, balance={"exposure": 0.34, "overlap": 0.1, "tolerance": 0.02})
    made = assembled(assessment, students=8)
    assert [form.code for form in made.values()] == list("ABCABCAB")
    assert Checker(assessment=assessment, pool=BANK, shares=SHARES).wrong(made) == []
    after = assembled(assessment, students=10, standing=made)
    assert [(student, form.code) for student, form in after.items()] == [("s008", "C"), ("s009", "A")]
    assert after["s009"] == made["s000"]
    few = {student: form for student, form in made.items() if form.code != "B"}
    assert assembled(assessment, students=8, standing=few)["s001"].code == "B"


@pytest.mark.parametrize("number", [2, 4])
def test_neighbours_have_different_parallel_forms(number):
    """Whoever sits beside somebody has another form, also where some have theirs already."""
    assessment = blueprint(forms=number, balance={}, canary=False)
    made = assembled(assessment, students=9)
    for one, other in pairwise(made.values()):
        assert one.code != other.code


def test_what_earlier_assessments_used_is_left_out():
    """No question of an assessment to be apart from stands in any form."""
    used = frozenset(one.id for number, one in enumerate(BANK[1:]) if number % 2)
    made = assembled(students=5, used=used)
    assert checker(used=used).wrong(made) == []


def shaped(one, seed):
    """Draw some questions in words, some as code, and some with a judgement beside it."""
    words = TextKey(rubric=(Criterion(text="all", points=1),))
    kind = int(one.id[-3:]) % 3
    answer = Part(interaction=Code(starter=""), key=CodeKey(solution="", source="", checks=()), points=Fraction(2))
    if kind == 0:
        answer = Part(interaction=Text(), key=words, points=Fraction(2))
    judgement = (Part(name="judgement", interaction=Text(), key=words, points=Fraction(1)),) if kind == 1 else ()
    return variant_of(one, seed, parts=(answer, *judgement))


def test_all_forms_have_the_cells_of_the_sample():
    """Of a section whose questions are answered in different ways each form has as many of each, in the same slots."""
    made = assembled(blueprint(canary=False), students=12, draw=shaped)
    assert checker(canary=False).wrong(made) == []
    slots = next(iter(made.values())).slots[:10]
    kinds = Counter(tuple((part.name, part.interaction.type) for part in slot.variant.parts) for slot in slots)
    assert sorted(kinds.values()) == [3, 3, 4]  # in proportion to the pool, which has a third of each


def test_a_class_of_one_form_shares_it():
    """With a single form everybody gets it, latecomers the one that stands."""
    assessment = blueprint(forms=1, canary=False, balance={})
    made = assembled(assessment, students=3)
    assert len({form.digest for form in made.values()}) == 1
    assert assembled(assessment, students=4, standing=made)["s003"] == made["s000"]
