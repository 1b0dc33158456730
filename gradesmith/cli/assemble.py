"""``gradesmith assemble``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.options import counted, course_of, json_option, print_json, print_table, progress_bar, shown

if TYPE_CHECKING:
    from gradesmith.workflows.plan import Planned


@click.command()
@click.argument("assessment")
@click.option(
    "--roster",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Plan for the students of this CSV file (default: those who are registered).",
)
@click.option("--report", is_flag=True, help="Write a page about the plan, too.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where (default: gradebook/ASSESSMENT-plan.html)."
)
@click.option("--seed", type=int, help="Draw other forms, from this number instead of the course's secret.")
@json_option
@click.pass_context
def assemble(ctx: click.Context, /, assessment: str, *, report: bool, as_json: bool, **settings: Any) -> None:
    """Plan the forms that a class would get of ASSESSMENT: nothing is released, nobody gets anything.

    Shows what the blueprint asks and what the forms have, how hard they will be, and where the bank is thin.

    Example: gradesmith assemble wt5 --roster students.csv --report
    """
    from gradesmith.workflows.plan import plan, write_plan  # noqa: PLC0415

    course, out = course_of(ctx), settings["out"]
    show, end = progress_bar(f"assembling {assessment}")
    try:
        made = plan(course, assessment, settings["roster"], settings["seed"], show)
    finally:
        end()
    page = write_plan(course, made, datetime.now(UTC), out) if report or out else None
    if as_json:
        print_json(_facts(made, page))
    else:
        _print(made, page)


def _facts(made: Planned, page: Path | None) -> dict[str, Any]:
    from gradesmith.reports.plan_report import warnings  # noqa: PLC0415

    plan = made.plan
    return {
        "assessment": plan.assessment.id,
        "students": plan.students,
        "standing": made.standing,
        "drawn_from": made.source,
        "target": plan.target,
        "spread": {"predicted": plan.spread.predicted, "fitted": plan.spread.fitted, "bound": plan.spread.bound},
        "blueprint": [
            {
                "what": one.what,
                "low": one.low,
                "high": one.high,
                "least": one.least,
                "most": one.most,
                "holds": one.holds,
            }
            for one in plan.lines
        ],
        "forms": [
            {
                "code": one.code,
                "students": one.students,
                "share": one.expected.share,
                "se": one.expected.se,
                "minutes": one.minutes,
            }
            for one in plan.predicted
        ],
        "exposure": dict(sorted(plan.exposure.items())),
        "alternatives": [
            {
                "slots": one.slots,
                "section": one.section,
                "pool": one.pool,
                "alternatives": one.alternatives,
                "missing": one.missing,
            }
            for one in plan.supplies
        ],
        "warnings": warnings(plan),
        "page": page,
    }


def _print(made: Planned, page: Path | None) -> None:
    from gradesmith.reports.plan_report import figures, rows, warnings  # noqa: PLC0415

    plan = made.plan
    lines = [(row.what, row.asked, row.had, "" if row.holds else "no") for row in rows(plan)]
    title = f"{plan.assessment.id}: {counted(len(plan.predicted), 'form')} for {counted(plan.students, 'student')}"
    print_table(("what", "asked", "forms have", "as asked"), [(*row[:3], row[3] or "yes") for row in lines], title)
    for label, figure, about in figures(plan):
        click.echo(f"{label.lower()}: {figure} ({about})")
    for warning in warnings(plan):
        click.echo(f"warning: {warning}", err=True)
    kept = f"; {counted(made.standing, 'student')} of them have theirs already" if made.standing else ""
    click.echo(f"drawn from {made.source}{kept}; nothing is released: gradesmith release {plan.assessment.id}")
    if page is not None:
        click.echo(f"written: {shown(page)}")
