"""What a zygote tries once, so that its children need not."""

from __future__ import annotations

import io
import sys
from typing import Any

FIRST_CELL = '''
%matplotlib inline
import matplotlib.pyplot as plt, numpy as np, pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline

table = pd.DataFrame({"a": [1.5, 2.0, 0.5, 3.0], "b": [0, 1, 0, 1], "c": list("wxyz")})
display(table)
make_pipeline(StandardScaler(), LogisticRegression()).fit(table[["a"]], table["b"]).predict_proba(table[["a"]])
print(table, table.describe(), table.groupby("b")["a"].mean().to_dict())

def share(values):
    """Return how often each value occurs."""
    values = np.asarray(values)
    return {str(one): float((values == one).mean()) for one in np.unique(values)}

share([0, 1, 1])
fig, (left, right) = plt.subplots(1, 2, layout="constrained")
left.plot([0, 1], [0.0, 1.5], label="a"); left.set_title("0123456789 $x^2$"); left.legend()
right.hist([0.5, 1.5], label="b"); right.scatter([1], [1]); right.set_yscale("log")
plt.show()
plt.figure().gca().bar(["a", "b"], [1, 2])
plt.show()
1 / 0
'''


def warm_up(shell: Any) -> None:
    """Draw, tabulate, fit and fail once, so that fonts and lazy imports are there; then forget it."""
    shell.enable_matplotlib("inline")
    streams, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), io.StringIO(), io.StringIO()
    try:
        shell.run_cell(FIRST_CELL)
    finally:
        sys.stdout, sys.stderr = streams
    shell.reset(new_session=True)
    del sys.last_type, sys.last_value, sys.last_traceback
