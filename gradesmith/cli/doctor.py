"""``gradesmith doctor``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gradesmith.cli.options import json_option, print_json, print_table

if TYPE_CHECKING:
    from gradesmith.workflows.examine import Examined, LayerReport


@click.command()
@click.option("--all", "every", is_flag=True, help="Name every act that was tried, not only what got through.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, every: bool, as_json: bool) -> None:
    """Say what this machine offers, and prove by trying that student code can be confined here; exit 1 if it can't.

    Example: gradesmith doctor
    """
    from gradesmith.workflows.examine import examine_machine  # noqa: PLC0415

    found = examine_machine()
    if as_json:
        layers = [asdict(layer) for layer in found.layers]
        refused = {"refusal": found.refusal, "remedy": found.remedy}
        print_json({**found.facts, "layers": layers, "confinement": found.confinement, **refused})
    else:
        _print(found, every=every)
    if found.refusal:
        ctx.exit(1)


def _print(found: Examined, *, every: bool) -> None:
    print_table(("what", "here"), found.facts.items())
    if found.layers:
        title = "What a canary tried, confined like student code"
        print_table(("layer", "guards", "tried", "got through", "verdict"), map(_layer, found.layers), title)
    shown = [(layer, one) for layer in found.layers for one in (layer.attempts if every else layer.holes)]
    if shown:
        acts = ((layer.name, one.act, "stopped" if one.stopped else "GOT THROUGH", one.detail) for layer, one in shown)
        print_table(("layer", "act", "ended", "what was seen"), acts)
    if not found.refusal:
        click.echo(f"student code is confined by: {found.confinement}")
        return
    click.echo(f"nothing is graded here: {found.refusal}", err=True)
    for remedy in [found.remedy, *(f"{layer.name}: {layer.remedy}" for layer in found.layers if layer.holes)]:
        if remedy:
            click.echo(f"  {remedy}", err=True)


def _layer(one: LayerReport) -> tuple[object, ...]:
    return one.name, one.guards, len(one.attempts), len(one.holes), "OPEN" if one.holes else "holds"
