"""``gradesmith feedback``, ``report``, ``export`` and ``marks``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from gradesmith.cli.options import NOBODY, counted, course_of, json_option, print_json, print_table, shown


@click.command()
@click.argument("assessment")
@click.pass_context
def feedback(ctx: click.Context, assessment: str) -> None:
    """Write one self-contained page per student: what they answered, what it earned, and what to learn from it.

    Example: gradesmith feedback wt5
    """
    from gradesmith.workflows.results import feedback as write_feedback  # noqa: PLC0415

    course = course_of(ctx)
    written = write_feedback(course, assessment)
    pages = counted(len(written), "page")
    click.echo(f"{pages} of feedback written: {shown(course.root / 'feedback')}/<student>/{assessment}/")


@click.command()
@click.argument("assessment")
@click.pass_context
def report(ctx: click.Context, assessment: str) -> None:
    """Write a self-contained page for the instructor: scores, questions, distractors, and what needs a person.

    Example: gradesmith report wt5
    """
    from gradesmith.workflows.results import report as write_report  # noqa: PLC0415

    click.echo(f"written: {shown(write_report(course_of(ctx), assessment, datetime.now(UTC)))}")


@click.command()
@click.argument("assessment")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder (default: gradebook/)."
)
@click.pass_context
def export(ctx: click.Context, assessment: str, folder: Path | None) -> None:
    """Write marks per question and outcomes per check as CSV.

    Example: gradesmith export wt5 --to marks
    """
    from gradesmith.workflows.results import export as write_tables  # noqa: PLC0415

    course = course_of(ctx)
    for path in write_tables(course, assessment, folder or course.gradebook.parent):
        click.echo(f"written: {shown(path)}")


@click.command()
@click.argument("assessments", nargs=-1)
@click.option("--csv", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write the table as CSV, too.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Print the first N students only.")
@json_option
@click.pass_context
def marks(
    ctx: click.Context, /, assessments: tuple[str, ...], *, path: Path | None, top: int | None, as_json: bool
) -> None:
    """Print every student's marks in ASSESSMENTS (default: all that were released).

    A mark in brackets waits for a person: for a judgement in words, or a file that can't be read.

    Example: gradesmith marks wt5 --csv grades.csv
    """
    from gradesmith.gradebook.export import write_csv  # noqa: PLC0415
    from gradesmith.workflows.results import ABOUT_A_STUDENT, marks_table  # noqa: PLC0415

    table = marks_table(course_of(ctx), assessments)
    if path is not None:
        write_csv(table, path)
    if as_json:
        print_json([dict(zip(table.header, row, strict=True)) for row in table.rows])
    elif not table.rows:
        click.echo(NOBODY)
    elif len(table.header) == len(ABOUT_A_STUDENT):
        click.echo("nothing is released yet: gradesmith release ASSESSMENT")
    else:
        print_table(table.header, table.rows[:top])
        if top is not None and len(table.rows) > top:
            click.echo(f"… and {len(table.rows) - top} more: {' '.join(['gradesmith marks', *assessments])}")
