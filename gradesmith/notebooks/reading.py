"""Reads a submitted notebook against its form: the form says what exists, the notebook's metadata is a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gradesmith.model.assessments import Form
from gradesmith.model.runs import Note
from gradesmith.notebooks.matching import Match, match_cells
from gradesmith.notebooks.parsing import RawCell, raw_cells
from gradesmith.notebooks.recognising import Whose, nobodys
from gradesmith.notebooks.skeleton import Role, SkeletonCell, skeleton

COUNTING: frozenset[Role] = frozenset({"setup", "check"})  # the cells that count points in a plain notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCell:
    """One cell as it will be graded: one of the form's (``planned``), or a stranger that the student added."""

    id: str
    type: str
    source: str
    planned: SkeletonCell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNotebook:
    """A submission put into the order of its form: every planned cell exactly once, strangers where they stood."""

    cells: tuple[FoundCell, ...]
    notes: tuple[Note, ...]

    def answer(self, cell: str) -> str:
        """Return what stands in an answer cell."""
        return next(one.source for one in self.cells if one.id == cell)


def read_notebook(content: bytes, form: Form, earlier: Sequence[Form] = (), whose: Whose = nobodys) -> FoundNotebook:
    """Read a submitted notebook and mend it against the form.

    A test cell that stands as it did in an ``earlier`` form was handed out that way, so nobody has changed it.
    ``whose`` knows the questions of the other students.

    Raises:
        Unreadable: When the content is no notebook at all, or that of another assessment or student.
    """
    notes: list[Note] = []
    raw = raw_cells(content, notes)
    planned = {one.id: one for one in skeleton(form)}
    found = match_cells(raw, planned, notes, whose)
    found |= dict(_handed_out_so(planned, found, earlier))
    cells = tuple(_in_order(raw, planned, found, notes))
    return FoundNotebook(cells=cells, notes=tuple(notes))


def _handed_out_so(
    planned: Mapping[str, SkeletonCell], found: Mapping[str, Match], earlier: Sequence[Form]
) -> Iterator[tuple[str, Match]]:
    """Yield the test cells that stand as an earlier form had them, each with the text of the form that counts."""
    for cell in (one for form in earlier for one in skeleton(form) if one.role == "check"):
        match = found.get(cell.id)
        if match and cell.id in planned and match.source.strip() == cell.starter.strip():
            yield cell.id, replace(match, source=planned[cell.id].starter)


def empty_notebook(form: Form) -> FoundNotebook:
    """Return the form with every answer empty, for a submission that can't be read."""
    cells = (
        FoundCell(id=one.id, type=one.type, source="" if one.answers else one.starter, planned=one)
        for one in skeleton(form)
    )
    return FoundNotebook(cells=tuple(cells), notes=())


def _in_order(
    raw: Sequence[RawCell], planned: Mapping[str, SkeletonCell], found: Mapping[str, Match], notes: list[Note]
) -> Iterator[FoundCell]:
    strangers = _strangers(raw, planned, found)
    yield from strangers.get("", ())
    places = [found[name].places[0] for name in planned if name in found and found[name].places]
    if places != sorted(places):
        notes.append(Note(about="repair", message="cells had been moved; they were put back into their order"))
    for name, cell in planned.items():
        yield _mended(cell, found.get(name), notes)
        yield from strangers.get(name, ())


def _strangers(
    raw: Sequence[RawCell], planned: Mapping[str, SkeletonCell], found: Mapping[str, Match]
) -> dict[str, list[FoundCell]]:
    """Gather the student's own cells by the planned cell that they follow; further copies are left out."""
    gathered: dict[str, list[FoundCell]] = {}
    positions = {at: name for name, match in found.items() for at in match.places}
    anchor = ""
    for number, one in enumerate(raw):
        if number in positions:
            anchor = positions[number]
        elif not any(name in planned for name in one.names):
            stranger = FoundCell(id=f"extra-{number:03}", type=one.type, source=one.source)
            gathered.setdefault(anchor, []).append(stranger)
    return gathered


def _tells(cell: SkeletonCell, source: str) -> bool:
    """Whether a change to a locked cell is more than wear: other code where points are counted.

    Whoever rewords a prompt or plays with a demonstration is after no points, and editors change white space unasked.
    """
    return cell.role in COUNTING and "".join(source.split()) != "".join(cell.starter.split())


def _mended(cell: SkeletonCell, found: Match | None, notes: list[Note]) -> FoundCell:
    """Return a planned cell with the student's answer, or with what was handed out if it is locked."""
    if found is None:
        what = "put back empty" if cell.answers else "put back"
        notes.append(Note(about="repair", cell=cell.id, message=f"the cell {cell.id} was missing; it was {what}"))
    elif not cell.answers and found.source.strip() != cell.starter.strip():
        text = f"the locked cell {cell.id} had been changed; it was restored"
        notes.append(Note(about="attempt" if _tells(cell, found.source) else "repair", cell=cell.id, message=text))
    if not cell.answers:
        source = cell.starter
    else:
        source = found.source if found is not None else ""
        if found is not None and found.type != cell.type:
            text = f"the cell {cell.id} had become {found.type}; it counts as {cell.type} again"
            notes.append(Note(about="repair", cell=cell.id, message=text))
    return FoundCell(id=cell.id, type=cell.type, source=source, planned=cell)
