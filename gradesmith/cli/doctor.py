"""``gradesmith doctor``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gradesmith.cli.options import json_option, print_json, print_table

if TYPE_CHECKING:
    from gradesmith.course.exchange.proving import Kept
    from gradesmith.workflows.examine import Examined, LayerReport


@click.command()
@click.option(
    "--exchange",
    type=click.Path(file_okay=False, path_type=Path),
    help="nbgrader's exchange (default: as nbgrader's settings name it).",
)
@click.option("--all", "every", is_flag=True, help="Name every act that was tried, not only what got through.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, *, exchange: Path | None, every: bool, as_json: bool) -> None:
    """Say what this machine offers, and prove by trying that student code can be confined here; exit 1 if it can't.

    It tries, too, whether nbgrader's exchange keeps the forms of students from each other.

    Example: gradesmith doctor
    """
    from gradesmith.workflows.examine import examine_exchange, examine_machine  # noqa: PLC0415

    found = examine_machine()
    kept = examine_exchange(ctx.obj, exchange)
    if as_json:
        layers = [asdict(layer) for layer in found.layers]
        refused = {"refusal": found.refusal, "remedy": found.remedy}
        print_json(
            {**found.facts, "layers": layers, "confinement": found.confinement, **refused, "exchange": asdict(kept)}
        )
    else:
        _print(found, every=every)
        _print_exchange(kept)
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


def _print_exchange(kept: Kept) -> None:
    if kept.apart:
        click.echo(f"the exchange {kept.root} keeps students' forms apart: {kept.how}")
        return
    click.echo(f"students' own forms are not handed out through the exchange {kept.root}: {kept.how}", err=True)
    click.echo(f"  {kept.remedy}", err=True)


def _layer(one: LayerReport) -> tuple[object, ...]:
    return one.name, one.guards, len(one.attempts), len(one.holes), "OPEN" if one.holes else "holds"
