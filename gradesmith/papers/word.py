"""A paper as a Word file, for whoever must change something by hand: pandoc's own form, block by block."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

from gradesmith.model.interactions import Choice, Code, Fields
from gradesmith.papers.content import (
    Listing,
    Paper,
    PaperPart,
    PaperQuestion,
    Words,
    in_points,
    labels,
    worth,
)
from gradesmith.papers.keys import About, Solution
from gradesmith.papers.pandoc import default_reference, docx
from gradesmith.papers.reference import reference
from gradesmith.papers.rendering import Rendered
from gradesmith.papers.source import Print

Block = dict[str, Any]
PANDOC_API = [1, 23]
NOTHING: list[Any] = ["", [], []]
MARKS = {False: ("○", "●"), True: ("□", "■")}
MOST_COLUMNS = 13
WIDTHS: dict[About, tuple[float, float, float]] = {
    "nothing": (0, 0.9, 0.1),
    "letter": (0.08, 0.92, 0),
    "words": (0.35, 0.55, 0.1),
}
"""The shares of a line that labels, texts and points of a key take."""
BANNER = "KEY · not for students"


def paper_docx(paper: Paper, rendered: Rendered, how: Print) -> bytes:
    """Return a paper or a key as a Word file; ``rendered`` holds the texts in pandoc's own form.

    Raises:
        GradesmithError: When pandoc is not installed or does not do it.
    """
    blocks = [*_cover(paper, rendered), *(block for item in paper.items for block in _item(item, rendered))]
    document: dict[str, Any] = {"pandoc-api-version": PANDOC_API, "meta": {}, "blocks": blocks}
    banner = BANNER if paper.is_key else ""
    look = reference(default_reference(), mark=paper.mark, owner=paper.owner, banner=banner, how=how)
    return docx(document, look)


def _cover(paper: Paper, rendered: Rendered) -> Iterator[Block]:
    yield _heading(1, _words(f"{paper.title}: key" if paper.is_key else paper.title))
    yield _para(_words(paper.facts))
    if paper.is_key:
        return
    name, identity = (paper.student.name, paper.student.id) if paper.student else ("", "")
    yield _table([[_text("Name"), _text("Student id"), _text("Seat")], [_text(name), _text(identity), _text("")]])
    yield {"t": "BulletList", "c": [[_plain(_words(rule))] for rule in paper.rules]}
    if paper.more_rules is not None:
        yield from _blocks(paper.more_rules, rendered)
    cells = worth(paper)
    for start in range(0, len(cells), MOST_COLUMNS):
        some = cells[start : start + MOST_COLUMNS]
        yield _table(
            [
                [_text("Question"), *(_text(one) for one, _ in some)],
                [_text("Points"), *(_text(points) for _, points in some)],
                [_text("Earned"), *(_text("") for _ in some)],
            ],
            widths=(0.14, *(0.78 / (len(some) - 1) for _ in some[1:]), 0.08) if len(some) > 1 else (),
        )


def _item(item: Words | Listing | PaperQuestion, rendered: Rendered) -> Iterator[Block]:
    match item:
        case Words():
            yield from _blocks(item, rendered)
        case Listing(code=code):
            yield _code(code)
        case PaperQuestion():
            yield from _question(item, rendered)


def _question(question: PaperQuestion, rendered: Rendered) -> Iterator[Block]:
    title = [*_words(" · "), *_inlines(question.title, rendered)] if question.title.text else []
    yield _heading(3, [*_words(question.heading), *title, *_words(f" ({in_points(question.points)})")])
    if question.about:
        yield _styled("Leading On", [_para(_words(question.about))])
    yield from _prompt(question.prompt, question.parts[0] if question.parts else None, rendered)
    for part in question.parts:
        yield from _part(part, rendered)
    if question.explanation is not None and question.explanation.text:
        yield _styled("Key Head", [_para([_strong("Explanation")])])
        yield _styled("Key", _blocks(question.explanation, rendered))


def _part(part: PaperPart, rendered: Rendered) -> Iterator[Block]:
    if part.name:
        yield _para([_strong(part.name), *_words(f" ({in_points(part.points)})")])
    yield from _prompt(part.prompt, part, rendered)
    right = part.solution.right if part.solution else ()
    match part.interaction:
        case Choice(options=options, multiple=multiple):
            for option, label in zip(options, labels(part), strict=True):
                style = "Last Option" if option is options[-1] else "Option"
                sign = MARKS[multiple][option.letter in right]
                yield _styled(style, _option(sign, option.letter, _blocks(label, rendered)))
        case Fields() if part.solution is None:
            rows = [[_blocks(label, rendered), [_styled("Entry", _text("\u00a0"))]] for label in labels(part)]
            yield _table(rows, widths=(0.65, 0.35))
        case Code(starter=starter) if part.solution is None and starter.strip():
            yield _code(starter.strip("\n"))
    for _ in range(part.lines):
        yield _styled("Answer Line", [_para(_words("\u00a0"))])
    if part.solution is not None:
        yield from _solution(part.solution, rendered)


def _prompt(prompt: Words, part: PaperPart | None, rendered: Rendered) -> Iterator[Block]:
    """Yield a prompt; where letters are to be chosen, its paragraphs stay on the page of what follows them."""
    chosen = part is not None and isinstance(part.interaction, Choice)
    for block in _blocks(prompt, rendered):
        yield _styled("Leading On", [block]) if chosen and block["t"] == "Para" else block


def _option(sign: str, letter: str, blocks: list[Block]) -> list[Block]:
    begin = [*_words(f"{sign} "), _strong(letter), *_words("\u2003")]
    if blocks and blocks[0]["t"] in {"Para", "Plain"}:
        return [_para([*begin, *blocks[0]["c"]]), *blocks[1:]]
    return [_para(begin), *blocks]


def _solution(solution: Solution, rendered: Rendered) -> Iterator[Block]:
    if solution.right:
        yield _styled("Key", [_para([_strong("Right: "), *_words(", ".join(solution.right))])])
    if solution.code:
        yield _code(solution.code)
    if solution.answer:
        yield _styled("Key", _blocks(Words(text=solution.answer), rendered))
    if solution.rows:
        shown = [width > 0 for width in WIDTHS[solution.about]]
        rows = [
            [_blocks(Words(text=row.label), rendered), _blocks(Words(text=row.text), rendered), _text(row.points)]
            for row in solution.rows
        ]
        widths = [width for width in WIDTHS[solution.about] if width]
        yield _table([list(compress(row, shown)) for row in rows], widths=widths)
    if solution.note:
        yield _styled("Key", [_para([{"t": "Emph", "c": _words(solution.note)}])])


def _blocks(words: Words, rendered: Rendered) -> list[Block]:
    return list(json.loads(rendered[words] or "[]"))


def _inlines(words: Words, rendered: Rendered) -> list[Block]:
    blocks = _blocks(words, rendered)
    return blocks[0]["c"] if blocks and blocks[0]["t"] in {"Para", "Plain"} else _words(words.text)


def _words(text: str) -> list[Block]:
    return [{"t": "Str", "c": text}]


def _strong(text: str) -> Block:
    return {"t": "Strong", "c": _words(text)}


def _para(inlines: Sequence[Block]) -> Block:
    return {"t": "Para", "c": list(inlines)}


def _plain(inlines: Sequence[Block]) -> Block:
    return {"t": "Plain", "c": list(inlines)}


def _text(text: str) -> list[Block]:
    return [_plain(_words(text))]


def _heading(level: int, inlines: Sequence[Block]) -> Block:
    return {"t": "Header", "c": [level, NOTHING, list(inlines)]}


def _code(text: str) -> Block:
    return {"t": "CodeBlock", "c": [["", ["python"], []], text]}


def _styled(style: str, blocks: Sequence[Block]) -> Block:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(blocks)]}


def _close(blocks: list[Block]) -> list[Block]:
    """Set paragraphs of a cell without the space around them."""
    return [_plain(one["c"]) if one["t"] == "Para" else one for one in blocks]


def _table(rows: Sequence[Sequence[list[Block]]], widths: Sequence[float] = ()) -> Block:
    """Return a table without a head; columns are equally wide where no widths (shares of the line) are given."""
    count = len(rows[0])
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths or [1 / count] * count]
    cells = [[NOTHING, [[NOTHING, {"t": "AlignDefault"}, 1, 1, _close(blocks)] for blocks in row]] for row in rows]
    return {"t": "Table", "c": [NOTHING, [None, []], columns, [NOTHING, []], [[NOTHING, 0, [], cells]], [NOTHING, []]]}
