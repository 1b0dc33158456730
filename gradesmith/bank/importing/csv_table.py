"""CSV: the columns ``question``, ``a``, ``b`` … (or ``option 1`` …), ``answer`` and, if there, ``explanation``.

Commas, semicolons or tabs separate them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from gradesmith.bank.importing.answers import marked
from gradesmith.bank.importing.drafts import Draft, Source

OPTION = re.compile(r"[a-z]|option[ _-]?\w+")
HEADER = "begin with a line: question,a,b,c,d,answer"


def read(source: Source) -> Iterator[Draft]:
    """Yield the questions; an answer is the text of an option or its letter, several letters as in "A, C"."""
    first = source.text.split("\n", 1)[0]
    table = csv.DictReader(io.StringIO(source.text), delimiter=max(",;\t", key=first.count), strict=True)
    line = 2
    try:
        names = {name.strip().casefold(): name for name in table.fieldnames or ()}
        columns = [name for short, name in names.items() if OPTION.fullmatch(short)]
        if not {"question", "answer"} <= names.keys() or len(columns) < 2:
            source.complain(1, "the columns question, a, b and answer are expected", HEADER)
            return
        for row in table:
            yield from _drafts(row, names, columns, source, line)
            line = table.line_num + 1
    except csv.Error as error:
        source.complain(line, f"this is not CSV: {error}", HEADER)


def _drafts(
    row: dict[str, str | None], names: dict[str, str], columns: list[str], source: Source, line: int
) -> Iterator[Draft]:
    """Yield the question of one row, if it is one."""
    options = [text for name in columns if (text := (row[name] or "").strip())]
    found = marked(options, [row[names["answer"]] or ""])
    if isinstance(found, str):
        source.complain(line, found, "write one of the options, or its letter")
        return
    explanation = row[names["explanation"]] if "explanation" in names else ""
    yield Draft(line=line, prompt=row[names["question"]] or "", options=found, explanation=explanation or "")
