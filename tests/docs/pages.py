"""What stands in the pages of the documentation: fenced blocks with their marks, links, headings.

A mark is a comment on the line above a block:

* ``<!-- file: PATH -->`` the block is written to this file of the page's course before its commands run;
* ``<!-- output -->`` what the commands print is compared with what stands there;
* ``<!-- exit: 1 -->`` the commands end with this code;
* ``<!-- not run: REASON -->`` the commands are not run, and why;
* ``<!-- student -->`` a notebook, ``<!-- check: PASSED -->`` a check of it and how it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = re.compile(r"<!-- ([a-z ]+?)(?:: (.*?))? -->")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """One fenced block; ``line`` is its first line of content, counted from 0."""

    page: Path
    line: int
    language: str
    lines: tuple[str, ...]
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line + 1}"

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path
    text: str
    blocks: tuple[Block, ...]

    @property
    def prose(self) -> str:
        """Everything outside fenced blocks."""
        inside = {number for block in self.blocks for number in range(block.line, block.line + len(block.lines))}
        return "\n".join(line for number, line in enumerate(self.text.split("\n")) if number not in inside)

    @property
    def links(self) -> list[str]:
        return [target for target in LINK.findall(self.prose) if not re.match(r"[a-z]+:", target)]

    @property
    def anchors(self) -> set[str]:
        """The names of its headings, as GitHub makes them."""
        headings = re.findall(r"^#+ (.+)$", self.prose, flags=re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def all_pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    return Page(path=path, text=text, blocks=tuple(_blocks(path, text.split("\n"))))


def _blocks(path: Path, lines: list[str]) -> Iterator[Block]:
    marks: dict[str, str] = {}
    start, language = None, ""
    for number, line in enumerate(lines):
        if start is not None:
            if line.startswith("```"):
                yield Block(path, start, language, tuple(lines[start:number]), marks)
                start, marks = None, {}
        elif line.startswith("```"):
            start, language = number + 1, line[3:].strip()
        elif found := MARK.fullmatch(line):
            marks[found[1]] = found[2] or ""
        else:
            marks = {}
    assert start is None, f"{path}: a block does not end"
