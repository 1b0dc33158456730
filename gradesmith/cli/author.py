"""``gradesmith build``."""

from __future__ import annotations

import click

from gradesmith.cli.options import course_of, shown, uncertified_option, warned


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

    stale = build_notebooks(course_of(ctx), assessments, check=only_check, uncertified=uncertified, warn=warned)
    for path in stale:
        click.echo(f"{'stale' if only_check else 'written'}: {shown(path)}")
    if only_check and stale:
        click.echo("the notebooks do not match the bank: gradesmith build", err=True)
        ctx.exit(1)
    if not stale:
        click.echo("all notebooks are fresh")
