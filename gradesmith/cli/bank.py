"""``gradesmith bank …``: what authors ask of the bank itself."""

from __future__ import annotations

import click

from gradesmith.cli.bank_judging import lint, stats
from gradesmith.cli.bank_reading import search, show
from gradesmith.cli.bank_writing import import_, new
from gradesmith.cli.exporting import export_questions
from gradesmith.cli.group import CommandGroup
from gradesmith.cli.options import course_of, json_option, print_json, print_table, shown
from gradesmith.cli.verify import verify


@click.group(cls=CommandGroup)
def bank() -> None:
    """Look after the question bank.

    Example: gradesmith bank check
    """


for _command in (lint, stats, verify, show, search, new, import_, export_questions):
    bank.add_command(_command)


@bank.command()
@json_option
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Read every file of the bank; list every error with its place and what would be right.

    Example: gradesmith bank check
    """
    from gradesmith.bank.loader import open_bank  # noqa: PLC0415

    found = open_bank(course_of(ctx).bank)
    if as_json:
        print_json({"questions": sorted(found.questions), "assessments": sorted(found.assessments)})
    else:
        click.echo(f"{len(found.questions)} questions and {len(found.assessments)} assessments, no error")


@bank.command(name="list")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the questions with what they are about.

    Example: gradesmith bank list
    """
    from gradesmith.bank.loader import open_bank  # noqa: PLC0415

    questions = open_bank(course_of(ctx).bank).questions
    columns = ("id", "kind", "lecture", "difficulty", "bloom", "use")
    rows = [[str(getattr(questions[name], column)) for column in columns] for name in sorted(questions)]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


@bank.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a schema is stale.")
@click.pass_context
def schema(ctx: click.Context, *, only_check: bool) -> None:
    """Write the JSON Schemas that editors complete and check YAML with.

    Example: gradesmith bank schema
    """
    from gradesmith.workflows.author import write_schemas  # noqa: PLC0415

    stale = write_schemas(course_of(ctx), check=only_check)
    for path in stale:
        click.echo(f"{'stale' if only_check else 'written'}: {shown(path)}")
    if only_check and stale:
        ctx.exit(1)
