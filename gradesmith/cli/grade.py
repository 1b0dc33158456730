"""``gradesmith grade``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.changes import changes_facts, in_brackets, print_changes
from gradesmith.cli.options import counted, course_of, json_option, print_json, print_table, progress_bar
from gradesmith.sandbox.family import Family

if TYPE_CHECKING:
    from gradesmith.model.runs import Note
    from gradesmith.model.submissions import GradedSubmission
    from gradesmith.workflows.grade import GradingRun

SHOWN_NOTES = 5


@click.command()
@click.argument("assessment")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True, help="Submissions at a time."
)
@click.option(
    "--student", "students", multiple=True, help="Grade only this student's work (may be given several times)."
)
@click.option("--again", is_flag=True, help="Grade also what has not changed since it was graded.")
@click.option("--unconfined", is_flag=True, help="Run student code without confinement; the gradebook records it.")
@click.option("--quiet", is_flag=True, help="Print no table, only how many were graded, and what failed.")
@json_option
@click.pass_context
def grade(ctx: click.Context, /, assessment: str, *, as_json: bool, quiet: bool, **settings: Any) -> None:
    """Grade what was handed in to ASSESSMENT: each submission runs confined, its marks go into the gradebook.

    A run that was stopped goes on where it stopped. Exit 1 when a submission could not be recorded.

    Example: gradesmith grade wt5 --jobs 2
    """
    course = course_of(ctx)
    with Family() as family:
        family.begin()  # it loads its libraries while this process loads its own
        from gradesmith.workflows.grade import Settings  # noqa: PLC0415
        from gradesmith.workflows.grade import grade as grade_all  # noqa: PLC0415

        show, end = progress_bar(f"grading {assessment}")
        try:
            run = grade_all(course, assessment, Settings(**settings), show, family)
        finally:
            end()
    if as_json:
        print_json(_facts(run))
    else:
        _print(run, table=not quiet)
    if run.failed:
        ctx.exit(1)


def _facts(run: GradingRun) -> dict[str, Any]:
    return {
        "assessment": run.assessment,
        "found": run.found,
        "unchanged": run.unchanged,
        "on_paper": run.on_paper,
        "failed": run.failed,
        "missing": run.missing,
        "graded": [
            {
                "student": one.student,
                "state": one.state,
                "given": float(one.score.given),
                "maximum": float(one.score.maximum),
                "progress": one.score.progress,
                "notes": [note.message for note in one.notes],
                "seconds": round(one.seconds, 3),
            }
            for one in sorted(run.graded, key=lambda one: one.student)
        ],
        "changes": changes_facts(run.changes),
    }


def _print(run: GradingRun, *, table: bool) -> None:
    if run.graded and table:
        graded = sorted(run.graded, key=lambda one: one.student)
        print_table(("student", "marks", "of", "state", "notes"), map(_row, graded), f"{run.assessment}: graded now")
    _print_changes(run)
    fresh, unchanged = len(run.graded), len(run.unchanged)
    click.echo(f"{counted(run.found, 'submission')}: {fresh} graded, {unchanged} unchanged since last time")
    if run.on_paper:
        click.echo(f"left alone, as what they wrote on paper counts: {', '.join(run.on_paper)}")
        click.echo(f"to count a notebook instead: gradesmith grade {run.assessment} --student ID")
    if run.missing:
        who = ", ".join(run.missing[:10]) + (", …" if len(run.missing) > 10 else "")
        click.echo(f"nothing was handed in by {counted(len(run.missing), 'registered student')}: {who}")
    for student, reason in run.failed.items():
        click.echo(f"could not be recorded: {student}: {reason}", err=True)
    if run.found:
        click.echo(f"next: gradesmith report {run.assessment}")
    else:
        click.echo(f"submissions are looked for in submitted/<student>/{run.assessment}/{run.assessment}.ipynb")


def _print_changes(run: GradingRun) -> None:
    """Say what marking again has changed, where anything was marked before."""
    print_changes(run.assessment, run.changes)
    if run.earlier:
        alike = len(run.earlier) - len(run.changes)
        click.echo(f"marked again: {len(run.earlier)}; changed: {len(run.changes)}, as before: {alike}")


def _row(one: GradedSubmission) -> tuple[str, ...]:
    """Return one line of the table."""
    return (
        one.student,
        in_brackets(one.score),
        f"{float(one.score.maximum):g}",
        one.state.value.replace("_", " "),
        _in_short([_said(note) for note in one.notes]),
    )


def _in_short(notes: list[str]) -> str:
    """Write the first few; the report has them all."""
    more = [f"… and {len(notes) - SHOWN_NOTES} more, in the report"] if len(notes) > SHOWN_NOTES else []
    return "; ".join([*notes[:SHOWN_NOTES], *more])


def _said(note: Note) -> str:
    return note.message if not note.cell or note.cell in note.message else f"{note.cell}: {note.message}"
