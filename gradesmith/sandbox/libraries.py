"""The libraries that are loaded once, before the first child is forked and the first check is run."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from contextlib import suppress

FOR_COMPUTING = (
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
    "cloudpickle",
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
)
FOR_DRAWING = ("matplotlib.pyplot", "matplotlib.backends.backend_agg", "PIL.PngImagePlugin")
FOR_NOTEBOOKS = (
    "matplotlib_inline.backend_inline",
    "IPython.core.display",
    "IPython.core.magics",
    "IPython.core.pylabtools",
)
FOR_CHECKS = ("gradesmith.sandbox.checker",)


def load(names: Iterable[str]) -> None:
    """Import what courses use; a library that is not installed is left out."""
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
