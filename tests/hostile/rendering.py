"""What is live in the page that formgrader makes of a notebook: whatever could act with the rights of whoever marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nbformat
from nbconvert import HTMLExporter

LIVE = {
    "script", "iframe", "frame", "object", "embed", "applet", "form", "button", "input", "textarea", "select", "svg",
    "math", "link", "meta", "base", "style", "template", "noscript", "video", "audio", "portal", "dialog",
}  # fmt: skip
SCHEMES = {"", "http", "https", "mailto", "attachment"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "background", "poster", "xlink:href", "srcset"}
PICTURE = re.compile(r"data:image/(png|jpeg);base64,")
# MathJax leaves these alone
NO_FORMULAS = {"pre", "code"}
REACHING = re.compile(r"\\(href|style|class|cssId|require|mmlToken|def|let|bbox|newcommand)(?![a-z])")


def live_parts(notebook: str, names: set[str]) -> list[str]:
    """Render as formgrader does, and list what is live in it, or takes one of the page's own ``names`` for its id."""
    page, _ = _exporter().from_notebook_node(nbformat.reads(notebook, as_version=4))
    return live_in(page, names)


def live_in(page: str, names: set[str]) -> list[str]:
    """List what is live in a page."""
    search = _Search(names)
    search.feed(page)
    search.close()
    return search.found


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(template_name="basic")


class _Search(HTMLParser):
    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._names = names
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag in LIVE:
            self.found.append(f"<{tag}>")
        self.found += _live_attributes(tag, attrs)
        self.found += [f"id {value}" for name, value in attrs if name in {"id", "name"} and value in self._names]

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not NO_FORMULAS & set(self._open) and "highlight" not in self._open:
            self.found += [found[0] for found in REACHING.finditer(data)]


def _live_attributes(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        address = re.sub(r"[\x00-\x20]", "", value or "")
        scheme = urlsplit(address).scheme.lower()
        aligned = name == "style" and re.fullmatch(r"text-align:\s*(left|center|right)", value or "")
        if name.startswith("on") or name in {"srcdoc", "ping"} or (name == "style" and not aligned):
            yield f"{name}={value}"
        elif name in ADDRESSES and tag == "img" and not PICTURE.match(address):
            yield f"picture from {value}"
        elif name in ADDRESSES and scheme not in SCHEMES and not PICTURE.match(address):
            yield f"{name}={value}"
