"""HTML reduced to tables and simple marks, rebuilt piece by piece so that nothing else can be in it.

Not with `html.parser`, which takes minutes over some hundred kilobytes of nothing but ``<!--``: here every character
is looked at a few times at the most.
"""

from __future__ import annotations

import re
from html import escape, unescape

from gradesmith.harmless import harmless_tex

TABLES = ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
BLOCKS = ("div", "p", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
MARKS = ("span", "br", "b", "i", "em", "strong", "u", "s", "small", "sub", "sup", "code")
SIMPLE = frozenset((*TABLES, *BLOCKS, *MARKS))
VOID = frozenset({"br", "hr", "col"})
NUMBERS = frozenset({"colspan", "rowspan", "border"})
DEEPEST = 100  # browsers stop at 512; looking for what an end tag ends takes as long as it is deep

VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=`]+)"""
ATTRIBUTE = re.compile(rf"\s+([a-zA-Z][\w:.-]*)(?:\s*=\s*({VALUE}))?")
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{ATTRIBUTE.pattern})*)\s*/?>")
TEXT = re.compile(r"[^<]+")
UNSEEN = {"<!--": re.compile("-->"), "<style": re.compile(r"</style\s*>", re.IGNORECASE)}


class NotSimple(Exception):
    """The text holds more than tables and simple marks."""


def simple_html(source: str) -> str | None:
    """Rebuild HTML from its simple elements, without styles; ``None`` when it holds anything else."""
    rebuilt = _Rebuilt()
    at = 0
    try:
        while at < len(source):
            at = _next(source, at, rebuilt)
    except (NotSimple, ValueError):  # a character number of thousands of digits
        return None
    return rebuilt.whole()


def _next(source: str, at: int, rebuilt: _Rebuilt) -> int:
    """Take one text, tag, comment or style, and return where it ends."""
    if text := TEXT.match(source, at):
        rebuilt.text(text[0])
        return text.end()
    for start, end in UNSEEN.items():
        if source[at : at + len(start)].lower() == start:
            rebuilt.gap()
            found = end.search(source, at)
            return found.end() if found else len(source)
    if tag := TAG.match(source, at):
        rebuilt.tag(tag[2].lower(), tag[3], ends=bool(tag[1]))
        return tag.end()
    raise NotSimple(source[at : at + 20])


class _Rebuilt:
    """The pieces so far, and the elements that are still open."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[str] = []

    def whole(self) -> str:
        """The pieces, with every element closed."""
        return "".join([*self._pieces, *(f"</{tag}>" for tag in reversed(self._open))])

    def text(self, written: str) -> None:
        """Add text, in which a page that shows formulas finds none that does anything."""
        self._pieces.append(escape(harmless_tex(unescape(written))))

    def gap(self) -> None:
        """Keep what is left and right of something left out from becoming one word."""
        self._pieces.append(" ")

    def tag(self, name: str, attributes: str, *, ends: bool) -> None:
        """Open or close an element; one that was never opened is not closed."""
        if name not in SIMPLE or len(self._open) >= DEEPEST:
            raise NotSimple(name)
        if not ends:
            kept = "".join(_attribute(one[1].lower(), one[2]) for one in ATTRIBUTE.finditer(attributes))
            self._pieces.append(f"<{name}{kept}>")
            if name not in VOID:
                self._open.append(name)
        elif name in self._open:
            while (last := self._open.pop()) != name:
                self._pieces.append(f"</{last}>")
            self._pieces.append(f"</{name}>")
        else:
            self.gap()


def _attribute(name: str, value: str | None) -> str:
    plain = (value or "").strip("\"'")
    if name in NUMBERS and plain.isascii() and plain.isdigit():
        return f' {name}="{plain}"'
    return ' class="dataframe"' if (name, plain) == ("class", "dataframe") else ""
