"""A paper as one HTML page that needs no other file, reads well on a screen and prints like the PDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from gradesmith.papers.content import Listing, Paper, PaperQuestion, Words, in_points, labels, worth
from gradesmith.papers.rendering import Rendered
from gradesmith.papers.source import Print
from gradesmith.templates import Markup, page

NOTHING = Markup()
WIDEST = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the page: a question, or something that is only shown."""

    question: PaperQuestion | None = None
    shown: Markup = NOTHING


def paper_page(paper: Paper, rendered: Rendered, how: Print) -> str:
    """Return the page of a paper or a key; mathematics is MathML, pictures are within."""

    def words(one: Words | None) -> Markup:
        return Markup(rendered[one]) if one is not None else Markup()

    def inline(one: Words) -> Markup:
        return Markup(rendered[one].strip().removeprefix("<p>").removesuffix("</p>"))

    names = {
        "paper": paper,
        "items": tuple(_items(paper, rendered)),
        "worth": tuple(_rows(paper)),
        "size": "A4" if how.size == "a4" else "letter",
        "large": how.large,
        "mark": css_string(paper.mark),
        "owner": css_string(paper.owner),
        "words": words,
        "inline": inline,
        "text": lambda text: Words(text=text),
        "labels": labels,
        "in_points": in_points,
    }
    return page("paper", names)


def _items(paper: Paper, rendered: Rendered) -> Iterator[Item]:
    for item in paper.items:
        match item:
            case PaperQuestion():
                yield Item(question=item)
            case Words():
                yield Item(shown=Markup(rendered[item]))
            case Listing(code=code):
                yield Item(shown=Markup("<pre><code>{}</code></pre>").format(code))


def _rows(paper: Paper) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the points per question in rows of about the same length."""
    cells = worth(paper)
    width = math.ceil(len(cells) / math.ceil(len(cells) / WIDEST))
    yield from (cells[start : start + width] for start in range(0, len(cells), width))


def css_string(text: str) -> Markup:
    """Return a text as a string of CSS, whatever stands in it."""
    kept = "".join(one if one.isalnum() or one in " .,-·" else f"\\{ord(one):06x} " for one in text)
    return Markup(f'"{kept}"')
