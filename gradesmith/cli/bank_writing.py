"""``gradesmith bank new`` and ``bank import``: questions to go on with."""

from __future__ import annotations

from pathlib import Path

import click

from gradesmith.cli.options import counted, course_of, shown

FORMATS = ("json", "csv", "gift", "aiken")


@click.command()
@click.argument("kind")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--id", "name", default="", help="The question's id (default: from PATH).")
@click.option("--lecture", default="", help="Its lecture (default: the first one of the unit in PATH).")
@click.pass_context
def new(ctx: click.Context, /, kind: str, path: Path, *, name: str, lecture: str) -> None:
    """Begin a question of KIND: a folder PATH for code, else an entry at the end of the list in the file PATH.

    PATH is taken from the current folder and leads into a unit of the bank.

    Example: gradesmith bank new single_choice question_bank/unit5/choice.yaml --id what-drift-means --lecture 5.3
    """
    from gradesmith.workflows.drafts import new_question  # noqa: PLC0415

    begun = new_question(course_of(ctx), kind, path, name=name, lecture=lecture)
    for written in begun.paths:
        click.echo(f"written: {shown(written)}")
    click.echo(f"fill in what says TODO, then: gradesmith bank lint {begun.ids[0]}")


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE is (default: as its name ends).")
@click.option("--lecture", required=True, help='The lecture that the questions belong to, such as "5.1".')
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The new file in the bank, such as question_bank/unit5/imported.yaml.",
)
@click.pass_context
def import_(ctx: click.Context, /, file: Path, *, form: str | None, lecture: str, target: Path) -> None:
    """Take over the choice questions of FILE as drafts; what an author must add says TODO, and lint finds it.

    Example: gradesmith bank import old.gift --lecture 5.1 --to question_bank/unit5/imported.yaml
    """
    from gradesmith.workflows.drafts import import_questions  # noqa: PLC0415

    kind = form or file.suffix.removeprefix(".")
    begun = import_questions(course_of(ctx), file, form=kind, lecture=lecture, target=target)
    for one in begun.passed_over:
        click.echo(f"passed over: {one}")
    click.echo(f"written: {shown(begun.paths[0])} ({counted(len(begun.ids), 'question')})")
    click.echo(f"fill in what says TODO, then: gradesmith bank lint {' '.join(begun.ids)}")
