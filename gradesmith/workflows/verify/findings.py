"""Collects what is found about one question, each with the file and line that it is about."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from gradesmith.diagnostics import Diagnostic, Place, Severity
from gradesmith.model.certificates import Remark
from gradesmith.model.questions import Question

# A certificate says what is true of a question on any machine and on any day.
MEASURED = frozenset({"slow-checks"})


@dataclass(slots=True)
class Findings:
    """The growing list of findings about one question; ``place`` is where the question stands."""

    question: Question
    place: Place
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Note what must be mended before the question is used."""
        self._add(Severity.ERROR, code, message, hint, place)

    def warning(self, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Note what should be mended."""
        self._add(Severity.WARNING, code, message, hint, place)

    def note(self, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Note what is good to know."""
        self._add(Severity.NOTE, code, message, hint, place)

    @property
    def stop(self) -> bool:
        """Whether the question may not be used."""
        return any(one.severity is Severity.ERROR for one in self.found)

    def remarks(self) -> tuple[Remark, ...]:
        """What goes into the certificate: all but what a clock said."""
        return tuple(
            Remark(code=one.code, severity=str(one.severity), message=one.message, hint=one.hint)
            for one in self.found
            if one.code not in MEASURED
        )

    def recall(self, remarks: Iterable[Remark]) -> None:
        """Note what a certificate remembers."""
        for one in remarks:
            self._add(Severity(one.severity), one.code, one.message, one.hint, None)

    def at(self, name: str, line: int = 1) -> Place:
        """Return a place in one of the files beside the question."""
        return Place(path=self.place.path.parent / name, line=line)

    def _add(self, severity: Severity, code: str, message: str, hint: str, place: Place | None) -> None:
        self.found.append(
            Diagnostic(
                code=code,
                severity=severity,
                place=place or self.place,
                subject=self.question.id,
                message=message,
                hint=hint,
            )
        )


def line_of(source: str, name: str) -> int:
    """Return the line at which a function is defined, or 1."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return next((node.lineno for node in functions if node.name == name), 1)
