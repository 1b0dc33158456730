"""Cells and outputs in the notebook format (4.5), built bare: the whole notebook is validated once, when written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}


def new_cell(kind: str, name: str, source: str, metadata: Mapping[str, Any] | None = None) -> NotebookNode:
    """Return a code, markdown or raw cell with this id."""
    cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": dict(metadata or {}), "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return _node(cell)


def stream(text: str) -> NotebookNode:
    """Return an output of printed text."""
    return _node({"output_type": "stream", "name": "stdout", "text": text})


def result(text: str) -> NotebookNode:
    """Return the output that a cell's last expression leaves."""
    return _node(
        {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}, "execution_count": None}
    )


def new_notebook(cells: list[NotebookNode]) -> NotebookNode:
    """Return a notebook for the Python kernel."""
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    return _node({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def as_text(notebook: NotebookNode) -> str:
    """Return a notebook as the text of a file, after checking it against the notebook format's schema."""
    nbformat.validate(notebook)
    return str(nbformat.v4.writes(notebook)) + "\n"


def as_one_line(notebook: NotebookNode) -> str:
    """Return a notebook as text that programs read as well and that is written ten times as fast, checked likewise."""
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False) + "\n"


def _node(content: dict[str, Any]) -> NotebookNode:
    node: NotebookNode = nbformat.from_dict(content)
    return node
