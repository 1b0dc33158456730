"""``gradesmith simulate``."""

from __future__ import annotations

import click

from gradesmith.cli.options import course_of


@click.command()
@click.argument("assessment")
@click.option("--students", type=click.IntRange(1, 10_000), default=30, show_default=True, help="How many hand in.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same class.")
@click.pass_context
def simulate(ctx: click.Context, assessment: str, students: int, seed: int) -> None:
    """Let a simulated class hand in to ASSESSMENT: perfect, wrong, untouched, looping and damaged notebooks.

    Refused in a course that has real students.

    Example: gradesmith simulate wt5 --students 30
    """
    from gradesmith.workflows.simulate import simulate as let_hand_in  # noqa: PLC0415

    pupils = let_hand_in(course_of(ctx), assessment, students, seed)
    click.echo(f"{len(pupils)} simulated students handed in to {assessment}; next: gradesmith grade {assessment}")
