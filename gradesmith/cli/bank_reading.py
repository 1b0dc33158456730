"""``gradesmith bank show`` and ``bank search``: questions to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradesmith.cli.options import course_of, json_option, print_json, print_table, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gradesmith.model.questions import Part, Variant

LONGEST_PROMPT = 70
UNSEEN_WIDTH = 80  # where nobody looks


@click.command()
@click.argument("name", metavar="ID")
@click.option("--seed", type=int, default=0, help="Which variant (default: 0).")
@click.option("--key", "with_key", is_flag=True, help="Show the key and the explanation, too.")
@click.option(
    "--html",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page as the student will see it instead.",
)
@json_option
@click.pass_context
def show(ctx: click.Context, /, name: str, *, seed: int, path: Path | None, **wanted: bool) -> None:
    """Show one variant of the question ID as a student would meet it.

    Example: gradesmith bank show k-of-a-released-table --seed 3
    """
    from gradesmith.workflows.preview import draw_question  # noqa: PLC0415

    variant = draw_question(course_of(ctx), name, seed)
    if path is not None:
        from gradesmith.course.directories import write_whole  # noqa: PLC0415
        from gradesmith.reports.preview import question_page  # noqa: PLC0415

        write_whole(path, question_page(variant))
        click.echo(f"written: {shown(path)}")
    elif wanted["as_json"]:
        print_json(variant.model_dump(mode="json"))
    else:
        _print_variant(variant, with_key=wanted["with_key"])


def _print_variant(variant: Variant, *, with_key: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - help must not wait for it
    from rich.markdown import Markdown  # noqa: PLC0415

    console = Console(highlight=False, width=None if Console().is_terminal else UNSEEN_WIDTH)
    pieces = [f"# {variant.title or variant.question}", variant.prompt]
    for part in variant.parts:
        pieces += [part.prompt, *_asked(part)]
        if with_key:
            pieces += ["**Key**", *_key(part)]
    if with_key:
        pieces += ["**Explanation**", variant.explanation]
    console.print(Markdown("\n\n".join(piece for piece in pieces if piece)))


def _asked(part: Part) -> Iterator[str]:
    """Yield what there is to choose, to fill in or to go on with, as Markdown."""
    from gradesmith.model.interactions import Choice, Code, Fields  # noqa: PLC0415

    match part.interaction:
        case Choice(options=options):
            yield "\n".join(f"* **{option.letter}** {option.text}" for option in options)
        case Fields(fields=fields):
            yield "\n".join(f"* {field.label}: …" for field in fields)
        case Code(starter=starter):
            yield f"```python\n{starter.rstrip()}\n```"
        case _:
            yield "*(an answer in words)*"


def _key(part: Part) -> Iterator[str]:
    """Yield what is right, as Markdown."""
    from gradesmith.model.keys import ChoiceKey, CodeKey, FieldsKey  # noqa: PLC0415

    match part.key:
        case ChoiceKey(letters=letters, reasons=reasons):
            yield "\n".join(
                [f"* **{', '.join(letters)}**", *(f"* {letter}: {why}" for letter, why in sorted(reasons.items()))]
            )
        case FieldsKey(fields=fields):
            yield "\n".join(
                f"* {field.name} = {'undefined' if field.value is None else f'{field.value:.6g}'} "
                f"(± {field.tolerance:.3g})"
                for field in fields
            )
        case CodeKey(solution=solution, checks=checks):
            yield f"```python\n{solution.rstrip()}\n```"
            yield "\n".join(f"* {check.title} ({float(check.points):g})" for check in checks)
        case key:
            yield "\n".join(f"* {one.text} ({float(one.points):g})" for one in key.rubric)
            yield key.answer


@click.command()
@click.argument("words", nargs=-1, required=True)
@json_option
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], *, as_json: bool) -> None:
    """Find the questions that hold all of WORDS, or words that begin so, the most telling places first.

    Looked at are id, title, topics, outcomes, prompt and options.

    Example: gradesmith bank search recall prevalence
    """
    from gradesmith.bank.loader import open_bank  # noqa: PLC0415
    from gradesmith.bank.searching import search as search_questions  # noqa: PLC0415

    hits = search_questions(open_bank(course_of(ctx).bank).questions.values(), words)
    rows = [(hit.question.id, _beginning(hit.question.prompt), ", ".join(hit.question.topics)) for hit in hits]
    if as_json:
        print_json([{"id": row[0], "prompt": row[1], "topics": hit.question.topics, "score": hit.score}
                    for row, hit in zip(rows, hits, strict=True)])  # fmt: skip
    elif rows:
        print_table(("id", "prompt", "topics"), rows)
    else:
        click.echo("no question holds all of these words")


def _beginning(prompt: str) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= LONGEST_PROMPT else f"{line[: LONGEST_PROMPT - 1]}…"
