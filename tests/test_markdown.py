"""Markdown becomes HTML that can be shown to anybody."""

from __future__ import annotations

import base64
import re
from xml.etree.ElementTree import fromstring

import pytest

from gradesmith.markdown import FOR_MATHJAX, PLAIN, block, code, inline
from gradesmith.model.questions import DataFile


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        r"$\text{<script>alert(1)</script>}$",
        r"$\text{&lt;script&gt;alert(1)&lt;/script&gt;}$",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\class{a}{x} \style{position:fixed}{x}$",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/seen.png)",
        '```"><script>alert(1)</script>\n<b>\n```',
        "`<script>`",
    ],
)
def test_nothing_hostile_survives(hostile):
    """Neither raw HTML, nor a formula, nor a link or picture can run or fetch something."""
    for html in (block(hostile), inline(hostile)):
        assert not re.search(r"<(script|img|b)\b", html)
        assert not re.search(r'<[^>]*\s(href|src|style|class)="?(javascript|data|https|position|a")', html)
        assert not re.search(r"<[^>]*\son\w+=", html)


def test_formulas_become_mathml():
    """Formulas need no script and no network."""
    html = block("$\\frac{a}{b}$\n\n$$\n\\sum_i x_i < 3\n$$\n")
    assert '<math display="inline">' in html
    assert '<math display="block">' in html
    assert "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>" in html
    assert "<mo>&lt;</mo>" in html


def test_a_named_function_is_spaced_as_tex_does():
    """Log p does not read as the product of four variables, and log(p) has no gap."""
    assert '<mi>log</mi><mspace width="0.1667em"></mspace><mi>p</mi>' in inline(r"$\log p$")
    assert "mspace" not in inline(r"$\log(p)$")


@pytest.mark.parametrize("latex", [r"\frac{a}{", "a_b_c", r"\left( x", "{" * 3000])
def test_what_is_no_latex_is_shown_as_it_is(latex):
    """A formula that the converter does not follow is shown as its source."""
    assert '<code class="latex">' in inline(f"${latex}$")


def test_prices_are_no_formulas():
    """Two amounts in dollars do not open a formula."""
    assert "<math" not in inline("costs $5 or $6")


def test_tables_and_code_are_rendered():
    """Tables scroll, and code fences are coloured."""
    html = block("| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\ndef f(): ...\n```\n")
    assert '<div class="scroll"><table>' in html
    assert '<span class="k">def</span>' in html


def test_a_picture_is_shown_when_it_came_with_the_question():
    """A picture among the question's files is put into the page; any other is its words."""
    files = (DataFile(name="curve.png", content=base64.b64encode(b"png").decode()),)
    assert '<img alt="a curve" src="data:image/png;base64,cG5n" />' in block("![a curve](curve.png)", files)
    assert "<img" not in block("![a curve](other.png)", files)


def test_headings_stay_below_those_of_the_page():
    """A prompt's first heading is not the page's."""
    assert block("# Title") == "<h4>Title</h4>\n"


def test_code_is_escaped():
    """A student's code is text."""
    assert "<script>" not in code("x = '<script>'")


def test_other_programs_get_bare_elements():
    """Without our styles: no colours, no wrappers, and everything well-formed as XML."""
    text = "a  \nb $x^2$ and $$y$$\n\n| a |\n|---|\n| 1 |\n\n```python\ndef f(): ...\n```\n\n---\n"
    html = block(text, (), PLAIN)
    assert "<span class=" not in html.replace('<span class="math inline">', "")
    assert "<br />" in html and "<hr />" in html and "<div" not in html  # noqa: PT018 - one sentence
    fromstring(f"<all>{html}</all>")


def test_mathjax_gets_tex():
    """Formulas stay TeX between marks that MathJax takes without being told to, and nothing in them is a tag."""
    html = block("$a<b$ costs $5\n\n$$\n\\sum_i x_i\n$$\n", (), FOR_MATHJAX)
    assert r"\(a&lt;b\)" in html
    assert r"\[\sum_i x_i\]" in html
    assert "costs $5" in html
