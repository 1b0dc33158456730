"""Figures of a notebook: how they are shown, and that those which checks opened are not."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from matplotlib.figure import Figure


def show_as_png(shell: InteractiveShell) -> None:
    """Have figures shown as PNG, each drawn as few times as it takes.

    Jupyter crops every figure to its content, which takes drawing it twice. A layout engine has done so already.
    """
    formatter: Any = shell.display_formatter
    formatter.formatters["image/png"].for_type(Figure, picture)


def picture(figure: Figure) -> str | None:
    """Return a figure as base64 of PNG; one without content is not shown."""
    if not figure.axes and not figure.lines:
        return None
    whole = figure.get_layout_engine() is not None
    drawn = BytesIO()
    figure.canvas.print_figure(
        drawn,
        format="png",
        dpi=figure.dpi,
        facecolor=figure.get_facecolor(),
        edgecolor=figure.get_edgecolor(),
        bbox_inches=None if whole else "tight",
    )
    return base64.b64encode(drawn.getvalue()).decode("ascii")


class CheckFigures:
    """Closes what checks opened: a later ``plt.show()`` would draw it, with the inputs of hidden checks."""

    def __init__(self) -> None:
        self._before: set[int] | None = None

    def checks_begin(self) -> None:
        """Remember which figures are the notebook's own; does nothing between the first check and the last."""
        if self._before is None:
            self._before = set(pyplot.get_fignums())

    def checks_end(self) -> None:
        """Close all others; does nothing when no check has begun."""
        if self._before is not None:
            for number in set(pyplot.get_fignums()) - self._before:
                pyplot.close(number)
            self._before = None
