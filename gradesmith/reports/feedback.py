"""The page one student gets back: what they answered, what it earned, and what to learn from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from gradesmith import markdown
from gradesmith.model.assessments import Form, Slot
from gradesmith.model.outcomes import Mark, Progress, Score
from gradesmith.model.runs import Note
from gradesmith.model.submissions import GradedSubmission, Readability, Response
from gradesmith.reports import wording
from gradesmith.reports.answers import EMPTY, WAITING, Answered, Verdict, answered, verdict_on
from gradesmith.rules.scoring import total
from gradesmith.rules.settling import settled
from gradesmith.templates import Markup, page

NO_MARKS: Mapping[str, Fraction] = MappingProxyType({})
NO_COMMENTS: Mapping[str, str] = MappingProxyType({})
CONCERNS_STUDENT = frozenset({"repair", "reading"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its answers. ``explanation`` is empty until the marks are final."""

    number: int
    name: str
    title: Markup
    prompt: Markup
    parts: tuple[Answered, ...]
    points: str
    maximum: str
    verdict: Verdict
    explanation: Markup
    notes: tuple[str, ...]


def feedback_page(
    form: Form,
    graded: GradedSubmission,
    student_name: str,
    manual: Mapping[str, Fraction] = NO_MARKS,
    comments: Mapping[str, str] = NO_COMMENTS,
) -> str:
    """Return one student's feedback as a page that needs no other file.

    ``manual`` holds the points that people gave, by answer cell, and ``comments`` what they wrote to the student. The
    page tells no expected value, no hidden check's source or detail, and not which option would have been right; a
    question's explanation, written by its author to be read afterwards, appears once its marks are final.
    """
    after = settled(graded, manual)
    score = after.score
    questions = tuple(_question(number, slot, after, comments) for number, slot in enumerate(form.slots, start=1))
    asked = {cell for slot in form.slots for cell in _cells(slot)}
    names = {
        "title": form.title,
        "form": form.code,
        "student": wording.clean(student_name, 200),
        "submitted": _submitted(graded),
        "given": wording.points(score.given),
        "maximum": wording.points(score.maximum),
        "share": float(score.given / score.maximum) if score.maximum else 0.0,
        "final": score.progress is Progress.FULLY_GRADED,
        "progress": _progress(score, questions),
        "deduction": _deduction(graded),
        "notes": _notes(note for note in graded.notes if note.cell not in asked),
        "questions": questions,
    }
    return page("feedback", names)


def _submitted(graded: GradedSubmission) -> str:
    if graded.on_paper:
        return f"on paper, {wording.day(graded.submitted)}"
    return f"handed in {wording.moment(graded.submitted)}"


def _question(number: int, slot: Slot, graded: GradedSubmission, comments: Mapping[str, str]) -> Question:
    marks = {mark.cell: mark for mark in graded.marks}
    responses = {response.cell: response for response in graded.responses}
    cells = dict(zip(_cells(slot), slot.variant.parts, strict=True))
    shown = {cell: marks.get(cell) or Mark(cell=cell, given=None, maximum=part.points) for cell, part in cells.items()}
    parts = tuple(
        answered(part, responses.get(cell) or _nothing(cell), shown[cell], comments.get(cell, ""))
        for cell, part in cells.items()
    )
    whole = _whole(slot, tuple(shown.values()))
    final = whole.given is not None
    return Question(
        number=number,
        name=slot.name,
        title=markdown.inline(slot.variant.title),
        prompt=markdown.block(slot.variant.prompt, slot.variant.files),
        parts=parts,
        points=wording.points(whole.given),
        maximum=wording.points(whole.maximum),
        verdict=verdict_on(whole, empty=all(part.verdict is EMPTY for part in parts)),
        explanation=markdown.block(slot.variant.explanation, slot.variant.files) if final else Markup(),
        notes=_notes(note for note in graded.notes if note.cell in cells),
    )


def _cells(slot: Slot) -> tuple[str, ...]:
    return tuple(slot.cell(part.name) for part in slot.variant.parts)


def _nothing(cell: str) -> Response:
    return Response(cell=cell, readability=Readability.EMPTY, text="")


def _whole(slot: Slot, marks: tuple[Mark, ...]) -> Mark:
    """Add up a question's parts; it has no mark while one of them has none."""
    score = total(marks)
    given = score.given if score.progress is Progress.FULLY_GRADED else None
    return Mark(cell=slot.name, given=given, maximum=score.maximum)


def _notes(notes: Iterable[Note]) -> tuple[str, ...]:
    """Return what the student should know: what was mended and how an answer was read, and nothing else."""
    return tuple(wording.clean(note.message, 1000) for note in notes if note.about in CONCERNS_STUDENT)


def _progress(score: Score, questions: tuple[Question, ...]) -> str:
    waiting = sum(part.verdict is WAITING for question in questions for part in question.parts)
    if score.progress is Progress.FULLY_GRADED:
        return "Everything is marked."
    if waiting and score.progress is Progress.PENDING_MANUAL:
        one = waiting == 1
        return (
            f"{wording.counted(waiting, 'answer')} will still be read by a person, so this is your score so far; "
            f"{'it counts' if one else 'they count'} 0 until then, and your score can only rise."
        )
    return "Your submission is still being looked at, so this is not your final score."


def _deduction(graded: GradedSubmission) -> str:
    """Say what was taken off the marks as a whole, for lateness, or nothing."""
    difference = total(graded.marks).given - graded.score.given
    return wording.points(difference) if difference > 0 else ""
