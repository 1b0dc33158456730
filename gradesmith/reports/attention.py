"""What the instructor should look at: submissions that need a person, notes, and answers still to be marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gradesmith import markdown
from gradesmith.model.assessments import Form
from gradesmith.model.outcomes import Status
from gradesmith.model.runs import Note
from gradesmith.model.submissions import GradedSubmission, Readability, State
from gradesmith.reports import wording
from gradesmith.reports.sheet import Item, Sheet, lies_aside
from gradesmith.rules.settling import settled
from gradesmith.templates import Markup

WHY = {Status.NOT_RUN: "did not run", Status.BROKEN: "is broken"}
MENDED = frozenset({"repair", "reading"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about one student's submission; all of it is plain text."""

    student: str
    cell: str
    message: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMark:
    """An answer cell that people mark: how many answers have their points, and how many wait."""

    cell: str
    title: Markup
    waiting: int
    answers: int


def for_a_person(
    results: Sequence[GradedSubmission], forms: Sequence[Form], manual: Mapping[str, Mapping[str, Fraction]]
) -> tuple[Remark, ...]:
    """Say which submissions need a person, and why; what a manual mark has settled is left out."""
    known = {form.digest for form in forms}
    return tuple(remark for graded in results for remark in _reasons(graded, known, manual.get(graded.student, {})))


def noted(results: Sequence[GradedSubmission], kinds: frozenset[str]) -> tuple[Remark, ...]:
    """Return the notes of these kinds, in the order of the submissions."""
    return tuple(_remark(graded, note) for graded in results for note in graded.notes if note.about in kinds)


def mended(results: Sequence[GradedSubmission], manual: Mapping[str, Mapping[str, Fraction]]) -> tuple[Remark, ...]:
    """Return what was put right: repairs, readings, and runs that were stopped although everything is judged."""
    return tuple(
        _remark(graded, note)
        for graded in results
        for note in graded.notes
        if note.about in MENDED or (note.about == "engine" and not _for_the_instructor(_after(graded, manual), note))
    )


def to_mark(sheet: Sheet, all_items: Sequence[Item]) -> tuple[ToMark, ...]:
    """Count for every answer cell that has answers waiting how many there are; submissions aside have none to mark."""
    answers: dict[tuple[str, str], list[bool]] = {}
    for item in all_items:
        for row, cell, _ in sheet.parts(item):
            mark = sheet.sittings[row].mark(cell)
            answers.setdefault((cell, item.title), []).append(mark is None or mark.given is None)
    return tuple(
        ToMark(cell=cell, title=markdown.inline(title), waiting=sum(waiting), answers=len(waiting))
        for (cell, title), waiting in answers.items()
        if any(waiting)
    )


def _reasons(graded: GradedSubmission, known: set[str], manual: Mapping[str, Fraction]) -> Iterator[Remark]:
    if graded.state is State.UNREGISTERED:
        yield _said(graded, "is not on the class list, so it does not count in the figures")
        return
    if graded.form not in known:
        yield _said(
            graded, f"answers the form {wording.clean(graded.form, 200)[:12]}, which is not among those given out"
        )
    if not graded.marks:
        yield _said(graded, "could not be marked at all")
    else:
        yield from _what_waits(graded, manual)


def _what_waits(graded: GradedSubmission, manual: Mapping[str, Fraction]) -> Iterator[Remark]:
    after = settled(graded, manual)
    notes = [_remark(graded, note) for note in graded.notes if _for_the_instructor(after, note)]
    if lies_aside(after):
        yield from notes or [_said(graded, "nothing in it could be marked")]
        return
    found = [*_unjudged(graded, manual), *_unreadable(graded, manual), *notes]
    yield from found
    if graded.state is State.FOR_A_PERSON and not found and not manual:
        yield _said(graded, "was left for a person")


def _for_the_instructor(settled_one: GradedSubmission, note: Note) -> bool:
    """Whether a note asks for a person: only while marks wait, and of the run only what left them waiting."""
    own = [mark for mark in settled_one.marks if mark.cell == note.cell] or settled_one.marks
    waiting = [mark for mark in own if mark.given is None]
    if note.about == "person":
        return bool(waiting)
    return note.about == "engine" and any(outcome.status.ours for mark in waiting for outcome in mark.outcomes)


def _unjudged(graded: GradedSubmission, manual: Mapping[str, Fraction]) -> Iterator[Remark]:
    """Yield one remark for every answer with checks that our side failed to judge."""
    for mark in graded.marks:
        outcomes = [outcome for outcome in mark.outcomes if outcome.status.ours and mark.cell not in manual]
        if outcomes:
            checks = "; ".join(f"“{wording.clean(one.title, 200)}” {WHY[one.status]}" for one in outcomes)
            details = dict.fromkeys(wording.clean(one.detail, 300) for one in outcomes if one.detail)
            yield Remark(
                student=wording.cell(graded.student), cell=mark.cell, message=checks, detail="\n".join(details)
            )


def _unreadable(graded: GradedSubmission, manual: Mapping[str, Fraction]) -> Iterator[Remark]:
    for response in graded.responses:
        if response.readability is Readability.UNREADABLE and response.cell not in manual:
            yield Remark(
                student=wording.cell(graded.student),
                cell=response.cell,
                message="the answer could not be read",
                detail=wording.clean(response.text, 200),
            )


def _after(graded: GradedSubmission, manual: Mapping[str, Mapping[str, Fraction]]) -> GradedSubmission:
    return settled(graded, manual.get(graded.student, {}))


def _said(graded: GradedSubmission, message: str) -> Remark:
    return Remark(student=wording.cell(graded.student), cell="", message=message)


def _remark(graded: GradedSubmission, note: Note) -> Remark:
    return Remark(
        student=wording.cell(graded.student), cell=wording.cell(note.cell), message=wording.cell(note.message, 500)
    )
