"""What a zygote loads and tries once, so that its children need not."""

from __future__ import annotations

import importlib
import io
import sys
from contextlib import suppress

from IPython.core.interactiveshell import InteractiveShell

LIBRARIES = (
    "asyncio",
    "concurrent.futures",
    "csv",
    "doctest",
    "logging.config",
    "multiprocessing.pool",
    "sqlite3",
    "unittest.mock",
    "zoneinfo",
    "joblib",
    "joblib.externals.cloudpickle",
    "numpy.random",
    "numpy.testing",
    "pandas",
    "pandas.plotting",
    "scipy.cluster.hierarchy",
    "scipy.optimize",
    "scipy.sparse.linalg",
    "scipy.stats",
    "sklearn.calibration",
    "sklearn.cluster",
    "sklearn.compose",
    "sklearn.datasets",
    "sklearn.decomposition",
    "sklearn.dummy",
    "sklearn.ensemble",
    "sklearn.feature_extraction.text",
    "sklearn.feature_selection",
    "sklearn.impute",
    "sklearn.inspection",
    "sklearn.linear_model",
    "sklearn.manifold",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.naive_bayes",
    "sklearn.neighbors",
    "sklearn.neural_network",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "sklearn.svm",
    "sklearn.tree",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "PIL.PngImagePlugin",
    "IPython.core.display",
    "IPython.core.magics",
    "IPython.core.pylabtools",
)
FIRST_CELL = """
import matplotlib.pyplot as plt, numpy as np, pandas as pd
fig, ax = plt.subplots()
ax.plot([0, 1], [0.0, 1.5], label="a"); ax.set_title("0123456789 $x^2$"); ax.legend()
display(pd.DataFrame({"a": [1.5], "b": ["c"]}))
plt.show()
1 / 0
"""


def load_libraries() -> None:
    """Import what courses use; a library that is not installed is left out.

    Compiled files are kept where that is allowed, so that only the first start after an installation compiles.
    """
    sys.dont_write_bytecode = False
    for name in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)
    sys.dont_write_bytecode = True


def warm_up(shell: InteractiveShell) -> None:
    """Draw, tabulate and fail once, so that fonts and lazy imports are there; then forget it."""
    shell.enable_matplotlib("inline")
    streams, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), io.StringIO(), io.StringIO()
    try:
        shell.run_cell(FIRST_CELL)
    finally:
        sys.stdout, sys.stderr = streams
    shell.reset(new_session=True)
