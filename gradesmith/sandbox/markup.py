"""HTML reduced to tables and simple marks, rebuilt piece by piece so that nothing else can be in it."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

TABLES = ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
BLOCKS = ("div", "p", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
MARKS = ("span", "br", "b", "i", "em", "strong", "u", "s", "small", "sub", "sup", "code")
SIMPLE = frozenset((*TABLES, *BLOCKS, *MARKS))
VOID = frozenset({"br", "hr", "col"})
SILENT = frozenset({"style"})
NUMBERS = frozenset({"colspan", "rowspan", "border"})
DEEPEST = 100  # browsers stop at 512; looking for what an end tag ends takes as long as it is deep


class NotSimple(Exception):
    """The text holds more than tables and simple marks."""


def simple_html(source: str) -> str | None:
    """Rebuild HTML from its simple elements, without styles; ``None`` when it holds anything else."""
    cleaner = _Cleaner(convert_charrefs=True)
    try:
        cleaner.feed(source)
        cleaner.close()
    except (NotSimple, AssertionError):
        return None
    return cleaner.rebuilt()


class _Cleaner(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def rebuilt(self) -> str:
        """The pieces, with every element closed."""
        return "".join([*self._pieces, *(f"</{tag}>" for tag in reversed(self._open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
            return
        if tag not in SIMPLE or len(self._open) >= DEEPEST:
            raise NotSimple(tag)
        self._pieces.append(f"<{tag}{''.join(map(_attribute, attrs))}>")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in self._open:
            while (last := self._open.pop()) != tag:
                self._pieces.append(f"</{last}>")
            self._pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(escape(data))


def _attribute(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    if name in NUMBERS and value is not None and value.isascii() and value.isdigit():
        return f' {name}="{value}"'
    return ' class="dataframe"' if (name, value) == ("class", "dataframe") else ""
