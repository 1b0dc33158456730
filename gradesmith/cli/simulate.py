"""``gradesmith simulate``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from gradesmith.cli.options import course_of, progress_bar, uncertified_option, warned


@click.command()
@click.argument("assessment")
@click.option("--students", type=click.IntRange(1, 10_000), default=30, show_default=True, help="How many hand in.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same class.")
@uncertified_option
@click.pass_context
def simulate(ctx: click.Context, assessment: str, students: int, seed: int, *, uncertified: bool) -> None:
    """Let a simulated class hand in to ASSESSMENT: perfect, wrong, untouched, looping and damaged notebooks.

    Where students get forms of their own, they are released to the simulated class. Refused in a course that has real
    students.

    Example: gradesmith simulate wt5 --students 30
    """
    from gradesmith.workflows.rehearse import Rehearsal, rehearse  # noqa: PLC0415
    from gradesmith.workflows.release import Manner  # noqa: PLC0415

    show, end = progress_bar("making forms")
    manner = Manner(warn=warned, progress=show)
    rehearsal = Rehearsal(students=students, seed=seed, uncertified=uncertified, manner=manner)
    try:
        pupils = rehearse(course_of(ctx), assessment, rehearsal, datetime.now(UTC))
    finally:
        end()
    click.echo(f"{len(pupils)} simulated students handed in to {assessment}; next: gradesmith grade {assessment}")
