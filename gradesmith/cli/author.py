"""``gradesmith build`` and ``gradesmith release``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from gradesmith.cli.options import course_of, json_option, print_json, shown


@click.command()
@click.argument("assessments", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a notebook is stale.")
@click.pass_context
def build(ctx: click.Context, assessments: tuple[str, ...], *, only_check: bool) -> None:
    """Write the instructor and student notebooks of ASSESSMENTS (default: all) into source/ and release/.

    Example: gradesmith build practical-07 wt5
    """
    from gradesmith.workflows.author import build as build_notebooks  # noqa: PLC0415

    stale = build_notebooks(course_of(ctx), assessments, check=only_check)
    for path in stale:
        click.echo(f"{'stale' if only_check else 'written'}: {shown(path)}")
    if only_check and stale:
        click.echo("the notebooks do not match the bank: gradesmith build", err=True)
        ctx.exit(1)
    if not stale:
        click.echo("all notebooks are fresh")


@click.command()
@click.argument("assessments", nargs=-1, required=True)
@json_option
@click.pass_context
def release(ctx: click.Context, assessments: tuple[str, ...], *, as_json: bool) -> None:
    """Freeze the forms of ASSESSMENTS in the gradebook and write the notebooks to hand out.

    Example: gradesmith release wt5
    """
    from gradesmith.workflows.release import release as release_forms  # noqa: PLC0415

    course = course_of(ctx)
    forms = release_forms(course, assessments, datetime.now(UTC))
    facts = [
        {
            "assessment": form.assessment,
            "form": form.code,
            "points": float(form.points),
            "questions": len(form.slots),
            "digest": form.digest,
            "notebook": course.release(form.assessment) / f"{form.assessment}.ipynb",
        }
        for form in forms
    ]
    if as_json:
        print_json(facts)
        return
    for one in facts:
        click.echo(
            f"{one['assessment']}: form {one['form']} is frozen ({one['questions']} questions, {one['points']:g} "
            f"points, digest {str(one['digest'])[:12]}); hand out {shown(Path(str(one['notebook'])))}"
        )
