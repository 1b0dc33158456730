"""From responses and check runs to marks. Exact fractions; every planned check gets exactly one outcome."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from pydantic import JsonValue

from gradesmith.model.interactions import Choice, Field, Fields
from gradesmith.model.keys import Check, ChoiceKey, CodeKey, FieldKey, FieldsKey
from gradesmith.model.outcomes import Mark, Outcome, Progress, Score, Status
from gradesmith.model.questions import Part
from gradesmith.model.runs import CheckRun
from gradesmith.model.submissions import Readability, Response
from gradesmith.rules.answers import is_blank, read_letters, read_number

# Two doubles that stand for the same decimal may differ in the last place; a tolerance must not depend on it.
SAME_DECIMAL = 1e-12
NOTHING = Fraction(0)


def round_half_up(points: Fraction) -> Fraction:
    """Round to two decimals, a half away from zero (points are never negative)."""
    return Fraction(math.floor(points * 100 + Fraction(1, 2)), 100)


def mark(part: Part, response: Response, runs: Sequence[CheckRun]) -> Mark:
    """Mark the response to one part; ``runs`` are the check runs of its answer cell.

    A text is left for a person unless it is blank; so is code whose checks did not all get a verdict of the student's.
    """
    outcomes = _outcomes(part, response, runs)
    in_words = part.key.type == "text" and response.readability is not Readability.EMPTY
    for_a_person = in_words or any(outcome.status.ours for outcome in outcomes)
    given = None if for_a_person else round_half_up(_earned(part, outcomes))
    return Mark(cell=response.cell, given=given, maximum=part.points, answered=response.text, outcomes=outcomes)


def unmarked(part: Part, cell: str, why: str) -> Mark:
    """Leave one part to a person: nothing planned for it was run, and no mark is given."""
    blank = Response(cell=cell, readability=Readability.EMPTY, text="")
    outcomes = tuple(outcome.but(status=Status.NOT_RUN, detail=why) for outcome in _outcomes(part, blank, ()))
    return Mark(cell=cell, given=None, maximum=part.points, outcomes=outcomes)


def total(marks: Iterable[Mark]) -> Score:
    """Add up marks; what waits for a person counts nothing yet, and is said."""
    marks = tuple(marks)
    pending = any(one.given is None for one in marks)
    return Score(
        given=sum((one.given or NOTHING for one in marks), NOTHING),
        maximum=sum((one.maximum for one in marks), NOTHING),
        progress=Progress.PENDING_MANUAL if pending else Progress.FULLY_GRADED,
    )


def _earned(part: Part, outcomes: Sequence[Outcome]) -> Fraction:
    whole = sum((outcome.maximum for outcome in outcomes), NOTHING)
    share = sum((outcome.given for outcome in outcomes), NOTHING) / whole if whole else NOTHING
    return part.points * share


def _outcomes(part: Part, response: Response, runs: Sequence[CheckRun]) -> tuple[Outcome, ...]:
    if isinstance(part.key, ChoiceKey) and isinstance(part.interaction, Choice):
        return (_choice_outcome(part.interaction, part.key, response),)
    if isinstance(part.key, FieldsKey):
        labels = _labels(part)
        return tuple(_field_outcome(key, labels.get(key.name, key.name), response) for key in part.key.fields)
    if isinstance(part.key, CodeKey):
        return reconcile(part.key, response, runs)
    return ()


def share_of_ticks(right: int, wrong: int, of_right: int, of_wrong: int) -> Fraction:
    """Return what ticking ``right`` of the right and ``wrong`` of the wrong options earns of a multiple choice.

    It is right/of_right − wrong/of_wrong, and never below zero: the true positive rate less the false positive rate
    (Youden's J), so that ticking everything is worth as little as ticking nothing.
    """
    return max(Fraction(right, of_right) - Fraction(wrong, of_wrong), NOTHING)


def _choice_outcome(choice: Choice, key: ChoiceKey, response: Response) -> Outcome:
    letters = read_letters(response.value, choice)
    share, feedback = NOTHING, ""
    if response.readability is Readability.EMPTY:
        status = Status.SKIPPED
    elif response.readability is Readability.UNREADABLE or letters is None:
        status, feedback = Status.ERRORED, "Your answer can't be read as one of the options."
    elif letters == key.letters:
        status, share = Status.PASSED, Fraction(1)
    else:
        status, share = Status.FAILED, _share_of_wrong(choice, key, set(letters))
        feedback = " ".join(key.reasons[letter] for letter in letters if letter in key.reasons)
    title = "The right options are chosen" if choice.multiple else "The right option is chosen"
    return _outcome(response.cell, "answer", status, title=title, feedback=feedback).but(given=share)


def _share_of_wrong(choice: Choice, key: ChoiceKey, letters: set[str]) -> Fraction:
    """Return what a choice that is not the key still earns."""
    if not choice.multiple or key.scoring == "all_or_nothing":
        return NOTHING
    right = len(letters.intersection(key.letters))
    of_right = len(key.letters)
    return share_of_ticks(right, len(letters) - right, of_right, len(choice.options) - of_right)


def _labels(part: Part) -> dict[str, str]:
    fields = part.interaction.fields if isinstance(part.interaction, Fields) else ()
    return {field.name: plain_label(field) for field in fields}


def plain_label(field: Field) -> str:
    """Return a quantity's label as plain text, without emphasis."""
    return field.label.replace("*", "")


def _field_outcome(key: FieldKey, title: str, response: Response) -> Outcome:
    fields = response.value if isinstance(response.value, dict) else {}
    typed = fields.get(key.name)
    status, feedback = _judge_field(key, typed, unreadable=response.readability is Readability.UNREADABLE)
    return _outcome(response.cell, key.name, status, title=title, points=key.points, feedback=feedback)


def _judge_field(key: FieldKey, typed: JsonValue, *, unreadable: bool) -> tuple[Status, str]:
    if unreadable:
        return Status.ERRORED, "Your answer can't be read as numbers."
    if is_blank(typed):
        return Status.SKIPPED, ""
    number = read_number(typed)
    if number is None:
        return Status.ERRORED, "Your answer can't be read as a number."
    if is_near(number, key.value, key.tolerance):
        return Status.PASSED, ""
    for mistake in key.mistakes:
        if is_near(number, mistake.value, key.tolerance):
            return Status.FAILED, mistake.feedback
    return Status.FAILED, ""


def is_near(number: float, value: float | None, tolerance: float) -> bool:
    """Whether an answer counts as the value; an undefined value (``None``) is matched by NaN alone."""
    if value is None or math.isnan(number):
        return value is None and math.isnan(number)
    return abs(number - value) <= tolerance + SAME_DECIMAL


def reconcile(key: CodeKey, response: Response, runs: Sequence[CheckRun]) -> tuple[Outcome, ...]:
    """Give every planned check exactly one outcome; silence is ``NOT_RUN``, and so is a check that reported twice."""
    return tuple(
        _check_outcome(check, response, [run for run in runs if run.name == check.name]) for check in key.checks
    )


def _check_outcome(check: Check, response: Response, runs: list[CheckRun]) -> Outcome:
    if response.readability is Readability.EMPTY and not runs:
        status, feedback, detail = Status.SKIPPED, "", ""
    elif len(runs) != 1:
        status, feedback, detail = Status.NOT_RUN, "", f"{len(runs)} verdicts arrived"
    else:
        run = runs[0]
        status, feedback, detail = run.status, _feedback(run), run.detail
    return _outcome(
        response.cell,
        check.name,
        status,
        title=check.title,
        points=check.points,
        visible=check.visible,
        feedback=feedback,
        detail=detail,
    )


def _feedback(run: CheckRun) -> str:
    """Say how a check ended without a word of what its calls returned, printed or raised."""
    match run.status:
        case Status.ERRORED if run.raised:
            return f"Your code raised {run.raised}."
        case Status.ERRORED:
            return "What your code returned could not be used."
        case Status.TIMED_OUT:
            return "Your code took too long."
        case Status.KILLED:
            return "Your code was stopped: it used too much, or ended the program."
        case Status.NOT_RUN | Status.BROKEN:
            return "This could not be checked; a person will look at it."
        case _:
            return ""


def _outcome(  # noqa: PLR0913 - one value, built in one place
    cell: str,
    check: str,
    status: Status,
    *,
    title: str,
    points: Fraction = Fraction(1),
    visible: bool = False,
    feedback: str = "",
    detail: str = "",
) -> Outcome:
    return Outcome(
        cell=cell,
        check=check,
        title=title,
        status=status,
        given=points if status is Status.PASSED else NOTHING,
        maximum=points,
        visible=visible,
        feedback=feedback,
        detail=detail,
    )
