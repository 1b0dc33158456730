"""All texts of some papers, converted at once: a class shares most of them, and pandoc takes longest to start."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradesmith.model.questions import DataFile
from gradesmith.papers.content import Words
from gradesmith.papers.pandoc import Markdown, Target, convert

PICTURES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Texts in one format; ``unset`` are formulas that pandoc does not understand, which stay as they are written."""

    fragments: Mapping[Words, str]
    unset: tuple[str, ...]

    def __getitem__(self, words: Words) -> str:
        """Return a text in the format; an empty one is empty."""
        return self.fragments[words] if words.text.strip() else ""


def render(texts: Iterable[Words], to: Target) -> Rendered:
    """Convert every text once.

    Raises:
        GradesmithError: When pandoc is not installed or does not do it.
    """
    distinct = tuple(dict.fromkeys(one for one in texts if one.text.strip()))
    where = place if to == "typst" else address
    wanted = [
        Markdown(text=one.text, sink=one.sink, pictures=tuple((_name(file), where(file)) for file in _pictures(one)))
        for one in distinct
    ]
    done = convert(wanted, to)
    return Rendered(fragments=dict(zip(distinct, done.fragments, strict=True)), unset=done.unset)


def pictures_in(texts: Iterable[Words]) -> dict[str, bytes]:
    """Return the pictures that texts may show, by the place where a typst fragment looks for them."""
    return {place(file): content_of(file) for one in texts for file in _pictures(one)}


def _pictures(words: Words) -> Iterable[DataFile]:
    return (file for file in words.files if _kind(file) and content_of(file))


def content_of(file: DataFile) -> bytes:
    """Return a file's bytes; nothing where it is no base64, so that its words stand in its place."""
    try:
        return base64.b64decode(file.content, validate=True)
    except binascii.Error:
        return b""


def place(file: DataFile) -> str:
    """Return the name of a picture among those of a class, where two questions may each have a ``plot.png``."""
    return f"pictures/{hashlib.sha256(file.content.encode()).hexdigest()[:24]}.{_name(file).rsplit('.', 1)[-1].lower()}"


def address(file: DataFile) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/{_kind(file)};base64,{file.content}"


def _name(file: DataFile) -> str:
    return file.name.rsplit("/", 1)[-1]


def _kind(file: DataFile) -> str:
    return PICTURES.get(_name(file).rsplit(".", 1)[-1].lower(), "")
