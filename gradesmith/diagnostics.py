"""Complaints as values: collected by loaders and linters, printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from gradesmith.errors import GradesmithError


class Severity(StrEnum):
    """How bad it is: an error stops, a warning should be read, a note may be."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def shown(path: Path) -> str:
    """Return a path as it is shortest to read: from here if it lies below, else whole."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file; lines and columns count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One complaint: what is wrong, where, about what, and what would be right."""

    code: str
    severity: Severity
    place: Place
    subject: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        about = f"{self.subject}: " if self.subject else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {about}{self.message}{hint}"


@dataclass(slots=True)
class Diagnostics:
    """A growing list of complaints, in the order in which they were found."""

    found: list[Diagnostic] = field(default_factory=list)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self.found, key=lambda one: (str(one.place.path), one.place.line, one.place.column)))

    def error(self, code: str, place: Place, subject: str, message: str, hint: str = "") -> None:
        """Collect one error."""
        self.found.append(
            Diagnostic(code=code, severity=Severity.ERROR, place=place, subject=subject, message=message, hint=hint)
        )

    def add(self, complaints: Iterable[Diagnostic]) -> None:
        """Collect complaints that somebody else has made."""
        self.found.extend(complaints)

    @property
    def errors(self) -> list[Diagnostic]:
        """The complaints that stop, in the order of their places."""
        return [one for one in self if one.severity is Severity.ERROR]


class Rejected(GradesmithError):
    """Input was refused; all its errors are listed, one a line, then what was not done for that."""

    def __init__(self, diagnostics: Diagnostics, undone: str = "") -> None:
        self.diagnostics = diagnostics
        lines = [str(one) for one in diagnostics.errors]
        count = f"{len(lines)} error" + ("s" if len(lines) != 1 else "")
        super().__init__("\n".join([*lines, f"{count}; {undone}" if undone else count]))
