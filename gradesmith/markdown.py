"""Markdown to HTML that is safe to show: raw HTML escaped, nothing fetched, mathematics as MathML or TeX."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from itertools import pairwise
from typing import Any, Literal, Protocol
from xml.etree.ElementTree import Element, tostring

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

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


Formula = Callable[[str, dict[str, Any]], str]


class Picture(Protocol):
    """A file that a text may show; ``content`` is base64."""

    @property
    def name(self) -> str:
        """What the text calls it."""
        ...

    @property
    def content(self) -> str:
        """What is in it."""
        ...


@dataclass(frozen=True, slots=True)
class Dress:
    r"""How HTML is dressed for whoever shows it.

    A styled page colours code and lets wide tables scroll; other programs get bare elements, well-formed as XML.
    Formulas are MathML, or TeX between ``\(`` and ``\)`` for a page that MathJax will typeset.
    """

    formulas: Literal["mathml", "tex"] = "mathml"
    styled: bool = True


PAGE = Dress()
PLAIN = Dress(styled=False)
FOR_MATHJAX = Dress(formulas="tex", styled=False)


@lru_cache(maxsize=2048)
def block(text: str, files: tuple[Picture, ...] = (), dress: Dress = PAGE) -> Markup:
    """Render paragraphs, tables, code and formulas; a picture appears when it is among the files, else its words do."""
    return Markup(_renderer(dress).render(text, {"files": files}))  # noqa: S704 - what the renderer escaped


@lru_cache(maxsize=4096)
def inline(text: str, dress: Dress = PAGE) -> Markup:
    """Render one line: emphasis, code and formulas, but no paragraph around it."""
    return Markup(_renderer(dress).renderInline(text, {"files": ()}))  # noqa: S704 - what the renderer escaped


def code(text: str, language: str = "python") -> Markup:
    """Return code with its syntax marked up, escaped."""
    return Markup(_highlighted(text, language, ""))  # noqa: S704 - what the renderer escaped


@cache
def _renderer(dress: Dress) -> MarkdownIt:
    options = {"html": False, "xhtmlOut": not dress.styled, "highlight": _highlighted if dress.styled else None}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    formula: Formula = _formula if dress.formulas == "mathml" else _tex
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=formula)
    for name, rule in (RULES | (STYLED if dress.styled else {})).items():
        markdown.add_render_rule(name, rule)
    if not dress.styled:
        markdown.add_render_rule("math_inline_double", _within_a_paragraph(formula))
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


def _tex(latex: str, options: dict[str, Any]) -> str:
    """Return the formula as it is, between the marks that MathJax looks for whatever its settings."""
    text = escape(latex.strip(), quote=False)
    return rf"\[{text}\]" if options.get("display_mode") else rf"\({text}\)"


def _within_a_paragraph(formula: Formula) -> Callable[..., str]:
    """Return what keeps a formula on a line of its own out of a div, which no paragraph may hold."""

    def displayed(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
        return f"<span>{formula(tokens[at].content, {'display_mode': True})}</span>"

    return displayed


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
            return f'<img alt="{words}" src="data:image/{kind};base64,{escape(file.content)}" />'
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
}
STYLED = {"table_open": _table, "table_close": _table}
