"""``gradesmith roster …``."""

from __future__ import annotations

from pathlib import Path

import click

from gradesmith.cli.group import CommandGroup
from gradesmith.cli.options import NOBODY, counted, course_of, json_option, print_json, print_table


@click.group(cls=CommandGroup)
def roster() -> None:
    """Register students; work of anybody else is reported, not graded.

    Example: gradesmith roster add students.csv
    """


@roster.command()
@click.argument("csv", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def add(ctx: click.Context, csv: Path) -> None:
    """Register the students in CSV, with the columns id,first_name,last_name,email (only id must be there).

    Example: gradesmith roster add students.csv
    """
    from gradesmith.bank.loader import open_bank  # noqa: PLC0415
    from gradesmith.course.rosters import read_roster  # noqa: PLC0415
    from gradesmith.workflows.opening import open_gradebook  # noqa: PLC0415

    course = course_of(ctx)
    with open_gradebook(course) as gradebook:
        known = [one.id for one in gradebook.students()]
        students = read_roster(csv, open_bank(course.bank).assessments, known)
        fresh = gradebook.register(students)
    click.echo(f"{counted(len(students), 'student')} read, {len(fresh)} of them new")


@roster.command(name="list")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the registered students.

    Example: gradesmith roster list
    """
    from gradesmith.workflows.opening import open_gradebook  # noqa: PLC0415

    with open_gradebook(course_of(ctx)) as gradebook:
        students = gradebook.students()
    if as_json:
        print_json([student.model_dump() for student in students])
    elif not students:
        click.echo(NOBODY)
    else:
        print_table(("id", "name", "email"), [(one.id, one.name, one.email) for one in students])
