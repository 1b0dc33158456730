"""The door to typst: its source to PDF, without a network, a file of the computer's or a package of somebody's."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from gradesmith.errors import GradesmithError
from gradesmith.papers.pandoc import INSTALL, MISSING

MAIN = "main.typ"
LOOKS = ("layout.typ", "print.tmTheme")
# Up to here in Unicode the fonts that ship with typst know the letters of names; beyond, signs and mathematics.
LAST_LETTER = 0x058F
SIGNS = range(0x1D00, 0x2E00)
MATHEMATICS = range(0x1D400, 0x1D800)


def pdf(source: str, pictures: Mapping[str, bytes]) -> bytes:
    """Typeset a source that may use ``layout.typ`` and these pictures; the PDF is tagged, for those who hear it.

    Fonts of the computer are asked only where the source has letters that typst's own fonts lack: a name in Chinese,
    say. It bears no date, so the same source gives the same bytes.

    Raises:
        GradesmithError: When typst is not installed, or refuses the source.
    """
    typst = _typst()
    looks = {name: (files("gradesmith.papers") / name).read_bytes() for name in LOOKS}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {MAIN: source.encode(), **looks, **pictures}.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        try:
            made = typst.compile(
                str(Path(folder, MAIN)),
                root=folder,
                format="pdf",
                ignore_system_fonts=not _has_rare_letters(source),
                timestamp=0,
            )
        except typst.TypstError as error:
            raise GradesmithError(f"typst can't set the paper: {error.diagnostic or error.message}") from error
    return bytes(made)


def _typst() -> Any:
    try:
        import typst  # noqa: PLC0415 - an extra that may be missing
    except ImportError as error:
        raise GradesmithError(MISSING, INSTALL) from error
    return typst


def _has_rare_letters(text: str) -> bool:
    return any(
        code > LAST_LETTER and code not in SIGNS and code not in MATHEMATICS for code in map(ord, frozenset(text))
    )


def literal(text: str) -> str:
    """Return a text as a string of typst's, whatever stands in it."""
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\u{{{ord(one):x}}}" for one in kept) + '"'
