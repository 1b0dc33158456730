"""Markdown to HTML that is safe to show: raw HTML escaped, nothing fetched, mathematics as MathML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape, unescape
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, tostring

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from gradesmith.model.questions import DataFile
from gradesmith.templates import Markup

PICTURES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
# What MathML may say of itself: no links, classes or styles, which the converter takes from the formula.
ATTRIBUTES = frozenset(
    {"accent", "accentunder", "columnalign", "depth", "display", "displaystyle", "fence", "form", "height"}
    | {"linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rspace", "scriptlevel"}
    | {"separator", "stretchy", "symmetric", "width"}
)
ROWS = frozenset({"math", "mrow", "mstyle", "mtd"})
BRACKETS = frozenset("([{")
NOT_LATEX: tuple[type[Exception], ...] = (
    *(error for error in vars(exceptions).values() if isinstance(error, type) and issubclass(error, Exception)),
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)


@lru_cache(maxsize=2048)
def block(text: str, files: tuple[DataFile, ...] = ()) -> Markup:
    """Render paragraphs, tables, code and formulas; a picture appears when it is among the files, else its words do."""
    return Markup(_renderer().render(text, {"files": files}))


@lru_cache(maxsize=4096)
def inline(text: str) -> Markup:
    """Render one line: emphasis, code and formulas, but no paragraph around it."""
    return Markup(_renderer().renderInline(text, {"files": ()}))


def code(text: str, language: str = "python") -> Markup:
    """Return code with its syntax marked up, escaped."""
    return Markup(_highlighted(text, language, ""))


@cache
def _renderer() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "highlight": _highlighted}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=_formula)
    for name, rule in RULES.items():
        markdown.add_render_rule(name, rule)
    return markdown


def _highlighted(text: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return escape(text)
    return str(highlight(text, lexer, HtmlFormatter(nowrap=True)))


def _formula(latex: str, options: dict[str, Any]) -> str:
    """Return the formula as MathML, or its LaTeX in a code element where the converter does not follow."""
    try:
        tree = convert_to_element(latex.strip(), display="block" if options.get("display_mode") else "inline")
    except NOT_LATEX:
        return f'<code class="latex">{escape(latex)}</code>'
    elements = list(tree.iter())
    for element in elements:
        _tame(element)
    for element in elements:
        _space_names(element)
    return tostring(tree, encoding="unicode", short_empty_elements=False)


def _tame(element: Element) -> None:
    """Leave an element its harmless attributes, and its text as text: the converter puts character references there."""
    for name in set(element.attrib) - ATTRIBUTES:
        del element.attrib[name]
    element.text = unescape(element.text or "")
    element.tail = unescape(element.tail or "")


def _space_names(row: Element) -> None:
    """Put TeX's thin spaces around log, sin and the like, which browsers set as if they were variables."""
    if row.tag not in ROWS:
        return
    for before, after in reversed(list(pairwise(row))):
        if (_is_name(before) and (after.text or "") not in BRACKETS) or (_is_name(after) and before.tag != "mo"):
            row.insert(list(row).index(after), Element("mspace", width="0.1667em"))


def _is_name(element: Element) -> bool:
    core = element[0] if element.tag in {"msub", "msup", "msubsup"} else element
    text = core.text or ""
    return core.tag == "mi" and len(text) > 1 and text.isalpha()


def _picture(_: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, env: dict[str, Any]) -> str:
    token = tokens[at]
    source, words = str(token.attrs.get("src", "")), escape(token.content)
    name = source.rsplit("/", 1)[-1]
    kind = PICTURES.get(name.rsplit(".", 1)[-1].lower())
    for file in env["files"]:
        if kind and file.name.rsplit("/", 1)[-1] == name:
            return f'<img alt="{words}" src="data:image/{kind};base64,{escape(file.content)}">'
    return f'<span class="picture">[{words or escape(name)}]</span>'


def _link(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: dict[str, Any]) -> str:
    tokens[at].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, at, options, env)


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: dict[str, Any]
) -> str:
    """Put headings of a text below those of the page."""
    tokens[at].tag = f"h{min(6, int(tokens[at].tag[1]) + 3)}"
    return renderer.renderToken(tokens, at, options, env)


def _table(_: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: dict[str, Any]) -> str:
    """Let wide tables scroll on narrow screens."""
    return '<div class="scroll"><table>\n' if tokens[at].nesting == 1 else "</table></div>\n"


RULES = {
    "image": _picture,
    "link_open": _link,
    "heading_open": _heading,
    "heading_close": _heading,
    "table_open": _table,
    "table_close": _table,
}
