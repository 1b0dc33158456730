"""Whatever is asked of a small bank: the forms are as asked, or there are none, which trying everything shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from hypothesis import event, given, settings
from hypothesis import strategies as st

from gradesmith.errors import GradesmithError
from gradesmith.kinds.kind import variant_of
from gradesmith.model.assessments import Assessment
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Criterion, TextKey
from gradesmith.model.questions import Part, Question
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.difficulty import Expected
from tests.assembly.checker import Checker

KINDS = ("short", "long")


def question(number: int, kind: str, **more: object) -> Question:
    fields = {
        "id": f"n{number}", "kind": kind, "topics": [], "outcomes": [], "difficulty": "medium", "bloom": "apply",
        "prompt": "?", "explanation": "!", "source": "-",
    }  # fmt: skip
    return Question.model_validate({**fields, **more})


@st.composite
def banks(draw: st.DrawFn) -> tuple[Question, ...]:
    """A few questions on two lectures, some of them enemies."""
    size = draw(st.integers(3, 7))
    enemies = draw(st.sets(st.sampled_from(list(combinations(range(size), 2))), max_size=3))
    return tuple(
        question(
            number,
            draw(st.sampled_from(KINDS)) if number > 1 else "short",
            lecture=draw(st.sampled_from(("1.1", "1.2"))),
            minutes=draw(st.sampled_from((1, 2, 4))),
            enemies=[f"n{other}" for one, other in enemies if one == number],
        )
        for number in range(size)
    )


@st.composite
def blueprints(draw: st.DrawFn, bank: Sequence[Question]) -> Assessment:
    """One or two sections, and bounds of which some can't be kept."""
    kinds = draw(st.sampled_from((("short",), ("short", "long"), (("short", "long"),))))
    sections = [
        {
            "title": f"Part {number}",
            "pick": {
                "kind": kind,
                "count": draw(st.integers(1, 2)),
                "spread_over": draw(st.sampled_from(((), ("lecture",)))),
            },
        }
        for number, kind in enumerate(kinds)
    ]
    balance = {
        "difficulty": draw(st.sampled_from((0.5, 0.65))),
        "tolerance": draw(st.sampled_from((0.05, 0.15, 1))),
        "exposure": draw(st.sampled_from((0.4, 0.7, 1))),
        "overlap": draw(st.sampled_from((0, 0.5, 1))),
    }
    anchors = draw(st.sampled_from(((), (bank[0].id,))))
    return Assessment.model_validate({
        "id": "small", "title": "S", "kind": "exam", "units": [1], "minutes": draw(st.sampled_from((4, 8, 60))),
        "seed": draw(st.integers(0, 99)), "sections": sections, "balance": balance, "anchors": anchors,
        "forms": "per_student",
    })  # fmt: skip


CASES = banks().flatmap(
    lambda bank: st.tuples(
        st.just(bank),
        blueprints(bank),
        st.lists(st.sampled_from((0.3, 0.5, 0.65, 0.9)), min_size=len(bank), max_size=len(bank)),
        st.integers(1, 3),
    )
)


def stuff(bank: Sequence[Question], shares: Sequence[float]) -> Material:
    def draw(one: Question, seed: int) -> object:
        key = TextKey(rubric=(Criterion(text="all", points=1),))
        return variant_of(one, seed, parts=(Part(interaction=Text(), key=key, points=1),))

    return Material(
        pool=tuple(bank),
        questions={one.id: one for one in bank},
        draw=draw,  # type: ignore[arg-type]
        expected={one.id: Expected(share=share, se=0.1) for one, share in zip(bank, shares, strict=True)},
    )


def everything(assessment: Assessment, bank: Sequence[Question]) -> Iterator[tuple[tuple[Question, ...], ...]]:
    """Yield every way to fill the sections with different questions."""
    choices = [
        combinations([one for one in bank if one.kind in section.pick.kind], section.pick.count)
        for section in assessment.sections
    ]
    for sections in product(*choices):
        ids = [one.id for section in sections for one in section]
        if len(set(ids)) == len(ids):
            yield sections


def fits(assessment: Assessment, sections: Sequence[Sequence[Question]]) -> bool:
    """Whether a form has no enemies, all anchors and time enough."""
    picked = [one for section in sections for one in section]
    ids = {one.id for one in picked}
    return (
        not any(set(one.enemies) & ids for one in picked)
        and set(assessment.anchors) <= ids
        and sum(one.minutes for one in picked) <= assessment.minutes
    )


def is_even(assessment: Assessment, bank: Sequence[Question], sections: Sequence[Sequence[Question]]) -> bool:
    for section, picked in zip(assessment.sections, sections, strict=True):
        if section.pick.spread_over:
            there = Counter(one.lecture for one in bank if one.kind in section.pick.kind)
            had = Counter(one.lecture for one in picked)
            if any(had[a] > had[b] + 1 and had[b] < there[b] for a in there for b in there):
                return False
    return True


def is_balanced(assessment: Assessment, sections: Sequence[Sequence[Question]], share: Mapping[str, float]) -> bool:
    picked = [one.id for section in sections for one in section]
    earned = sum(share[name] for name in picked) / len(picked)
    balance = assessment.balance
    return abs(earned - (balance.difficulty or 0)) <= balance.tolerance + 1e-7


def can_be_given(assessment: Assessment, forms: Sequence[frozenset[str]], students: int) -> bool:
    """Whether some row of these forms keeps exposure and overlap."""
    size = sum(section.pick.count for section in assessment.sections)
    cap = max(1, int(assessment.balance.exposure * students + 1e-9))

    def goes_on(row: tuple[frozenset[str], ...]) -> bool:
        uses = Counter(name for form in row for name in form)
        if any(times > cap and name not in assessment.anchors for name, times in uses.items()):
            return False
        if len(row) > 1 and len(row[-1] & row[-2]) > assessment.balance.overlap * size + 1e-9:
            return False
        return len(row) == students or any(goes_on((*row, form)) for form in forms)

    return goes_on(())


@settings(max_examples=100)
@given(CASES)
def test_forms_are_as_asked_or_there_are_none(case):
    """Forms that are made keep everything; where none are made, trying everything finds none either."""
    bank, assessment, levels, students = case
    share = {one.id: level for one, level in zip(bank, levels, strict=True)}
    fitting = [sections for sections in everything(assessment, bank) if fits(assessment, sections)]
    even = [sections for sections in fitting if is_even(assessment, bank, sections)]
    possible = [sections for sections in even or fitting if is_balanced(assessment, sections, share)]
    forms = [frozenset(one.id for section in sections for one in section) for sections in possible]
    roster = tuple(f"s{number}" for number in range(students))
    try:
        made = assemble_all(assessment, stuff(bank, levels), Roll(students=roster, root="secret"))
    except GradesmithError as refusal:
        event("refused")
        refused = refusal
    else:
        event("made")
        checker = Checker(assessment=assessment, pool=bank, shares=share, even=bool(even))
        assert checker.wrong(made) == []
        return
    # Where the pool allows no even spread, it gives in first; what is lacking then is looked at elsewhere.
    assert (fitting and not even) or not can_be_given(assessment, forms, students), str(refused)
    assert refused.remedy
