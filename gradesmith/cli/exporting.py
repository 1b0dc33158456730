"""``gradesmith lms export`` and ``bank export``: questions for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.group import CommandGroup
from gradesmith.cli.options import (
    counted,
    course_of,
    json_option,
    print_json,
    progress_bar,
    shown,
    uncertified_option,
    warned,
)

if TYPE_CHECKING:
    from gradesmith.interchange.limits import Limit
    from gradesmith.workflows.exporting import Exported

PLATFORMS = ("moodle", "qti", "gift")
MOST_NAMED = 6

out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file (default: one beside the gradebook)."
)
approximate_option = click.option(
    "--allow-approximate", is_flag=True, help="Write questions, too, that the format marks otherwise."
)


@click.group(cls=CommandGroup)
def lms() -> None:
    """Take tests to learning platforms.

    Example: gradesmith lms export wt5 --to moodle
    """


@lms.command(name="export")
@click.argument("assessment")
@click.option("--to", required=True, type=click.Choice([*PLATFORMS, "otter"]), help="The format.")
@out_option
@click.option("--form", "code", default="", metavar="CODE", help="Which of the released forms.")
@click.option("--student", default="", metavar="ID", help="The form that this student has.")
@approximate_option
@uncertified_option
@json_option
@click.pass_context
def export_form(
    ctx: click.Context, /, assessment: str, *, code: str, student: str, as_json: bool, **given: Any
) -> None:
    """Write a form of ASSESSMENT for Moodle, for a QTI 2.1 player, as GIFT, or as a notebook for otter assign.

    It is the form that was released; if nothing is released yet, the one that the bank gives now. What the format can't
    hold is left out and listed. The file holds all keys: keep it closed.

    Example: gradesmith lms export wt5 --to moodle --out wt5.xml
    """
    if code and student:
        raise click.UsageError("choose one of --form and --student")
    from gradesmith.workflows.exporting import Request, Whose  # noqa: PLC0415
    from gradesmith.workflows.exporting import export_form as export  # noqa: PLC0415

    done = export(course_of(ctx), assessment, Request(**given), Whose(code=code, student=student), warn=warned)
    if as_json:
        _print_json(done, {"assessment": assessment, "form": done.form, "released": done.released})
        return
    origin = "as it was released" if done.released else "made from the bank, as nothing is released yet"
    click.echo(f"{assessment}: form {done.form}, {origin}")
    _print(done)


@click.command(name="export")
@click.argument("ids", nargs=-1)
@click.option("--unit", type=int, help="All questions of this unit.")
@click.option("--to", required=True, type=click.Choice(PLATFORMS), help="The format.")
@out_option
@click.option("--variants", type=click.IntRange(min=1, max=1000), default=1, help="So many of each (default: 1).")
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Draw others (default: 0).")
@approximate_option
@uncertified_option
@json_option
@click.pass_context
def export_questions(ctx: click.Context, /, ids: tuple[str, ...], *, as_json: bool, **given: Any) -> None:
    """Write the questions IDS for a learning platform, by lecture and topic; without IDS, all that it can hold.

    With several variants each question gets a folder of its own, from which a quiz can draw one at random.

    Example: gradesmith bank export --unit 5 --to moodle --variants 5
    """
    from gradesmith.workflows.exporting import Choice, Request  # noqa: PLC0415
    from gradesmith.workflows.exporting import export_questions as export  # noqa: PLC0415

    choice = Choice(ids=ids, **{name: given.pop(name) for name in ("unit", "variants", "seed")})
    if ids and choice.unit is not None:
        raise click.UsageError("name questions, or a unit, not both")
    progress, stop = progress_bar("drawing")
    try:
        done = export(course_of(ctx), choice, Request(**given), warn=warned, progress=progress)
    finally:
        stop()
    if as_json:
        _print_json(done, {})
    else:
        _print(done)


def _print_json(done: Exported, facts: dict[str, Any]) -> None:
    limits = [
        {"item": one.item, "consequence": one.consequence.value, "what": one.what, "remedy": one.remedy}
        for one in done.limits
    ]
    print_json({**facts, "file": done.path, "items": done.items, "limits": limits})


def _print(done: Exported) -> None:
    for (consequence, what, remedy), items in _grouped(done.limits).items():
        named = ", ".join(items[:MOST_NAMED]) + (f" and {len(items) - MOST_NAMED} more" if items[MOST_NAMED:] else "")
        click.echo(f"{consequence}: {named}: {what}; {remedy}")
    click.echo(f"written: {shown(done.path)} ({counted(len(done.items), 'question')}, with all keys)")


def _grouped(limits: Iterable[Limit]) -> dict[tuple[str, str, str], list[str]]:
    """Return the items of each limit in words, what is left out first."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for one in sorted(limits, key=lambda one: one.consequence.value):
        words = {"left out": "left out", "approximate": "marked otherwise", "remark": "by hand"}
        groups.setdefault((words[one.consequence.value], one.what, one.remedy), []).append(one.item)
    return groups
