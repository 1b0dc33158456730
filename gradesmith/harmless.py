r"""Texts of strangers, made harmless for pages that other programs make of them.

Formgrader turns Markdown into HTML and passes raw HTML through, has MathJax typeset what stands between dollars, and
does so with the rights of whoever marks. So what would begin a tag, an entity, a script's address, a picture or a
command that reaches beyond its formula is broken by a space right after its first character. That keeps the text
readable, means the same in code and formulas (``a <b``), and, unlike a cleaner that parses, does not depend on how the
other program parses. Headings get an invisible character: they become the names of their places on the page, and
formgrader finds the boxes for points by such names.
"""

from __future__ import annotations

import re

# \href{javascript:…}, styles and classes that cover the page, and definitions, which reach all other formulas.
REACHING_TEX = re.compile(
    r"\\(?=(?:href|url|style|class|cssId|require|mmlToken|unicode|bbox|data|html|includegraphics|texttip|toggle|action"
    r"|def|gdef|edef|xdef|let|global|newcommand|renewcommand|providecommand|newenvironment|renewenvironment"
    r"|DeclareMathOperator|DeclarePairedDelimiter|Newextarrow|csname|input|special|verb))",
    re.IGNORECASE,
)
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
ENTITY = re.compile(r"&(?=#|\w+;)")
SCRIPT = re.compile(r"(script)(?=[\s\\]*:)", re.IGNORECASE)
PICTURE = re.compile(r"!(?=\[)")
HEADING = re.compile(r"^([ \t>*+\-.\d)]*#{1,6}[ \t]*|[ \t>]*(?=(?:=+|-+)[ \t]*$))", re.MULTILINE)
UNSEEN = "\N{ZERO WIDTH SPACE}"


def harmless_tex(text: str) -> str:
    """Break what MathJax would take for a link, a style or a definition."""
    return REACHING_TEX.sub(r"\\ ", text)


def harmless_markdown(text: str) -> str:
    """Break what would become HTML, a script's address or a picture from somewhere; the rest of Markdown stays."""
    for pattern in (TAG, ENTITY, PICTURE):
        text = pattern.sub(lambda found: f"{found[0]} ", text)
    return harmless_tex(SCRIPT.sub(r"\1 ", HEADING.sub(rf"\1{UNSEEN}", text)))
