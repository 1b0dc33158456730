"""From Markdown to the XHTML that QTI 2.1 has a place for: fewer elements than HTML, no styles, MathML for formulas."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from xml.etree.ElementTree import Element, tostring

from gradesmith.interchange.markup import legal, parse
from gradesmith.interchange.qti.words import MATHML
from gradesmith.markdown import PLAIN, Picture, block, inline

# Every element may have id, class, xml:lang and label (bodyElement); these have more, as far as Markdown needs them.
MORE_ATTRIBUTES = MappingProxyType({"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan"}, "th": {"colspan"}})
INSTEAD = MappingProxyType({"s": "span", "del": "span"})


@lru_cache(maxsize=4096)
def flow(markdown: str, files: tuple[Picture, ...] = ()) -> str:
    """Return paragraphs, tables and the like as XHTML."""
    return _tamed(block(markdown, files, PLAIN))


@lru_cache(maxsize=4096)
def phrase(markdown: str) -> str:
    """Return one line as XHTML."""
    return _tamed(inline(markdown, PLAIN))


def _tamed(html: str) -> str:
    root = parse(f"<div>{legal(html)}</div>".encode(), "what became of a text")
    _tame(root)
    whole = tostring(root, encoding="unicode")
    return "" if whole == "<div />" else whole.removeprefix("<div>").removesuffix("</div>").strip()


def _tame(element: Element) -> None:
    if element.tag == "math":
        element.set("xmlns", MATHML)
        return
    element.tag = INSTEAD.get(element.tag, element.tag)
    for name in set(element.attrib) - {"class"} - MORE_ATTRIBUTES.get(element.tag, frozenset()):
        del element.attrib[name]
    for child in element:
        _tame(child)
