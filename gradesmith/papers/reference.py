"""The Word file whose look a paper takes: pandoc's own, with the size of the page, a footer and some styles of ours."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from html import escape

from gradesmith.papers.source import PageSize, Print

TWIPS = {"a4": (11906, 16838), "letter": (12240, 15840)}
ORDINARY, LARGE = 22, 34  # half points: 11 and 17
MARGIN = 1134  # 20 mm, in twentieths of a point
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BORDER = 'w:val="single" w:sz="4" w:space="1" w:color="999999"'
STYLES = f"""
<w:style w:type="paragraph" w:customStyle="1" w:styleId="LeadingOn"><w:name w:val="Leading On"/>
<w:basedOn w:val="BodyText"/><w:pPr><w:keepNext/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Option"><w:name w:val="Option"/><w:basedOn w:val="BodyText"/>
<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="40" w:after="40"/><w:ind w:left="680" w:hanging="680"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="LastOption"><w:name w:val="Last Option"/>
<w:basedOn w:val="Option"/><w:pPr><w:keepNext w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="AnswerLine"><w:name w:val="Answer Line"/>
<w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:bottom {BORDER}/><w:between {BORDER}/></w:pBdr>
<w:spacing w:before="0" w:after="0" w:line="430" w:lineRule="exact"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="SourceCode"><w:name w:val="Source Code"/>
<w:basedOn w:val="Normal"/><w:pPr><w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="F4F4F4"/>
<w:spacing w:before="80" w:after="80"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Entry"><w:name w:val="Entry"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="100" w:after="100"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Key"><w:name w:val="Key"/><w:basedOn w:val="BodyText"/>
<w:pPr><w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="000000"/></w:pBdr>
<w:spacing w:before="40" w:after="40"/><w:ind w:left="200"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="KeyHead"><w:name w:val="Key Head"/><w:basedOn w:val="Key"/>
<w:pPr><w:keepNext/></w:pPr></w:style>
"""
TABLE_BORDERS = "".join(f"<w:{side} {BORDER}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def reference(plain: bytes, *, mark: str, owner: str, banner: str, how: Print) -> bytes:
    """Return pandoc's reference file with what stands on every page: ``mark``, ``owner``, page x of y, a ``banner``."""
    parts: dict[str, Callable[[str], str]] = {
        "word/document.xml": partial(_with_section, how.size),
        "word/styles.xml": partial(_with_styles, LARGE if how.large else ORDINARY),
        "word/_rels/document.xml.rels": _with_relations,
        "[Content_Types].xml": _with_types,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            change = parts.get(name)
            new.writestr(name, change(content.decode()).encode() if change else content)
        new.writestr("word/footer1.xml", _footer(mark, owner, how.size))
        new.writestr("word/header1.xml", _part("hdr", _paragraph(_run(banner, bold=True), "center")))
    return made.getvalue()


def _with_section(size: PageSize, text: str) -> str:
    width, height = TWIPS[size]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" '
        f'w:left="{MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return re.sub(r"<w:sectPr>.*?</w:sectPr>", section, text, flags=re.DOTALL)


def _with_styles(half_points: int, text: str) -> str:
    text = text.replace('<w:sz w:val="24" />', f'<w:sz w:val="{half_points}" />', 1)
    borders = rf"\1<w:tblBorders>{TABLE_BORDERS}</w:tblBorders>"
    text = re.sub(r'(w:styleId="Table">.*?<w:tblPr>)', borders, text, count=1, flags=re.DOTALL)
    text = re.sub(r'<w:color w:val="0F4761"[^>]*/>', "", text)
    text = re.sub(r'(w:styleId="Heading[123]">.*?<w:rPr>)', r"\1<w:b/>", text, flags=re.DOTALL)
    return text.replace("</w:styles>", f"{STYLES}</w:styles>")


def _with_relations(text: str) -> str:
    ours = "".join(
        f'<Relationship Type="{OFFICE}/{kind}" Id="rId{kind.capitalize()}" Target="{kind}1.xml"/>'
        for kind in ("header", "footer")
    )
    return text.replace("</Relationships>", f"{ours}</Relationships>")


def _with_types(text: str) -> str:
    ours = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{WORDML}.{kind}+xml"/>' for kind in ("header", "footer")
    )
    return text.replace("</Types>", f"{ours}</Types>")


def _footer(mark: str, owner: str, size: PageSize) -> str:
    width = TWIPS[size][0] - 2 * MARGIN
    tabs = f'<w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/>'
    runs = [_run(mark), _run("\t"), _run(owner), _run("\tpage "), _field("PAGE"), _run(" of "), _field("NUMPAGES")]
    return _part("ftr", f"<w:p><w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>{''.join(runs)}</w:p>")


def _part(kind: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{kind} {NAMESPACES}>{content}</w:{kind}>'


def _paragraph(runs: str, side: str) -> str:
    return f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in text.split("\t"))
    return f'<w:r><w:rPr>{weight}<w:sz w:val="18"/></w:rPr>{words}</w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
