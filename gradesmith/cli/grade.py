"""``gradesmith grade``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.options import course_of, json_option, print_json, print_table, progress_bar

if TYPE_CHECKING:
    from gradesmith.workflows.grade import GradingRun


@click.command()
@click.argument("assessment")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True, help="At a time.")
@click.option("--student", "students", multiple=True, help="Grade only this student's (may be given several times).")
@click.option("--again", is_flag=True, help="Grade also what has not changed since it was graded.")
@click.option("--unconfined", is_flag=True, help="Run student code without confinement; the gradebook records it.")
@click.option("--quiet", is_flag=True, help="Print no table, only how many and what failed.")
@json_option
@click.pass_context
def grade(ctx: click.Context, /, assessment: str, *, as_json: bool, quiet: bool, **settings: Any) -> None:
    """Grade what was handed in to ASSESSMENT: each submission runs confined, its marks go into the gradebook.

    A run that was stopped goes on where it stopped. Exit 1 when a submission could not be recorded.

    Example: gradesmith grade wt5 --jobs 2
    """
    from gradesmith.workflows.grade import Settings  # noqa: PLC0415
    from gradesmith.workflows.grade import grade as grade_all  # noqa: PLC0415

    show, end = progress_bar(f"grading {assessment}")
    try:
        run = grade_all(course_of(ctx), assessment, Settings(**settings), show)
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
    }


def _print(run: GradingRun, *, table: bool) -> None:
    rows = [
        (one.student, f"{float(one.score.given):.2f}", f"{float(one.score.maximum):g}", one.state.value.replace("_", " "),
         "; ".join(note.message for note in one.notes))
        for one in sorted(run.graded, key=lambda one: one.student)
    ]
    if rows and table:
        print_table(("student", "marks", "of", "state", "notes"), rows, f"{run.assessment}: graded now")
    click.echo(f"{run.found} submissions: {len(run.graded)} graded, {len(run.unchanged)} unchanged since last time")
    if run.missing:
        click.echo(f"nothing was handed in by {len(run.missing)} registered students: {', '.join(run.missing[:10])}")
    for student, reason in run.failed.items():
        click.echo(f"could not be recorded: {student}: {reason}", err=True)
    click.echo(f"next: gradesmith report {run.assessment}")
