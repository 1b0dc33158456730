"""``gradesmith release`` and ``gradesmith forms``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.options import (
    counted,
    course_of,
    json_option,
    print_json,
    print_table,
    progress_bar,
    shown,
    uncertified_option,
    warned,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gradesmith.course.directories import CourseDirectory
    from gradesmith.model.assessments import Form
    from gradesmith.workflows.correct import Correction
    from gradesmith.workflows.handing_out import Released
    from gradesmith.workflows.who_has_what import Exposure, Holding


@click.command()
@click.argument("assessments", nargs=-1, required=True)
@click.option(
    "--correct", "correcting", is_flag=True, help="Mend keys, checks and explanations of forms that are marked already."
)
@click.option(
    "--anew",
    is_flag=True,
    help="Take back what was handed out and draw all forms again, as long as nobody's work is marked.",
)
@uncertified_option
@json_option
@click.pass_context
def release(
    ctx: click.Context, /, assessments: tuple[str, ...], *, uncertified: bool, as_json: bool, **which: bool
) -> None:
    """Freeze the forms of ASSESSMENTS in the gradebook and write the notebooks to hand out.

    Where students get forms of their own, whoever has one keeps it: run it again for those who registered late.

    Example: gradesmith release wt5
    """
    if which["correcting"] and which["anew"]:
        raise click.UsageError("--correct keeps the forms and --anew draws others: choose one of them")
    course = course_of(ctx)
    if which["correcting"]:
        _correct(course, assessments, uncertified=uncertified, as_json=as_json)
        return
    from gradesmith.workflows.release import Manner  # noqa: PLC0415
    from gradesmith.workflows.release import release as release_forms  # noqa: PLC0415

    show, end = progress_bar("making forms")
    manner = Manner(anew=which["anew"], warn=warned, progress=show)
    try:
        done = release_forms(course, assessments, datetime.now(UTC), uncertified=uncertified, manner=manner)
    finally:
        end()
    if as_json:
        print_json([_released(course, one) for one in done])
        return
    for one in done:
        _print(course, one)


def _print(course: CourseDirectory, released: Released) -> None:
    form = released.form
    points = float(form.points)
    facts = f"{counted(len(form.slots), 'question')}, {points:g} {'point' if points == 1 else 'points'}"
    if not released.by_student:
        path = shown(_notebook(course, form))
        click.echo(
            f"{form.assessment}: form {form.code} is frozen ({facts}, digest {form.digest[:12]}); hand out {path}"
        )
        return
    new = f"{len(released.fresh)} of them new" if released.fresh else "none of them new"
    click.echo(
        f"{form.assessment}: {counted(len(released.by_student), 'student')} have a frozen form ({facts}), {new}; "
        f"hand out {shown(course.root / 'release')}/<student>/{form.assessment}/"
    )
    click.echo(f"who has what: gradesmith forms {form.assessment}")


def _notebook(course: CourseDirectory, form: Form) -> Path:
    return course.release(form.assessment) / f"{form.assessment}.ipynb"


def _released(course: CourseDirectory, released: Released) -> dict[str, Any]:
    students = {
        student: {"form": form.code, "digest": form.digest, "new": student in released.fresh}
        for student, form in released.by_student.items()
    }
    return _facts(course, released.form) | ({"students": students} if students else {})


def _facts(course: CourseDirectory, form: Form) -> dict[str, Any]:
    return {
        "assessment": form.assessment,
        "form": form.code,
        "points": float(form.points),
        "questions": len(form.slots),
        "digest": form.digest,
        "notebook": _notebook(course, form),
    }


def _correct(course: CourseDirectory, assessments: tuple[str, ...], *, uncertified: bool, as_json: bool) -> None:
    from gradesmith.workflows.correct import correct  # noqa: PLC0415

    corrections = correct(course, assessments, datetime.now(UTC), uncertified=uncertified, warn=warned)
    if as_json:
        print_json([{**_facts(course, one.form), "corrected": one.mended, "forms": one.forms} for one in corrections])
        return
    for one in corrections:
        name = one.form.assessment
        if one.mended:
            click.echo(f"{name}: {_which(one)} corrected in {', '.join(one.mended)}")
            click.echo(f"next: gradesmith grade {name}")
        else:
            click.echo(f"{name}: nothing to correct: the bank says what the frozen form says")


def _which(correction: Correction) -> str:
    if correction.of == 1:
        return f"form {correction.form.code} is"
    return f"{correction.forms} of {correction.of} forms are"


@click.command()
@click.argument("assessment")
@click.option("--student", metavar="ID", help="Show what stands in this student's form.")
@click.option("--questions", is_flag=True, help="Count for each question how many forms hold it.")
@json_option
@click.pass_context
def forms(ctx: click.Context, assessment: str, *, student: str | None, questions: bool, as_json: bool) -> None:
    """List who has which frozen form of ASSESSMENT. For instructors only: what it prints leads to the keys.

    Example: gradesmith forms wt5 --student ada
    """
    if student is not None and questions:
        raise click.UsageError("--student shows one form and --questions counts in all of them: choose one")
    from gradesmith.workflows.who_has_what import exposures, form_of, holdings  # noqa: PLC0415

    course = course_of(ctx)
    if student is not None:
        _print_form(form_of(course, assessment, student), student, as_json=as_json)
    elif questions:
        _print_exposures(assessment, exposures(course, assessment), as_json=as_json)
    else:
        _print_holdings(assessment, holdings(course, assessment), as_json=as_json)


def _print_holdings(assessment: str, held: tuple[Holding, ...], *, as_json: bool) -> None:
    if as_json:
        print_json([_holding(one) for one in held])
        return
    rows = [
        (one.student or "everyone", one.name, one.form.code, one.form.digest[:12], one.form.canary)
        if one.form
        else (one.student, one.name, "none", "", "")
        for one in held
    ]
    columns = ("student", "name", "form", "digest", "canary")
    marked = any(row[-1] for row in rows)
    shown_rows = rows if marked else [row[:-1] for row in rows]
    print_table(columns if marked else columns[:-1], shown_rows, f"{assessment}: who has what")
    if without := [one.student for one in held if one.form is None]:
        click.echo(f"{counted(len(without), 'student')} without a form: gradesmith release {assessment}")


def _holding(one: Holding) -> dict[str, Any]:
    form = one.form
    known = {"form": form.code, "digest": form.digest, "canary": form.canary} if form else {"form": None}
    questions = {slot.name: slot.variant.question for slot in form.slots} if form else {}
    return {"student": one.student, "name": one.name, **known, "questions": questions}


def _print_form(form: Form, student: str, *, as_json: bool) -> None:
    """Print one form, with the seeds that draw its variants: `bank show` makes them again."""
    slots = [
        {
            "slot": slot.name,
            "question": slot.variant.question,
            "version": slot.variant.version,
            "seed": slot.variant.seed,
            "points": float(slot.points),
        }
        for slot in form.slots
    ]
    if as_json:
        facts = {"student": student, "assessment": form.assessment, "form": form.code, "digest": form.digest}
        print_json({**facts, "canary": form.canary, "slots": slots})
        return
    rows = [tuple(f"{value:g}" if isinstance(value, float) else value for value in one.values()) for one in slots]
    title = f"{form.assessment}: form {form.code} of {student} (digest {form.digest[:12]})"
    print_table(("slot", "question", "version", "seed", "points"), rows, title)
    if form.canary:
        click.echo(f"only this form has the numbers in {form.canary}")
    click.echo("as the bank draws a question now: gradesmith bank show QUESTION --seed SEED")


def _print_exposures(assessment: str, found: tuple[Exposure, ...], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [
        (one.question, one.students, f"{one.students / one.of:.0%}", ", ".join(one.slots), ", ".join(one.versions))
        for one in found
    ]
    print_table(("question", "students", "share", "slots", "versions"), rows, f"{assessment}: questions in forms")
