"""What a zygote tries once, so that its children need not."""

from __future__ import annotations

import io
import sys
from typing import Any

FIRST_CELL = """
import matplotlib.pyplot as plt, numpy as np, pandas as pd
fig, ax = plt.subplots()
ax.plot([0, 1], [0.0, 1.5], label="a"); ax.set_title("0123456789 $x^2$"); ax.legend()
display(pd.DataFrame({"a": [1.5], "b": ["c"]}))
plt.show()
1 / 0
"""


def warm_up(shell: Any) -> None:
    """Draw, tabulate and fail once, so that fonts and lazy imports are there; then forget it."""
    shell.enable_matplotlib("inline")
    streams, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), io.StringIO(), io.StringIO()
    try:
        shell.run_cell(FIRST_CELL)
    finally:
        sys.stdout, sys.stderr = streams
    shell.reset(new_session=True)
