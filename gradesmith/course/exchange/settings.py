"""Where nbgrader's settings say the exchange is."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from nbgrader.exchange.default import Exchange
from traitlets.config import Application


def exchange_root(folder: Path) -> Path:
    """Return the root of the exchange, as nbgrader finds it when it is called in this folder."""
    app = Application()
    app.load_config_file("nbgrader_config", path=[str(folder), *jupyter_config_path()])
    return Path(Exchange(config=app.config).root)
