"""``gradesmith doctor``."""

from __future__ import annotations

import click

from gradesmith.cli.options import json_option, print_json, print_table


@click.command()
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> None:
    """Say what this machine offers, and prove by trying that student code can be confined here; exit 1 if it can't.

    Example: gradesmith doctor
    """
    from gradesmith.workflows.examine import examine_machine  # noqa: PLC0415

    found = examine_machine()
    if as_json:
        print_json({**found.facts, "confinement": found.confinement, "refusal": found.refusal})
    else:
        print_table(("what", "here"), found.facts.items())
        click.echo(f"student code is confined by: {found.confinement}" if found.confinement else found.refusal)
    if found.refusal:
        ctx.exit(1)
