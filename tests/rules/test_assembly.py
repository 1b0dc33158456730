"""A form is assembled deterministically, fairly spread, and never from too little."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradesmith.errors import GradesmithError
from gradesmith.kinds.kind import variant_of
from gradesmith.model.assessments import Assessment, Narrative
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Criterion, TextKey
from gradesmith.model.questions import DataFile, Part, Question
from gradesmith.rules.assembly.assembling import assemble
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.candidates import rescaled


def question(name, lecture="1.1", kind="short", enemies=()):
    return Question.model_validate({
        "id": name, "kind": kind, "lecture": lecture, "topics": [], "outcomes": [], "difficulty": "easy",
        "bloom": "apply", "minutes": 1, "prompt": "?", "explanation": "!", "source": "-", "enemies": enemies,
    })  # fmt: skip


def part(points, name=""):
    key = TextKey(rubric=(Criterion(text="all", points=points),))
    return Part(name=name, interaction=Text(), key=key, points=points)


def draw(one, seed):
    return variant_of(one, seed, parts=(part(Fraction(3)), part(Fraction(1), "judgement")))


def section(count=1, kind="short", **more):
    return {"title": f"Some {kind}", "pick": {"kind": kind, "count": count, **more}}


def assessment(*sections, **changes):
    fields = {
        "id": "test-1",
        "title": "T",
        "kind": "exam",
        "units": [1],
        "minutes": 60,
        "seed": 1,
        "sections": sections,
    }
    return Assessment.model_validate({**fields, **changes})


def ids(form):
    return [slot.variant.question for slot in form.slots]


def made(blueprint, pool, flow=(), drawing=draw):
    questions = {one.id: one for one in (*pool, *flow)}
    return assemble(blueprint, Material(pool=tuple(pool), questions=questions, draw=drawing))


POOL = [question(f"on-{lecture}-{n}", f"1.{lecture}") for lecture in range(1, 12) for n in range(4)]


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 20))
def test_the_same_blueprint_gives_the_same_form(seed, count):
    """Questions, order, variants and seeds are the same each time, and no question is there twice."""
    blueprint = assessment(section(count), seed=seed)
    one, two = made(blueprint, POOL), made(blueprint, POOL)
    assert one.digest == two.digest
    assert len(set(ids(one))) == count
    assert [slot.name for slot in one.slots] == [f"q{number:02}" for number in range(1, count + 1)]


def test_another_seed_gives_another_form():
    """Questions and the checks' seeds follow from the assessment's seed."""
    forms = [made(assessment(section(5), seed=seed), POOL) for seed in range(20)]
    assert len({tuple(ids(form)) for form in forms}) == 20
    assert len({slot.rng_seed for form in forms for slot in form.slots}) == 100


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 44))
def test_picks_are_spread_over_lectures(seed, count):
    """No lecture has two more than another, and the questions come in the order of the lectures."""
    form = made(assessment(section(count, spread_over="lecture"), seed=seed), POOL)
    lectures = [name.split("-")[1] for name in ids(form)]
    had = Counter(lectures)
    assert max(had.values()) - min(had[str(lecture)] for lecture in range(1, 12)) <= 1
    assert lectures == sorted(lectures, key=int)


EDGES = st.sets(st.sampled_from(list(combinations(range(7), 2))), max_size=12)


@settings(max_examples=40)
@given(EDGES, st.integers(1, 7), st.integers(0, 1000))
def test_enemies_stand_apart_and_a_form_is_found_if_there_is_one(edges, count, seed):
    """However questions are at odds, a form has no two enemies, and is refused only when there is none."""
    pool = [question(f"n{one}", enemies=[f"n{other}" for a, other in edges if a == one]) for one in range(7)]
    possible = any(not edges & set(combinations(chosen, 2)) for chosen in combinations(range(7), count))
    blueprint = assessment(section(count), seed=seed)
    if not possible:
        with pytest.raises(GradesmithError, match="short questions are asked"):
            made(blueprint, pool)
        return
    chosen = sorted(int(name[1:]) for name in ids(made(blueprint, pool)))
    assert len(chosen) == count
    assert not edges & set(combinations(chosen, 2))


@pytest.mark.parametrize("seed", range(10))
def test_enemies_stand_apart_over_sections_and_flow(seed):
    """An enemy of what stands in the flow or in an earlier section is not picked."""
    pool = [question("a"), question("b", enemies=["c"]), question("c", kind="long"), question("d", kind="long")]
    assert ids(made(assessment(section(2), section(1, "long"), seed=seed), pool))[2] == "d"
    flow = [{"question": "b"}]
    assert ids(made(assessment(section(1, "long"), flow=flow, seed=seed), pool)) == ["b", "d"]
    assert ids(made(assessment(section(1), flow=flow, seed=seed), pool)) == ["b", "a"]


def test_a_pool_that_is_too_small_says_what_to_write():
    """The error names assessment, section, what is asked, what there is, and how many are to be written."""
    with pytest.raises(GradesmithError) as caught:
        made(assessment(section(3, "short"), units=[1, 2]), [question("a"), question("b", kind="long")])
    assert caught.value.message == 'test-1: section "Some short": 3 short questions are asked, 1 can be had'
    assert caught.value.remedy == 'write 2 more short questions on units 1 or 2; or let section "Some short" pick 1'


def test_a_section_gives_its_points_and_may_leave_the_judgement_out():
    """A question is worth what its section says, in the proportions of its parts."""
    with_it = made(assessment(section(points=2)), [question("a")]).slots[0]
    without = made(assessment(section(points=2, judgement=False)), [question("a")]).slots[0]
    assert [one.points for one in with_it.variant.parts] == [Fraction(3, 2), Fraction(1, 2)]
    assert [(one.name, one.points) for one in without.variant.parts] == [("", 2)]


POINTS = st.fractions(min_value=0, max_value=50, max_denominator=100)


@given(st.lists(POINTS, min_size=1, max_size=6), POINTS)
def test_rescaling_sums_exactly(parts, points):
    """The parts add up to the new points to the last fraction, and keep their proportions."""
    assume(sum(parts))
    variant = variant_of(question("a"), 1, parts=tuple(part(one) for one in parts))
    scaled = [one.points for one in rescaled(variant, points).parts]
    assert sum(scaled) == points
    assert all(new * sum(parts) == old * points for new, old in zip(scaled, parts, strict=True))


def test_a_flow_keeps_its_order_and_its_own_points():
    """Text, code and questions stand as written; a step's points replace the question's."""
    steps = [{"text": "Read."}, {"question": "a"}, {"code": "x = 1"}, {"question": "b", "points": 8}]
    form = made(assessment(flow=steps), [], flow=[question("a"), question("b")])
    assert form.items[0] == Narrative(text="Read.")
    assert form.items[2] == Narrative(text="x = 1", code=True)
    assert [(slot.name, slot.points) for slot in form.slots] == [("q01", 4), ("q02", 8)]
    assert form.points == 12


@pytest.mark.parametrize(("other", "refused"), [("c2FtZQ==", False), ("b3RoZXI=", True)])
def test_two_questions_may_share_a_file_but_not_a_name(other, refused):
    """The same table may come with two questions; another table of the same name would take its place."""

    def with_file(one, seed):
        content = "c2FtZQ==" if one.id == "a" else other
        return draw(one, seed).but(files=(DataFile(name="table.csv", content=content),))

    blueprint, pool = assessment(section(2)), [question("a"), question("b")]
    if refused:
        with pytest.raises(GradesmithError, match=r"hand out different files table\.csv"):
            made(blueprint, pool, drawing=with_file)
    else:
        assert len(made(blueprint, pool, drawing=with_file).slots) == 2


def test_no_file_takes_the_place_of_the_notebook():
    """A question's file may not be called like the notebook it comes with."""

    def with_notebook(one, seed):
        return draw(one, seed).but(files=(DataFile(name="test-1.ipynb", content=""),))

    with pytest.raises(GradesmithError, match="the notebook and a hand out different files"):
        made(assessment(section()), [question("a")], drawing=with_notebook)
