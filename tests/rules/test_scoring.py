"""Marks are exact; every planned check gets one outcome, and silence is never a pass."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradesmith.model.interactions import Choice, Code, Fields, Option, Text
from gradesmith.model.interactions import Field as Quantity
from gradesmith.model.keys import Check, ChoiceKey, CodeKey, Criterion, FieldKey, FieldsKey, TextKey
from gradesmith.model.outcomes import Progress, Status
from gradesmith.model.questions import Part
from gradesmith.model.runs import CheckRun
from gradesmith.model.submissions import Readability, Response
from gradesmith.notebooks.responses import answered
from gradesmith.rules.scoring import is_near, mark, reconcile, round_half_up, total, unmarked

POINTS = st.fractions(min_value=Fraction(1, 12), max_value=20, max_denominator=12)
THEIRS = [status for status in Status if not status.ours]
WRITTEN = Response(cell="q01", readability=Readability.ANSWERED, text="x = 1")
EMPTY = Response(cell="q01", readability=Readability.EMPTY, text="")
UNREADABLE = Response(cell="q01", readability=Readability.UNREADABLE, text="q01 = ???")


def code_part(weights, points=Fraction(5)):
    checks = tuple(Check(name=f"test_{n}", title=f"Check {n}", points=w) for n, w in enumerate(weights))
    key = CodeKey(solution="", source="", checks=checks)
    return Part(interaction=Code(starter=""), key=key, points=points)


def ran(number, status, **more):
    return CheckRun(cell="q01", name=f"test_{number}", status=status, **more)


def choice_part(points=1):
    options = tuple(Option(letter=letter, text=letter) for letter in "ABC")
    key = ChoiceKey(letters=("B",), reasons={"A": "Because A.", "C": "Because C."})
    return Part(interaction=Choice(options=options), key=key, points=Fraction(points))


def fields_part(**values):
    keys = tuple(FieldKey(name=n, value=v, tolerance=0.0005, points=Fraction(1)) for n, v in values.items())
    fields = Fields(fields=tuple(Quantity(name=key.name, label=key.name) for key in keys))
    return Part(interaction=fields, key=FieldsKey(fields=keys), points=Fraction(len(keys)))


def text_part():
    key = TextKey(rubric=(Criterion(text="reasons", points=Fraction(2)),))
    return Part(interaction=Text(), key=key, points=Fraction(2))


@given(st.lists(POINTS, min_size=1, max_size=6), POINTS, st.data())
def test_every_planned_check_has_exactly_one_outcome(weights, points, data):
    """Whatever reports arrive, outcomes match the plan in order; without exactly one report a check was not run."""
    part = code_part(weights, points)
    names = st.integers(0, len(weights) + 1)
    runs = data.draw(st.lists(st.builds(ran, names, st.sampled_from(Status)), max_size=10))
    outcomes = reconcile(part.key, WRITTEN, runs)
    assert [one.check for one in outcomes] == [check.name for check in part.key.checks]
    heard = Counter(run.name for run in runs)
    for outcome in outcomes:
        if heard[outcome.check] != 1:
            assert outcome.status is Status.NOT_RUN
        assert outcome.given == (outcome.maximum if outcome.status is Status.PASSED else 0)
    found = mark(part, WRITTEN, runs)
    if any(one.status.ours for one in outcomes):
        assert found.given is None
        assert found.progress is Progress.PENDING_MANUAL
    else:
        assert 0 <= found.given <= round_half_up(points)


@given(st.lists(POINTS, min_size=1, max_size=6), POINTS)
def test_passing_everything_earns_everything(weights, points):
    """All checks passed give the points of the part, rounded to cents, whatever the checks' weights."""
    runs = [ran(number, Status.PASSED) for number in range(len(weights))]
    assert mark(code_part(weights, points), WRITTEN, runs).given == round_half_up(points)


@pytest.mark.parametrize("status", [Status.BROKEN, Status.NOT_RUN])
def test_our_own_failure_leaves_the_mark_to_a_person(status):
    """One check that we could not run is enough: neither zero nor the rest is given."""
    found = mark(code_part([1, 1]), WRITTEN, [ran(0, Status.PASSED), ran(1, status, detail="the checker broke")])
    assert found.given is None
    assert found.outcomes[1].feedback == "This could not be checked; a person will look at it."
    assert found.outcomes[1].detail == "the checker broke"


@pytest.mark.parametrize("runs", [[], [("test_0", "PASSED"), ("test_0", "PASSED")], [("test_9", "PASSED")]])
def test_silence_repetition_and_strangers_are_no_pass(runs):
    """A check that nobody or that two reported was not run, and a check nobody planned counts nothing."""
    runs = [CheckRun(cell="q01", name=name, status=Status(status)) for name, status in runs]
    found = mark(code_part([1]), WRITTEN, runs)
    assert [one.status for one in found.outcomes] == [Status.NOT_RUN]
    assert found.given is None


@pytest.mark.parametrize("status", [one for one in THEIRS if one is not Status.PASSED])
def test_what_ends_badly_earns_nothing(status):
    """Failed, raised, too slow, stopped: no points, and no person is needed."""
    found = mark(code_part([1, 3], Fraction(4)), WRITTEN, [ran(0, Status.PASSED), ran(1, status)])
    assert (found.given, found.progress) == (1, Progress.FULLY_GRADED)


def test_feedback_says_how_a_check_ended_but_not_what_was_seen():
    """The instructor's detail stays out of the student's feedback."""
    detail = "assert 41 == 42"
    runs = [ran(0, Status.FAILED, detail=detail), ran(1, Status.ERRORED, detail=detail, raised="ZeroDivisionError")]
    found = mark(code_part([1, 1]), WRITTEN, runs)
    assert [one.feedback for one in found.outcomes] == ["", "Your code raised ZeroDivisionError."]
    assert all(detail not in one.feedback and one.detail == detail for one in found.outcomes)


@pytest.mark.parametrize("part", [choice_part(), fields_part(f1=0.5), code_part([1]), text_part()])
def test_what_was_left_empty_earns_nothing_and_waits_for_nobody(part):
    """A blank answer is skipped, whatever the kind."""
    found = mark(part, EMPTY, [])
    assert (found.given, found.progress) == (0, Progress.FULLY_GRADED)
    assert {one.status for one in found.outcomes} <= {Status.SKIPPED}


@pytest.mark.parametrize("part", [choice_part(), fields_part(f1=0.5)])
def test_what_cannot_be_read_is_told_apart_from_wrong(part):
    """An unreadable answer earns nothing, and says that it could not be read."""
    found = mark(part, UNREADABLE, [])
    assert found.given == 0
    assert {one.status for one in found.outcomes} == {Status.ERRORED}
    assert "can't be read" in found.outcomes[0].feedback


@pytest.mark.parametrize(
    ("value", "status", "feedback"),
    [
        ("B", Status.PASSED, ""),
        (["b"], Status.PASSED, ""),
        ("A", Status.FAILED, "Because A."),
        (["A", "C"], Status.FAILED, "Because A. Because C."),
        (["A", "B"], Status.FAILED, "Because A."),
        ("D", Status.ERRORED, "Your answer can't be read as one of the options."),
    ],
)
def test_a_choice_is_right_or_told_why_not(value, status, feedback):
    """Only the key's letter earns the point; a wrong one is answered with its misconception."""
    found = mark(choice_part(), answered("q01", value), [])
    assert [(one.status, one.feedback) for one in found.outcomes] == [(status, feedback)]
    assert found.given == (1 if status is Status.PASSED else 0)


@pytest.mark.parametrize("f1", [0.1914, 0.19149, "19.14 %", "0,1914", 0.1915, 0.191])
def test_answers_of_four_digits_earn_full_marks(f1):
    """The published F1 of the exam problem, 0.1914, counts, and so does the rounded 0.1915."""
    assert mark(fields_part(f1=540 / 2820), answered("q01", {"f1": f1}), []).given == 1


def test_fields_are_marked_each_on_its_own():
    """Right, wrong, blank, unreadable, undefined and missing side by side."""
    part = fields_part(a=0.5, b=0.5, c=0.5, d=0.5, e=None, f=None, g=0.5)
    value = {"a": "50%", "b": 0.6, "c": "", "d": "half", "e": "undefined", "f": 0, "x": 1}
    found = mark(part, answered("q01", value), [])
    passed, failed, skipped, errored = Status.PASSED, Status.FAILED, Status.SKIPPED, Status.ERRORED
    assert [one.status for one in found.outcomes] == [passed, failed, skipped, errored, passed, failed, skipped]
    assert found.given == 2


@given(st.floats(0, 1), st.floats(1e-6, 0.01))
def test_a_tolerance_holds_on_both_sides_and_ends(value, tolerance):
    """What is within the tolerance counts, what is clearly beyond it does not, and NaN only where undefined."""
    assert is_near(value + tolerance, value, tolerance)
    assert is_near(value - tolerance, value, tolerance)
    assert not is_near(value + 1.01 * tolerance, value, tolerance)
    assert not is_near(float("nan"), value, tolerance)
    assert not is_near(value, None, tolerance)
    assert is_near(float("nan"), None, tolerance)


@given(st.fractions(min_value=0, max_value=1000))
def test_points_are_rounded_half_up_to_cents(points):
    """As a decimal rounds half up, exactly."""
    exact = Decimal(points.numerator * 10**12 // points.denominator) / 10**12
    cents = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert round_half_up(points) == Fraction(cents)


@pytest.mark.parametrize(("exact", "rounded"), [("1/8", "0.13"), ("0.005", "0.01"), ("2.675", "2.68"), ("1/3", "0.33")])
def test_halves_go_up_even_where_floats_would_not(exact, rounded):
    """2.675 becomes 2.68, which ``round`` gets wrong."""
    assert round_half_up(Fraction(exact)) == Fraction(rounded)


def test_a_total_adds_up_and_says_what_is_to_come():
    """A mark that waits counts nothing yet, its maximum counts, and the progress says so."""
    done = mark(choice_part(), answered("q01", "B"), [])
    waits = mark(text_part(), WRITTEN, [])
    assert waits.given is None
    assert total([done]).progress is Progress.FULLY_GRADED
    score = total([done, waits])
    assert (score.given, score.maximum, score.progress) == (1, 3, Progress.PENDING_MANUAL)
    assert total([]).maximum == 0


@given(st.lists(st.tuples(POINTS, st.booleans()), max_size=8))
def test_totals_are_sums(facts):
    """The sum of what was given and of what could be had, exactly."""
    marks = [
        mark(code_part([1], points), WRITTEN, [ran(0, Status.PASSED if ok else Status.FAILED)]) for points, ok in facts
    ]
    score = total(marks)
    assert score.given == sum((round_half_up(points) for points, ok in facts if ok), Fraction(0))
    assert score.maximum == sum((points for points, _ in facts), Fraction(0))


@pytest.mark.parametrize("part", [choice_part(), fields_part(f1=0.5), code_part([1, 2]), text_part()])
def test_what_could_not_be_read_at_all_waits_for_a_person(part):
    """Every planned outcome is there as not run, and no mark is given."""
    found = unmarked(part, "q01", "the file is empty")
    assert (found.given, found.maximum) == (None, part.points)
    assert {(one.status, one.detail) for one in found.outcomes} <= {(Status.NOT_RUN, "the file is empty")}
    assert len(found.outcomes) == len(mark(part, EMPTY, []).outcomes)
