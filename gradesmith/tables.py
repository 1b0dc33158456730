"""Reads a table that a person has typed or a spreadsheet has saved: fields by column, each with its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gradesmith.diagnostics import Diagnostics, Place

SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One row: what stands in each column, without the space around it, and where."""

    path: Path
    line: int
    typed: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, column: str) -> Place:
        """Where a column of this row stands in the file; the column counts characters."""
        return Place(path=self.path, line=self.line, column=self.columns.get(column, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """A header and its rows; rows in which nothing is typed at all are left out."""

    header: tuple[str, ...] = ()
    rows: tuple[TypedRow, ...] = ()


def read_table(path: Path, code: str, diagnostics: Diagnostics) -> TypedTable:
    """Read a CSV file in UTF-8 whose fields are parted by commas, semicolons or tabs.

    What is wrong is collected under a ``code``, and the rows concerned are left out.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        diagnostics.error(code, Place(path=path), "", f"can't be read: {error.strerror}")
        return TypedTable()
    except UnicodeDecodeError:
        diagnostics.error(code, Place(path=path), "", "can't be read: this is not UTF-8", "save it as CSV in UTF-8")
        return TypedTable()
    lines = text.splitlines()
    separator = max(SEPARATORS, key=(lines[0] if lines else "").count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = tuple(name.strip() for name in next(reader, []))
        found = [(reader.line_num, fields) for fields in reader]
    except csv.Error as error:
        place = Place(path=path, line=max(reader.line_num, 1))
        diagnostics.error(code, place, "", f"this is not CSV: {error}", "save the table as CSV with commas")
        return TypedTable()
    rows = []
    for line, fields in found:
        if len(fields) > len(header) and any(one.strip() for one in fields[len(header) :]):
            message = f"this row has {len(fields)} fields, the header {len(header)}"
            hint = "put text that holds the separator between quotes"
            diagnostics.error(code, Place(path=path, line=line), "", message, hint)
        elif any(one.strip() for one in fields):
            places = dict(zip(header, _starts(lines[line - 1], separator), strict=False))
            typed = dict(zip(header, (one.strip() for one in fields), strict=False))
            rows.append(TypedRow(path=path, line=line, typed=typed, columns=places))
    return TypedTable(header=header, rows=tuple(rows))


def _starts(line: str, separator: str) -> list[int]:
    """Return where the fields of a line begin, counting from 1."""
    field = re.compile(rf'(?:"(?:[^"]|"")*"|[^{re.escape(separator)}])*(?:{re.escape(separator)}|$)')
    starts, at = [], 0
    while at <= len(line):
        starts.append(at + 1)
        found = field.match(line, at)
        if found is None or found.end() <= at or found.end() == len(line):
            break
        at = found.end()
    return starts
