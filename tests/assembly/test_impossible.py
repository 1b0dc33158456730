"""A blueprint that can't be had is answered with what to write or to loosen, all at once, and that does help."""

from __future__ import annotations

import re

import pytest

from gradesmith.errors import CannotDraw, GradesmithError
from gradesmith.model.questions import Question
from gradesmith.rules.assembly.assembling import assemble
from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.assembly.remedies import CannotAssemble
from tests.assembly.generated import blueprint, generated_bank, material, roster

BANK = generated_bank()


def some(choices: int, matrices: int = 4, tasks: int = 4) -> tuple[Question, ...]:
    """Return so many questions of each kind, spread over the lectures."""
    sizes = {"single_choice": choices, "confusion_matrix": matrices, "code": tasks}
    return tuple(one for one in BANK if int(one.id[-3:]) < sizes[one.kind])


def plain(**changes):
    return blueprint(**{"anchors": [], "canary": False, "balance": {}, **changes})


def forms(bank, assessment, students=4, **more):
    return assemble_all(assessment, material(bank, **more), Roll(students=roster(students), root="secret"))


def refused(bank, assessment, students=4, **more):
    with pytest.raises(CannotAssemble) as caught:
        forms(bank, assessment, students, **more)
    return caught.value


CASES = {
    "a section": (
        some(40, 4, 0), {}, 4,
        "1 code question is asked, none can be had", "write 1 more code question on unit 5",
    ),
    "two sections": (
        some(8, 0), {}, 4,
        'section "Choose": 10 single_choice questions are asked, 7 can be had; '
        'section "Compute": 1 confusion_matrix question is asked, none can be had',
        "1 more confusion_matrix question on unit 5",
    ),
    "a lecture": (
        tuple(one for one in some(40) if one.kind != "single_choice" or one.lecture != "5.2" or one.id.endswith("01")),
        {"balance": {"exposure": 0.5}}, 12,
        "too few questions can be had on lecture 5.2", "write 1 more medium single_choice question on lecture 5.2",
    ),
    "exposure": (
        some(40), {"balance": {"exposure": 0.2}}, 12,
        "at most 2 of 12 forms", "raise balance.exposure to 0.25",
    ),
    "overlap": (
        some(12), {"balance": {"overlap": 0.2}}, 4,
        "8 questions would stand in the next", "raise balance.overlap to 0.67",
    ),
    "too hard": (
        some(40), {"balance": {"difficulty": 0.3}}, 4,
        "0.450 or more of the points", "set balance.difficulty to 0.45",
    ),
    "harder ones": (
        tuple(one for one in some(40) if one.kind != "code" or one.difficulty != "hard"),
        {"balance": {"difficulty": 0.45}}, 4,
        "0.500 or more of the points", "write 1 more hard code question on unit 5",
    ),
    "time": (some(40), {"minutes": 20}, 4, "take 24.5 minutes or more, it has 20", "give it 25 minutes"),
    "leisure": (
        some(40), {"minutes": 60, "balance": {"minutes": [40, 50]}}, 4,
        "take 30.25 minutes or less, 40 are asked", "widen balance.minutes to [30, 50]",
    ),
    "anchors": (
        some(40), {"anchors": ["code-000", "code-001"]}, 4,
        "the anchor", "out of the anchors",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_lacks_is_named_with_the_remedy(case):
    """Never "infeasible": what is asked, what can be had, what to write, what to loosen."""
    bank, changes, students, problem, remedy = case
    error = refused(bank, plain(**changes), students)
    assert problem in error.message
    assert remedy in error.remedy
    assert "infeasible" not in str(error)


def test_what_is_to_be_written_suffices():
    """Questions as the remedy names them, and as many, make the class possible."""
    bank, assessment = some(40, 4, 4), plain(balance={"exposure": 0.2})
    remedy = refused(bank, assessment, 12).remedy
    written = list(bank)
    for kind, places in re.findall(r"\d+ more medium (\w+) questions (?:\(([^)]*)\)|on unit 5)", remedy):
        whole = re.search(rf"(\d+) more medium {kind}", remedy).group(1)
        for number, lecture in re.findall(r"(\d+) on lecture (5\.\d)", places) or [(whole, "5.1")]:
            model = next(one for one in bank if one.kind == kind and not one.enemies)
            written += [
                model.but(id=f"new-{len(written) + more}", lecture=lecture, difficulty="medium", enemies=())
                for more in range(int(number))
            ]
    assert len(written) == 48 + 24
    assert len(forms(tuple(written), assessment, 12)) == 12


def test_an_anchor_that_was_used_elsewhere_is_named():
    """What an earlier assessment used can't be an anchor here."""
    error = refused(some(40), plain(anchors=["code-000"]), used=frozenset({"code-000"}))
    assert "the anchor code-000 finds no place in the form" in error.message


def test_a_canary_needs_numbers_that_are_left():
    """Numbers that can't differ, or nothing that is computed, are named with the remedy."""
    matrix = next(one for one in BANK if one.kind == "confusion_matrix")
    fixed = matrix.but(id="fixed", counts={"tp": 270, "fn": 280, "fp": 2000, "tn": 12000})
    bank = (*(one for one in some(40, 0)), fixed)
    with pytest.raises(CannotDraw, match="no numbers of fixed are left that no other form has"):
        forms(bank, plain(canary=True, minutes=60))
    choices = [{"title": "Choose", "pick": {"kind": "single_choice", "count": 2}}]
    with pytest.raises(CannotDraw, match="needs a computed question in every form"):
        forms(bank, plain(canary=True, sections=choices))


def test_a_released_skeleton_binds_those_who_come_late():
    """After the sections were changed, a latecomer's form could not have everybody's cells."""
    made = forms(some(60), plain())
    fewer = plain(sections=[{"title": "Choose", "pick": {"kind": "single_choice", "count": 3}}])
    late = Roll(students=roster(5), root="secret", standing=made)
    with pytest.raises(GradesmithError, match="its forms have 12 questions, and now 3 are asked"):
        assemble_all(fewer, material(some(60)), late)


def test_a_pool_without_an_even_spread_gives_what_it_can():
    """Enemies may stand against an even spread; then the form comes as near to it as the pool allows."""
    bank = [one.but(enemies=()) for one in some(12) if one.kind == "single_choice"]
    first, *others = [one for one in bank if one.lecture == "5.1"]
    bank = [one.but(enemies=[first.id, others[0].id]) if one in others[1:] else one for one in bank]
    bank = [one.but(enemies=[first.id]) if one == others[0] else one for one in bank]
    sections = [{"title": "Choose", "pick": {"kind": "single_choice", "count": 8, "spread_over": "lecture"}}]
    form = assemble(plain(sections=sections, forms=1), material(tuple(bank)))
    lectures = [next(one.lecture for one in bank if one.id == slot.variant.question) for slot in form.slots]
    assert sorted(lectures.count(lecture) for lecture in set(lectures)) == [1, 2, 2, 3]
