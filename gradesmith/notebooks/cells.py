"""Cells and outputs in the notebook format (4.5), as JSON has them; notebooks are validated when they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat

Node = dict[str, Any]
"""A notebook, a cell or an output."""

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}


def new_cell(kind: str, name: str, source: str, metadata: Mapping[str, Any] | None = None) -> Node:
    """Return a code, markdown or raw cell with this id."""
    cell: Node = {"cell_type": kind, "id": name, "metadata": dict(metadata or {}), "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def stream(text: str) -> Node:
    """Return an output of printed text."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def result(text: str) -> Node:
    """Return the output that a cell's last expression leaves."""
    return {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}, "execution_count": None}


def new_notebook(cells: list[Node]) -> Node:
    """Return a notebook for the Python kernel."""
    metadata = {"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def as_text(notebook: Node) -> str:
    """Return a notebook as the text of a file, after checking it against the notebook format's schema."""
    nbformat.validate(notebook)
    return str(nbformat.v4.writes(nbformat.from_dict(notebook))) + "\n"


def as_one_line(notebook: Node) -> str:
    """Return a notebook as text that programs read as well and that is written ten times as fast, checked likewise."""
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False) + "\n"
