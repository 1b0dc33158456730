"""How marks, and what changed in them, are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradesmith.cli.options import print_table

if TYPE_CHECKING:
    from fractions import Fraction

    from gradesmith.model.outcomes import Score
    from gradesmith.rules.changes import Change


def in_brackets(score: Score) -> str:
    """Write what was earned; marks that wait for a person stand in brackets."""
    from gradesmith.model.outcomes import Progress  # noqa: PLC0415

    given = f"{float(score.given):.2f}"
    return given if score.progress is Progress.FULLY_GRADED else f"({given})"


def print_changes(assessment: str, changes: Sequence[Change]) -> None:
    """Print whose marks have changed, and where; nothing if nobody's have."""
    if changes:
        rows = (
            (
                one.student,
                in_brackets(one.before),
                "→",
                in_brackets(one.after),
                ", ".join(map(_moved, one.cells.items())),
            )
            for one in changes
        )
        print_table(("student", "before", "", "after", "answers"), rows, f"{assessment}: changed")


def _row(one: Change) -> tuple[str, ...]:
    moved = ", ".join(map(_moved, one.cells.items()))
    return (one.student, in_brackets(one.before), "→", in_brackets(one.after), moved)


def _moved(cell: tuple[str, tuple[Fraction | None, Fraction | None]]) -> str:
    name, (before, after) = cell
    was, now = ("waits" if one is None else f"{float(one):g}" for one in (before, after))
    return f"{name} {was} → {now}"


def changes_facts(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return changes as plain content, for programs."""
    return [
        {
            "student": one.student,
            "before": float(one.before.given),
            "after": float(one.after.given),
            "answers": {cell: [*map(_number, pair)] for cell, pair in one.cells.items()},
        }
        for one in changes
    ]


def _number(given: Fraction | None) -> float | None:
    return None if given is None else float(given)
