"""What happens to notebooks on their way: accidents and editors, as changes to a notebook's JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import nbformat

Notebook = dict[str, Any]
Change = Callable[[Notebook], None]


def at(notebook: Notebook, name: str) -> int:
    """Return where the cell with this id stands."""
    return next(number for number, cell in enumerate(notebook["cells"]) if cell.get("id") == name)


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return notebook["cells"][at(notebook, name)]


def code(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source, **more}


def set_source(name: str, source: str) -> Change:
    return lambda notebook: cell(notebook, name).update(source=source)


def delete(*names: str) -> Change:
    return lambda notebook: [notebook["cells"].pop(at(notebook, name)) for name in names]


def retype(name: str, kind: str) -> Change:
    return lambda notebook: cell(notebook, name).update(cell_type=kind)


def copy(name: str, to: int, **changes: Any) -> Change:
    """Put a copy of a cell, metadata and all, somewhere (0: right behind it; negative: from the end)."""

    def change(notebook: Notebook) -> None:
        here = at(notebook, name)
        twin = {**cell(notebook, name), "id": f"copy-{here}", **changes}
        notebook["cells"].insert(here + 1 if to == 0 else len(notebook["cells"]) + 1 + to, twin)

    return change


def split(name: str, first: str, second: str, *, named: bool = True) -> Change:
    """Split a cell; editors give the second part the metadata of the first, or none."""

    def change(notebook: Notebook) -> None:
        twin = {**cell(notebook, name), "id": "second-part", "source": second}
        notebook["cells"].insert(at(notebook, name) + 1, twin if named else twin | {"metadata": {}})
        cell(notebook, name)["source"] = first

    return change


def merge(kept: str, *others: str) -> Change:
    """Merge cells in the order in which they stand; one of them keeps its name."""

    def change(notebook: Notebook) -> None:
        names = [one["id"] for one in notebook["cells"] if one["id"] in {kept, *others}]
        cell(notebook, kept)["source"] = "\n\n".join(cell(notebook, name)["source"] for name in names)
        delete(*others)(notebook)

    return change


def for_each(change: Callable[[dict[str, Any]], None]) -> Change:
    return lambda notebook: [change(one) for one in notebook["cells"]]


def from_format_4_0(notebook: Notebook) -> None:
    """Formats before 4.5 have no ids."""
    notebook["nbformat_minor"] = 0
    for_each(lambda one: one.pop("id"))(notebook)


def as_colab_writes(notebook: Notebook) -> None:
    """Colab keeps an id of its own in the metadata; here it has lost nbgrader's names as well."""
    from_format_4_0(notebook)
    notebook["metadata"] |= {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    for number, one in enumerate(notebook["cells"]):
        one["metadata"] = {"id": f"Xy{number}_abc", "colab": {"base_uri": "https://localhost:8080/"}, "outputId": "f0"}


def as_colab_writes_with_names(notebook: Notebook) -> None:
    from_format_4_0(notebook)
    for_each(lambda one: one["metadata"].update(id="a1B2", colab={}))(notebook)


def as_vs_code_writes(notebook: Notebook) -> None:
    """VS Code adds its own words and makes fresh ids."""
    for number, one in enumerate(notebook["cells"]):
        one["id"] = f"{number:08x}"
        one["metadata"] |= {"vscode": {"languageId": "python"}}


def as_notebook_7_writes(notebook: Notebook) -> None:
    for_each(lambda one: one["metadata"].update(editable=True, tags=[], slideshow={"slide_type": ""}))(notebook)
    notebook["metadata"]["language_info"] |= {"codemirror_mode": {"name": "ipython", "version": 3}, "version": "3.11.7"}


def as_lines(notebook: Notebook) -> None:
    for_each(lambda one: one.update(source=one["source"].splitlines(keepends=True)))(notebook)


def unlock(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"] |= {"editable": True, "deletable": True}
        one["metadata"]["nbgrader"] |= {"locked": False, "grade": True, "solution": True, "points": 99}


def much_output(notebook: Notebook) -> None:
    text = {"output_type": "stream", "name": "stdout", "text": "x" * 2**20}
    cell(notebook, "q04")["outputs"] = [text] * 8


def in_format_3(content: bytes) -> bytes:
    return json.dumps(nbformat.convert(nbformat.reads(content.decode(), as_version=4), 3)).encode()


# Accidents at random


def _copy_somewhere(chance: random.Random, cells: list[Any]) -> None:
    cells.insert(chance.randrange(len(cells) + 1), dict(chance.choice(cells)))


def _delete_one(chance: random.Random, cells: list[Any]) -> None:
    if len(cells) > 1:
        cells.pop(chance.randrange(len(cells)))


def _move(chance: random.Random, cells: list[Any]) -> None:
    cells.insert(chance.randrange(len(cells)), cells.pop(chance.randrange(len(cells))))


def _split(chance: random.Random, cells: list[Any]) -> None:
    here = chance.randrange(len(cells))
    source = text(cells[here])
    cut = chance.randrange(len(source) + 1)
    cells[here : here + 1] = [{**cells[here], "source": source[:cut]}, {**cells[here], "source": source[cut:]}]


def _merge(chance: random.Random, cells: list[Any]) -> None:
    if len(cells) > 1:
        here = chance.randrange(len(cells) - 1)
        kept = {**chance.choice(cells[here : here + 2]), "source": "\n".join(map(text, cells[here : here + 2]))}
        cells[here : here + 2] = [kept]


def _reword(chance: random.Random, cells: list[Any]) -> None:
    one = chance.choice(cells)
    source = text(one)
    here = chance.randrange(len(source) + 1)
    one["source"] = source[:here] + chance.choice(["?", "\n", "(", "é", "\udce4", "\0", "x = 1\n"]) + source[here + 2 :]


def _retype(chance: random.Random, cells: list[Any]) -> None:
    chance.choice(cells)["cell_type"] = chance.choice(["code", "markdown", "raw", "nonsense", None])


def _lose_names(chance: random.Random, cells: list[Any]) -> None:
    for one in chance.sample(cells, chance.randint(1, len(cells))):
        one["metadata"] = chance.choice([{}, None, [], {"nbgrader": None}, {"id": "abc"}])
        one["id"] = chance.choice([None, 5, f"{chance.random()}"])


def _swap_names(chance: random.Random, cells: list[Any]) -> None:
    one, other = chance.choice(cells), chance.choice(cells)
    for key in ("metadata", "id"):
        one[key], other[key] = other.get(key), one.get(key)


def _add_own(chance: random.Random, cells: list[Any]) -> None:
    sources = ["x = 1", "1 / 0", "%matplotlib inline", 'q02 = "A"', "import os", "q03 = {", "", "!ls"]
    cells.insert(chance.randrange(len(cells) + 1), code(chance.choice(sources)))


def _lose_a_key(chance: random.Random, cells: list[Any]) -> None:
    one = chance.choice(cells)
    if one:
        one.pop(chance.choice(list(one)))


def _not_a_cell(chance: random.Random, cells: list[Any]) -> None:
    chance.choice(cells)["source"] = chance.choice([None, 5, {}, [None, 3], ["a", ["b"]]])


OPERATORS = (
    _copy_somewhere, _delete_one, _move, _split, _merge, _reword, _retype, _lose_names, _swap_names, _add_own,
    _lose_a_key, _not_a_cell,
)  # fmt: skip


def text(one: Any) -> str:
    source = one.get("source")
    return source if isinstance(source, str) else ""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a notebook after one to six accidents, now and then with bytes that are no text."""
    notebook = json.loads(content)
    for _ in range(chance.randint(1, 6)):
        chance.choice(OPERATORS)(chance, notebook["cells"])
    damaged_content = json.dumps(notebook).encode()
    if chance.random() < 0.1:
        here = chance.randrange(len(damaged_content))
        return damaged_content[:here] + bytes([chance.randrange(256)]) + damaged_content[here + 1 :]
    return damaged_content
