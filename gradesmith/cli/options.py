"""What several commands share: the course they work on, and how they print."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from gradesmith import diagnostics
from gradesmith.course.directories import CourseDirectory, find_course

NUMBER = re.compile(r"\(?\d+(\.\d+)?\)?|–")
UNFOLDED = 1000
SECONDS_BETWEEN_LINES = 60.0
shown = diagnostics.shown
NOBODY = "nobody is registered yet: gradesmith roster add students.csv"
uncertified_option = click.option(
    "--uncertified", is_flag=True, help="Use also questions that `gradesmith bank verify` has not certified."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def course_of(ctx: click.Context) -> CourseDirectory:
    """Return the course that the command line names."""
    root: Path = ctx.obj
    return find_course(root)


def warned(warning: str) -> None:
    """Print what should be known although all goes on."""
    click.echo(warning, err=True)


def counted(number: int, word: str) -> str:
    """Return "1 submission" or "2 submissions"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def print_json(content: Any) -> None:
    """Print content for programs."""
    click.echo(json.dumps(content, indent=2, ensure_ascii=False, default=str))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print a table for people; columns of numbers are set right, and where nobody looks no line is folded."""
    from rich.console import Console  # noqa: PLC0415 - help must not wait for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415 - plain: a student's file name may look like markup

    texts = [[str(cell) for cell in row] for row in rows]
    table = Table(title=title or None, header_style="bold", title_justify="left")
    for number, column in enumerate(columns):
        numeric = bool(texts) and all(NUMBER.fullmatch(row[number]) for row in texts)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in texts:
        table.add_row(*map(Text, row))
    looked_at = Console().is_terminal
    Console(width=None if looked_at else UNFOLDED).print(table)


class Pace:
    """When the next line about progress is due, where nobody looks: not before so many seconds after the last."""

    def __init__(self, seconds: float = SECONDS_BETWEEN_LINES, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._last = clock()

    def is_due(self) -> bool:
        """Whether it is time; if so, the next is due only later."""
        now = self._clock()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True


def progress_bar(label: str, pace: Pace | None = None) -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """Return a function that shows progress (done, of), and one that ends it.

    Where nobody looks, as in the log of a server, it is a line on stderr now and then; ``pace`` is shared by steps that
    follow each other.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console, lines = Console(stderr=True), pace or Pace()
    if not console.is_terminal:
        return lambda done, of: _tell(label, done, of) if lines.is_due() else None, lambda: None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console)
    task = bar.add_task(label, total=None)
    bar.start()
    return lambda done, of: bar.update(task, completed=done, total=of), bar.stop


def _tell(label: str, done: int, of: int) -> None:
    click.echo(f"{label}: {done} of {of}", err=True)
