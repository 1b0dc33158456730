"""Papers, keys and answer sheets as typst source. Text from a bank or a roster is a string, or came through pandoc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gradesmith.model.interactions import Choice, Code, Fields
from gradesmith.papers.content import (
    Listing,
    Paper,
    PaperPart,
    PaperQuestion,
    Words,
    in_points,
    labels,
    words_in,
    words_of,
    worth,
)
from gradesmith.papers.keys import Solution
from gradesmith.papers.rendering import Rendered
from gradesmith.papers.typesetting import literal

PageSize = Literal["a4", "letter"]
SIZES: dict[PageSize, str] = {"a4": "a4", "letter": "us-letter"}
ORDINARY, LARGE = "11pt", "17pt"
SHORT_LINE, SHORT_LINE_LARGE = 60, 35  # fewer characters than a line holds
MOST_LINES, MOST_LINES_LARGE = 24, 14  # fewer lines than a page holds, with room around paragraphs and in tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How papers are printed: the size of paper and letters, and whether each paper begins on a sheet of its own."""

    size: PageSize = "a4"
    large: bool = False
    duplex: bool = False


def papers_source(papers: Sequence[Paper], rendered: Rendered, how: Print) -> str:
    """Return the source of some papers, one behind the other, each with pages numbered by themselves."""
    names = {words: f"w{number}" for number, words in enumerate(dict.fromkeys(words_in(papers)))}
    definitions = (f"#let {name} = [\n{rendered[words]}\n]" for words, name in names.items())
    sheets = (_sheet(paper, number, names, how) for number, paper in enumerate(papers))
    return "\n".join([beginning(papers[0].title, how), *definitions, *sheets, ""])


def beginning(title: str, how: Print) -> str:
    """Return the lines with which every source begins."""
    size = LARGE if how.large else ORDINARY
    return (
        f'#import "layout.typ": *\n#show: look.with(title: {literal(title)}, size: {size}, paper: "{SIZES[how.size]}")'
    )


def _sheet(paper: Paper, number: int, names: dict[Words, str], how: Print) -> str:
    return "\n".join(
        [
            f"#sheet(number: {number}, mark: {literal(paper.mark)}, owner: {literal(paper.owner)}, "
            f"key: {_yes(paper.is_key)}, duplex: {_yes(how.duplex)})[",
            _cover(paper, names),
            *(_item(item, names, how) for item in paper.items),
            "]",
        ]
    )


def _yes(flag: bool) -> str:  # noqa: FBT001 - writes one
    return "true" if flag else "false"


def _cover(paper: Paper, names: dict[Words, str]) -> str:
    title = f"{paper.title}: key" if paper.is_key else paper.title
    if paper.is_key:
        return f"#heading(level: 1, {literal(title)})\n#block({literal(paper.facts)})"
    student = paper.student
    cells = "".join(f"({literal(name)}, {literal(points)}), " for name, points in worth(paper))
    return (
        f"#cover(title: {literal(title)}, facts: {literal(paper.facts)}, "
        f"name: {literal(student.name if student else '')}, id: {literal(student.id if student else '')}, "
        f"rules: ({''.join(f'{literal(rule)}, ' for rule in paper.rules)}), "
        f"more: {names[paper.more_rules] if paper.more_rules else 'none'}, points: ({cells}))"
    )


def _item(item: Words | Listing | PaperQuestion, names: dict[Words, str], how: Print) -> str:
    match item:
        case Words():
            return f"#{names[item]}\n"
        case Listing(code=code):
            return f'#listing({literal(code)}, "python")'
        case PaperQuestion():
            body = "\n".join(_question(item, names))
            keeping = _keeping(item, how)
            return f"#{keeping}[\n{body}\n]" if keeping else body


def _keeping(question: PaperQuestion, how: Print) -> str:
    """Return what keeps a question on one page: where it is surely shorter than one, it need not be measured.

    A long prompt and the lines to write on may part; the lines themselves stay together.
    """
    short, most = (SHORT_LINE_LARGE, MOST_LINES_LARGE) if how.large else (SHORT_LINE, MOST_LINES)
    texts = tuple(words_of(question))
    lines = sum(1 + len(line) // short for words in texts for line in words.text.splitlines())
    if question.to_write:
        return "together" if lines <= most // 2 else ""
    return "together" if lines > most or any("![" in words.text for words in texts) else "whole"


def _question(question: PaperQuestion, names: dict[Words, str]) -> Iterator[str]:
    title = f" · #{names[question.title]}" if question.title.text else ""
    yield f"#question([{question.heading}{title}], {literal(in_points(question.points))})"
    if question.about:
        yield f"#about({literal(question.about)})"
    yield f"#{names[question.prompt]}\n"
    for part in question.parts:
        yield from _part(part, names)
    if question.explanation is not None and question.explanation.text:
        yield f"#solution[*Explanation* \\\n#{names[question.explanation]}\n]"


def _part(part: PaperPart, names: dict[Words, str]) -> Iterator[str]:
    if part.name:
        yield f"#part({literal(part.name)}, {literal(in_points(part.points))})"
    if part.prompt.text:
        yield f"#{names[part.prompt]}\n"
    yield from _answer(part, names)
    if part.solution is not None:
        yield _solution(part.solution, names)


def _answer(part: PaperPart, names: dict[Words, str]) -> Iterator[str]:
    right = part.solution.right if part.solution else ()
    match part.interaction:
        case Choice(options=options, multiple=multiple):
            rows = "".join(
                f"({literal(option.letter)}, {names[words]}, {_yes(option.letter in right)}), "
                for option, words in zip(options, labels(part), strict=True)
            )
            yield f'#options("{"square" if multiple else "circle"}", {rows})'
        case Fields() if part.solution is None:
            yield f"#fields({', '.join(names[words] for words in labels(part))})"
        case Code(starter=starter) if part.solution is None:
            yield f"#room({part.lines}, {literal(starter.strip(chr(10)))})"
        case _ if part.lines:
            yield f'#room({part.lines}, "")'


def _solution(solution: Solution, names: dict[Words, str]) -> str:
    lines = []
    if solution.right:
        lines.append(f"*Right:* {', '.join(solution.right)}\n")
    if solution.code:
        lines.append(f'#listing({literal(solution.code)}, "python")')
    if solution.answer:
        lines.append(f"#{names[Words(text=solution.answer)]}\n")
    if solution.rows:
        cells = ", ".join(
            f"{names[Words(text=row.label)]}, {names[Words(text=row.text)]}, {literal(row.points)}"
            for row in solution.rows
        )
        lines.append(f'#rows("{solution.about}", {cells})')
    if solution.note:
        lines.append(f"#emph({literal(solution.note)})\n")
    return "#solution[\n" + "\n".join(lines) + "\n]"
