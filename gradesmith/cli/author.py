"""``gradesmith build`` and ``gradesmith release``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.options import course_of, json_option, print_json, shown

if TYPE_CHECKING:
    from gradesmith.course.directories import CourseDirectory
    from gradesmith.model.assessments import Form

uncertified_option = click.option(
    "--uncertified", is_flag=True, help="Use also questions that `gradesmith bank verify` has not certified."
)


def _warn(warning: str) -> None:
    click.echo(warning, err=True)


@click.command()
@click.argument("assessments", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when a notebook is stale.")
@uncertified_option
@click.pass_context
def build(ctx: click.Context, assessments: tuple[str, ...], *, only_check: bool, uncertified: bool) -> None:
    """Write the instructor and student notebooks of ASSESSMENTS (default: all) into source/ and release/.

    Example: gradesmith build practical-07 wt5
    """
    from gradesmith.workflows.author import build as build_notebooks  # noqa: PLC0415

    stale = build_notebooks(course_of(ctx), assessments, check=only_check, uncertified=uncertified, warn=_warn)
    for path in stale:
        click.echo(f"{'stale' if only_check else 'written'}: {shown(path)}")
    if only_check and stale:
        click.echo("the notebooks do not match the bank: gradesmith build", err=True)
        ctx.exit(1)
    if not stale:
        click.echo("all notebooks are fresh")


@click.command()
@click.argument("assessments", nargs=-1, required=True)
@click.option(
    "--correct", "correcting", is_flag=True, help="Mend keys, checks and explanations of forms that are marked already."
)
@uncertified_option
@json_option
@click.pass_context
def release(
    ctx: click.Context, assessments: tuple[str, ...], *, correcting: bool, uncertified: bool, as_json: bool
) -> None:
    """Freeze the forms of ASSESSMENTS in the gradebook and write the notebooks to hand out.

    Example: gradesmith release wt5
    """
    course = course_of(ctx)
    if correcting:
        _correct(course, assessments, uncertified=uncertified, as_json=as_json)
        return
    from gradesmith.workflows.release import release as release_forms  # noqa: PLC0415

    forms = release_forms(course, assessments, datetime.now(UTC), uncertified=uncertified, warn=_warn)
    if as_json:
        print_json([_facts(course, form) for form in forms])
        return
    for form in forms:
        facts = _facts(course, form)
        click.echo(
            f"{form.assessment}: form {form.code} is frozen ({len(form.slots)} questions, {float(form.points):g} "
            f"points, digest {form.digest[:12]}); hand out {shown(facts['notebook'])}"
        )


def _facts(course: CourseDirectory, form: Form) -> dict[str, Any]:
    return {
        "assessment": form.assessment,
        "form": form.code,
        "points": float(form.points),
        "questions": len(form.slots),
        "digest": form.digest,
        "notebook": course.release(form.assessment) / f"{form.assessment}.ipynb",
    }


def _correct(course: CourseDirectory, assessments: tuple[str, ...], *, uncertified: bool, as_json: bool) -> None:
    from gradesmith.workflows.correct import correct  # noqa: PLC0415

    corrections = correct(course, assessments, datetime.now(UTC), uncertified=uncertified, warn=_warn)
    if as_json:
        print_json([{**_facts(course, one.form), "corrected": one.mended} for one in corrections])
        return
    for one in corrections:
        name = one.form.assessment
        if one.mended:
            click.echo(f"{name}: form {one.form.code} is corrected in {', '.join(one.mended)}")
            click.echo(f"next: gradesmith grade {name}")
        else:
            click.echo(f"{name}: nothing to correct: the bank says what the frozen form says")
