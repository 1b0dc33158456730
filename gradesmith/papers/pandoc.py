"""The door to pandoc, which runs as a program of its own: Markdown to the formats of papers.

What it reads is data. Raw HTML and TeX are words, no file but those named here is read, and nothing is fetched.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

from pydantic import JsonValue

from gradesmith.errors import GradesmithError

PATIENCE_SECONDS = 300
MISSING = "papers need typst and pandoc, which are not installed here"
INSTALL = "pip install 'gradesmith[papers]'"

Target = Literal["typst", "html", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """A text of Markdown to be converted; its headings sink by ``sink`` levels.

    ``pictures`` says where they are found: by name, a place or a ``data:`` address.
    """

    text: str
    sink: int = 0
    pictures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What became of some texts, in their order; ``unset`` are formulas that stay as they are written."""

    fragments: tuple[str, ...]
    unset: tuple[str, ...] = ()


def convert(texts: Sequence[Markdown], to: Target) -> Converted:
    """Convert texts, each by itself, in one run of pandoc.

    Typst fragments use the functions of ``layout.typ``; ``json`` is pandoc's own form, a list of blocks.

    Raises:
        GradesmithError: When pandoc is not installed or does not do it.
    """
    wanted = [{"text": one.text, "sink": one.sink, "files": dict(one.pictures)} for one in texts]
    job = json.dumps({"to": to, "texts": wanted}).encode()
    with as_file(files("gradesmith.papers") / "fragments.lua") as script:
        answer = json.loads(_run(["lua", "-E", str(script)], job))
    return Converted(fragments=tuple(answer["fragments"]), unset=tuple(answer["unset"]))


def docx(document: Mapping[str, JsonValue], reference: bytes) -> bytes:
    """Return a document in pandoc's own form as a Word file that looks like the reference.

    Raises:
        GradesmithError: When pandoc is not installed or does not do it.
    """
    with tempfile.TemporaryDirectory() as folder:
        look = Path(folder, "reference.docx")
        look.write_bytes(reference)
        command = ["--from=json", "--to=docx", "--sandbox", f"--reference-doc={look}", "--output=-"]
        return _run(command, json.dumps(document).encode())


def default_reference() -> bytes:
    """Return the Word file whose styles pandoc uses unless it is given another."""
    return _run(["--print-default-data-file=reference.docx"], b"")


def _run(arguments: Sequence[str], given: bytes) -> bytes:
    try:
        done = subprocess.run(
            [_program(), *arguments], input=given, capture_output=True, check=False, timeout=PATIENCE_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GradesmithError(f"pandoc did not do its work: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise GradesmithError(f"pandoc did not do its work (it ended with {done.returncode}): {said}")
    return done.stdout


def _program() -> str:
    try:
        from pypandoc import get_pandoc_path  # noqa: PLC0415 - an extra that may be missing

        return str(get_pandoc_path())
    except (ImportError, OSError) as error:
        raise GradesmithError(MISSING, INSTALL) from error
