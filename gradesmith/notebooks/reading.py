"""Reads a submitted notebook against its form: the form says what exists, the notebook's metadata is a claim."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from gradesmith.model.assessments import Form
from gradesmith.model.runs import Note
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton

TYPES = ("code", "markdown", "raw")


class Unreadable(Exception):
    """The file is no notebook that could be read; the text says why."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _RawCell:
    """One cell as it stands in the file: what it claims to be, and what it holds."""

    claim: str
    type: str
    source: str


def read_notebook(content: bytes, form: Form) -> FoundNotebook:
    """Read a submitted notebook and mend it against the form.

    Raises:
        Unreadable: When the content is no notebook at all.
    """
    raw = _raw_cells(content)
    planned = {one.id: one for one in skeleton(form)}
    notes: list[Note] = []
    chosen = _choose(raw, planned, notes)
    cells = tuple(_in_order(raw, planned, chosen, notes))
    return FoundNotebook(cells=cells, notes=tuple(notes))


def empty_notebook(form: Form) -> FoundNotebook:
    """Return the form with every answer empty, for a submission that can't be read."""
    cells = (
        FoundCell(id=one.id, type=one.type, source="" if one.answers else one.starter, planned=one)
        for one in skeleton(form)
    )
    return FoundNotebook(cells=tuple(cells), notes=())


def _raw_cells(content: bytes) -> list[_RawCell]:
    if not content.strip():
        message = "the file is empty"
        raise Unreadable(message)
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = "the file is not UTF-8 text"
        raise Unreadable(message) from None
    except (ValueError, RecursionError):
        message = "the file is not a notebook (not JSON)"
        raise Unreadable(message) from None
    return [_raw_cell(cell) for cell in _cells_of(parsed) if isinstance(cell, dict)]


def _cells_of(parsed: Any) -> list[Any]:
    if isinstance(parsed, dict) and isinstance(parsed.get("worksheets"), list):
        parsed = _upgraded(parsed)
    cells = parsed.get("cells") if isinstance(parsed, dict) else None
    if not isinstance(cells, list):
        message = "the file is JSON, but not a notebook: it has no cells"
        raise Unreadable(message)
    return cells


def _upgraded(parsed: dict[str, Any]) -> Any:
    try:
        return nbformat.convert(nbformat.from_dict(parsed), 4)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, nbformat.ValidationError):
        message = "the file is a notebook of an old format that can't be converted"
        raise Unreadable(message) from None


def _raw_cell(cell: dict[str, Any]) -> _RawCell:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    claim = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    text = _plain(source) if isinstance(source, str) else ""
    kind = cell.get("cell_type")
    return _RawCell(
        # A cell whose metadata an editor dropped is still known by the id that nbformat 4.5 gives it.
        claim=next((one for one in (claim, cell.get("id")) if isinstance(one, str) and one), ""),
        type=kind if kind in TYPES else "raw",
        source=text,
    )


def _plain(text: str) -> str:
    """Return text with plain line ends, and without the halves of characters that JSON lets through."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _choose(raw: Sequence[_RawCell], planned: dict[str, SkeletonCell], notes: list[Note]) -> dict[str, int]:
    """Choose, for each planned cell that is there, the position that stands for it.

    Of answers it is the first answered copy, of locked cells the first unchanged one.
    """
    chosen: dict[str, int] = {}
    for name, cell in planned.items():
        copies = [number for number, one in enumerate(raw) if one.claim == name]
        if not copies:
            continue
        better = [number for number in copies if is_untouched(cell, raw[number].source) is not cell.answers]
        chosen[name] = (better or copies)[0]
        if len(copies) > 1 and cell.answers:
            text = f"the cell {name} stood there {len(copies)} times; the first answered copy counts"
            notes.append(Note(about="repair", cell=name, message=text))
    return chosen


def is_untouched(cell: SkeletonCell, source: str) -> bool:
    """Whether nothing was written: the answer is blank, or still what was handed out."""
    return not source.strip() or source.strip() == cell.starter.strip()


def _in_order(
    raw: Sequence[_RawCell], planned: dict[str, SkeletonCell], chosen: dict[str, int], notes: list[Note]
) -> Iterator[FoundCell]:
    strangers = _strangers(raw, planned, chosen)
    yield from strangers.get("", ())
    places = [chosen[name] for name in planned if name in chosen]
    if places != sorted(places):
        notes.append(Note(about="repair", message="cells had been moved; they were put back into their order"))
    for name, cell in planned.items():
        found = raw[chosen[name]] if name in chosen else None
        yield _mended(cell, found, notes)
        yield from strangers.get(name, ())


def _strangers(
    raw: Sequence[_RawCell], planned: dict[str, SkeletonCell], chosen: dict[str, int]
) -> dict[str, list[FoundCell]]:
    """Gather the student's own cells by the planned cell that they follow; further copies are left out."""
    gathered: dict[str, list[FoundCell]] = {}
    positions = {number: name for name, number in chosen.items()}
    anchor = ""
    for number, one in enumerate(raw):
        if number in positions:
            anchor = positions[number]
        elif one.claim not in planned:
            stranger = FoundCell(id=f"extra-{number:03}", type=one.type, source=one.source)
            gathered.setdefault(anchor, []).append(stranger)
    return gathered


def _mended(cell: SkeletonCell, found: _RawCell | None, notes: list[Note]) -> FoundCell:
    """Return a planned cell with the student's answer, or with what was handed out if it is locked."""
    if found is None:
        what = "put back empty" if cell.answers else "put back"
        notes.append(Note(about="repair", cell=cell.id, message=f"the cell {cell.id} was missing; it was {what}"))
    elif not cell.answers and found.source.strip() != cell.starter.strip():
        text = f"the locked cell {cell.id} had been changed; it was restored"
        notes.append(Note(about="attempt" if cell.role == "check" else "repair", cell=cell.id, message=text))
    if not cell.answers:
        source = cell.starter
    else:
        source = found.source if found is not None else ""
        if found is not None and found.type != cell.type:
            text = f"the cell {cell.id} had become {found.type}; it counts as {cell.type} again"
            notes.append(Note(about="repair", cell=cell.id, message=text))
    return FoundCell(id=cell.id, type=cell.type, source=source, planned=cell)
