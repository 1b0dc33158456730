"""Confusion matrices as Markdown tables with totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from gradesmith.kinds.confusion_matrix.matrices import Matrix
from gradesmith.kinds.confusion_matrix.recovery import PLACES

Layout = Literal["actual_in_rows", "predicted_in_rows"]
LOST = "?"


def table(matrix: Matrix, classes: Sequence[str], layout: Layout, lost: str = "") -> str:
    """Return a matrix with its totals as a Markdown table; a lost count and the totals it is in are question marks."""
    places = {PLACES[lost]} if lost else set()
    rows, columns, shown = "actual", "predicted", matrix
    if layout == "predicted_in_rows":
        rows, columns, shown = "predicted", "actual", matrix.transposed
        places = {place[::-1] for place in places}
    lost_rows, lost_columns = {row for row, _ in places}, {column for _, column in places}
    lines = [
        _line([f"{rows} ↓ / {columns} →", *classes, "Total"]),
        _line(["---", *["---:"] * (len(classes) + 1)], gap=""),
    ]
    for row, (one, counts) in enumerate(zip(classes, shown.cells, strict=True)):
        cells = [LOST if (row, column) in places else str(count) for column, count in enumerate(counts)]
        lines.append(_line([f"**{one}**", *cells, LOST if row in lost_rows else str(sum(counts))]))
    totals = [LOST if column in lost_columns else str(count) for column, count in enumerate(shown.predicted)]
    lines.append(_line(["**Total**", *totals, LOST if places else str(matrix.total)]))
    return "\n".join(lines)


def _line(cells: Sequence[str], gap: str = " ") -> str:
    return f"|{'|'.join(f'{gap}{cell}{gap}' for cell in cells)}|"
