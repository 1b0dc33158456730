"""The beginning of a question of some kind: files with TODO where an author goes on."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from gradesmith.errors import NotFound
from gradesmith.kinds.kind import Kind

MAIN = "question.yaml"


def scaffold(kind: Kind, words: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a new question by their names, with each ``@word@`` filled in.

    A kind keeps them in a folder ``scaffolds/<its name>`` of its package, or of one above that. Python there ends in
    ``.txt``, so that nobody takes it for part of the package.

    Raises:
        NotFound: When the kind brings none.
    """
    folder = _folder(kind)
    if folder is None:
        message = f'the kind "{kind.name}" brings no scaffold'
        raise NotFound(message, "copy a question of this kind, and change its id")
    return {name: _filled(text, words) for name, text in _texts(folder, "")}


def _folder(kind: Kind) -> Traversable | None:
    package = type(kind).__module__
    while package:
        try:
            found = files(package) / "scaffolds" / kind.name
        except (TypeError, ModuleNotFoundError):
            found = None
        if found is not None and found.is_dir():
            return found
        package = package.rpartition(".")[0]
    return None


def _texts(folder: Traversable, above: str) -> list[tuple[str, str]]:
    found = []
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_dir():
            found += _texts(one, f"{above}{one.name}/")
        else:
            found.append((above + one.name.removesuffix(".txt"), one.read_text(encoding="utf-8")))
    return found


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text
