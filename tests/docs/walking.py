"""Runs the commands of a page in a course, in their order."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from gradesmith.cli.main import main
from tests.docs.pages import ROOT, Block, Page

PROGRAMS = {"cat", "cp", "head", "ls", "mkdir", "nbgrader"}
UNSTABLE = [(re.compile(r"digest [0-9a-f]{12}"), "digest …")]


@dataclass
class Walk:
    """A course, and what the blocks of a page printed there."""

    course: Path
    printed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def through(self, page: Page) -> None:
        """Write the page's files and run its commands; stop at the first that ends as the page does not say."""
        for block in page.blocks:
            if "file" in block.marks:
                path = self.course / block.marks["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            elif block.language == "console" and "not run" not in block.marks:
                self.printed[block.name] = tuple(self._lines(block))

    def _lines(self, block: Block) -> list[str]:
        lines = []
        for command in commands(block):
            code, said = self._run(command)
            wanted = int(block.marks.get("exit", 0))
            assert code == wanted, f"{block.name}: {command}: ended with {code}, not {wanted}:\n{said}"
            for pattern, instead in UNSTABLE:
                said = pattern.sub(instead, said)
            lines += [f"$ {command}", *(line.rstrip() for line in said.splitlines())]
        return lines

    def _run(self, command: str) -> tuple[int, str]:
        words = shlex.split(command, comments=True)
        if words[0] == "make":
            return _shell(["make", "--dry-run", *words[1:]], ROOT)
        if "|" in words or words[0] in PROGRAMS:
            return _shell(["bash", "-c", command], self.course)
        assert words[0] == "gradesmith", f"{command}: mark the block with <!-- not run: and the reason -->"
        return self._gradesmith(words)

    def _gradesmith(self, words: list[str]) -> tuple[int, str]:
        said = io.StringIO()
        with (
            contextlib.chdir(self.course),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            patch.object(sys, "argv", words),
        ):
            try:
                main()
            except SystemExit as end:
                return int(end.code or 0), said.getvalue()
        return 0, said.getvalue()


def commands(block: Block) -> list[str]:
    """Return the commands of a block, those over several lines in one piece."""
    text = block.text.replace("\\\n> ", "")
    return [line[2:] for line in text.split("\n") if line.startswith("$ ")]


def _shell(words: list[str], folder: Path) -> tuple[int, str]:
    path = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )
    return done.returncode, done.stdout + done.stderr
