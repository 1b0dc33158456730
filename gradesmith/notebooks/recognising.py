"""Tells by what a notebook's locked cells say whose form it is: names are shared, questions are not.

What a notebook's metadata says can't tell forms apart, as all forms of an assessment share one skeleton of cells.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gradesmith.model.assessments import Form
from gradesmith.notebooks.skeleton import Role, SkeletonCell, telling_cells

Whose = Callable[[Mapping[str, str]], str]
"""Says of locked cells that are not the student's own (text by cell) of which other form they are; "" if of none."""

TELLING: frozenset[Role] = frozenset({"title", "prompt"})
FEW = 4


def nobodys(_texts: Mapping[str, str]) -> str:
    """Know of no other forms."""
    return ""


def words(text: str) -> str:
    """Return a text with its white space evened out, which editors change unasked."""
    return " ".join(text.split())


def tells(cell: SkeletonCell) -> bool:
    """Whether a cell tells which form it is of."""
    return cell.role in TELLING and bool(cell.starter.strip())


def known_cells(forms: Iterable[tuple[Form, str]]) -> dict[str, tuple[str, ...]]:
    """Return of which forms a cell is, by a fingerprint of its name and text.

    Each form comes with words for those who have it, which complete "form K7QX, …".
    """
    known: dict[str, list[str]] = {}
    for form, owners in forms:
        for cell in telling_cells(form):
            known.setdefault(_fingerprint(*cell), []).append(f"form {form.code}, {owners}")
    return {fingerprint: tuple(labels) for fingerprint, labels in known.items()}


@dataclass(frozen=True, slots=True)
class OtherForms:
    """All forms of an assessment that a notebook may be of, as `known_cells` has them."""

    known: Mapping[str, Sequence[str]]

    def whose(self, texts: Mapping[str, str]) -> str:
        """Say of which form these locked cells are, "" if of none: the one that most of them are of."""
        matched = {cell: self.known.get(_fingerprint(cell, text), ()) for cell, text in texts.items()}
        votes = Counter(label for labels in matched.values() for label in labels)
        if not votes:
            return ""
        label, count = max(votes.items(), key=lambda vote: vote[1])
        cells = [cell for cell, labels in matched.items() if label in labels]
        named = ", ".join(cells[:FEW]) + (", …" if count > FEW else "")
        return f"it is, at least in part, another form than this student's: {named} are of {label}"


def _fingerprint(cell: str, text: str) -> str:
    return hashlib.sha256(f"{cell}\0{words(text)}".encode(errors="replace")).hexdigest()[:24]
