"""What the gradebook is told of an instructor's notebook."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from gradesmith.model.values import Value


class SourceCellRecord(Value):
    """One cell of an instructor's notebook, as nbgrader wants to remember it.

    ``source`` holds the hidden checks; ``checksum`` is nbgrader's, of that source. ``points`` belong to cells with
    ``grade``. A cell with both ``grade`` and ``solution`` is marked by a person.
    """

    grade_id: str
    cell_type: Literal["code", "markdown"]
    source: str
    checksum: str
    grade: bool = False
    solution: bool = False
    locked: bool = False
    points: float | None = None

    @model_validator(mode="after")
    def _grades_have_points(self) -> Self:
        if self.grade and self.points is None:
            raise ValueError(f"cell {self.grade_id} is marked, so it needs points")
        return self

    @property
    def overwritten(self) -> bool:
        """Whether nbgrader puts this source back over what the student made of it."""
        return not self.solution and (self.grade or self.locked)

    @property
    def remembered(self) -> bool:
        """Whether nbgrader keeps this cell at all."""
        return self.grade or self.solution or self.locked
