"""``gradesmith paper …``: papers to print, and what stands on them typed back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.changes import changes_facts, in_brackets, print_changes
from gradesmith.cli.group import CommandGroup
from gradesmith.cli.options import counted, course_of, json_option, print_json, print_table, shown

if TYPE_CHECKING:
    from gradesmith.workflows.paper_marks import Entered

PRINT = "print"


@click.group(cls=CommandGroup, usual=PRINT)
def paper() -> None:
    """Print papers, keys and answer sheets, and type answers back. `paper wt5` is short for `paper print wt5`.

    Example: gradesmith paper wt5 --class --duplex
    """


@paper.command(name=PRINT)
@click.argument("assessment")
@click.option("--form", metavar="CODE", default="", help="The form with this code (`sample` is made from the bank).")
@click.option("--student", metavar="ID", default="", help="The form that this student has, with the name on it.")
@click.option("--class", "whole_class", is_flag=True, help="Everybody's paper in one PDF, in the order of the roster.")
@click.option("--key", is_flag=True, help="The key instead: answers, known mistakes, rubrics, notes for marking.")
@click.option("--sheet", is_flag=True, help="The answer sheet instead: one page, in the columns of `paper template`.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(["pdf", "html", "docx"]),
    multiple=True,
    default=("pdf",),
    show_default=True,
    help="May be given several times.",
)
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Its size.")
@click.option("--large", is_flag=True, help="Large print: letters of 17 points.")
@click.option("--duplex", is_flag=True, help="Let every paper begin on a sheet of its own when both sides are printed.")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own rules for the cover (Markdown).",
)
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder (default: gradebook/papers)."
)
@json_option
@click.pass_context
def print_(ctx: click.Context, /, *, as_json: bool, **wanted: Any) -> None:
    """Print the paper of ASSESSMENT: its frozen form, or before its release the one that the bank makes.

    With --key and --sheet both are printed. Needs the extra `papers` (pip install 'gradesmith[papers]').

    Example: gradesmith paper print wt5 --form A --key --out papers
    """
    from gradesmith.workflows.paper import print_papers  # noqa: PLC0415

    said: list[str] = []

    def tell(words: str) -> None:
        said.append(words)
        click.echo(words, err=True)

    written = print_papers(course_of(ctx), _order(**wanted), tell)
    if as_json:
        print_json({"written": written, "notes": said})
        return
    for path in written:
        click.echo(f"written: {shown(path)}")


def _order(*, key: bool, sheet: bool, rules: Path | None, **wanted: Any) -> Any:
    from gradesmith.papers.source import Print  # noqa: PLC0415
    from gradesmith.workflows.paper import Document, Order  # noqa: PLC0415

    chosen = [name for name in ("form", "student", "whole_class") if wanted[name]]
    if len(chosen) > 1:
        raise click.UsageError("choose one of --form, --student and --class")
    documents = [document for document, is_wanted in ((Document.KEY, key), (Document.SHEET, sheet)) if is_wanted]
    return Order(
        **{name: wanted[name] for name in ("assessment", "form", "student", "whole_class", "formats", "folder")},
        documents=tuple(documents) or (Document.PAPER,),
        how=Print(size=wanted["size"], large=wanted["large"], duplex=wanted["duplex"]),
        rules=rules.read_text(encoding="utf-8") if rules else "",
    )


@paper.command()
@click.argument("assessment")
@click.option(
    "--out",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file (default: ASSESSMENT-responses.csv).",
)
@click.pass_context
def template(ctx: click.Context, assessment: str, path: Path | None) -> None:
    """Write the table in which what stands on the papers of ASSESSMENT is typed, with a row for each student.

    Example: gradesmith paper template wt5 --out responses.csv
    """
    from gradesmith.workflows.paper_marks import template as write_template  # noqa: PLC0415

    path = path or Path(f"{assessment}-responses.csv")
    rows = write_template(course_of(ctx), assessment, path)
    click.echo(f"written: {shown(path)}, with {counted(rows, 'row')}")
    click.echo(f"type into it, then: gradesmith paper enter {assessment} {shown(path)}")


@paper.command()
@click.argument("assessment")
@click.argument("csv", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Only look for errors; enter nothing.")
@click.option("--replace", is_flag=True, help="Let paper count where a student handed in a notebook as well.")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When the paper was written (default: now)."
)
@json_option
@click.pass_context
def enter(ctx: click.Context, /, assessment: str, csv: Path, *, as_json: bool, **settings: Any) -> None:
    """Mark what was typed into CSV from the papers of ASSESSMENT, into the gradebook: every row, or none.

    Entered again, only rows that have changed are marked again, and what that changed is shown.

    Example: gradesmith paper enter wt5 responses.csv
    """
    from gradesmith.workflows.paper_marks import Stack  # noqa: PLC0415
    from gradesmith.workflows.paper_marks import enter as enter_all  # noqa: PLC0415

    sat = settings["date"].replace(tzinfo=UTC) if settings["date"] else None
    stack = Stack(path=csv, now=datetime.now(UTC), sat=sat, replace=settings["replace"], check=settings["only_check"])
    entered = enter_all(course_of(ctx), assessment, stack)
    if as_json:
        print_json(_facts(entered))
        return
    _print(assessment, entered, only_check=stack.check)
    click.echo("nothing was entered: this was a check" if stack.check else f"next: gradesmith report {assessment}")


def _facts(entered: Entered) -> dict[str, Any]:
    from gradesmith.workflows.paper_marks import waiting  # noqa: PLC0415

    return {
        "entered": [
            {
                "student": one.student,
                "given": float(one.score.given),
                "maximum": float(one.score.maximum),
                "progress": one.score.progress,
                "waiting": [*waiting(one)],
            }
            for one in entered.marked
        ],
        "unchanged": entered.unchanged,
        "blank": entered.blank,
        "changes": changes_facts(entered.changes),
    }


def _print(assessment: str, entered: Entered, *, only_check: bool) -> None:
    from gradesmith.workflows.paper_marks import waiting  # noqa: PLC0415

    if entered.marked:
        rows = (
            (one.student, in_brackets(one.score), f"{float(one.score.maximum):g}", ", ".join(waiting(one)))
            for one in entered.marked
        )
        title = f"{assessment}: {'to be entered' if only_check else 'entered now'}"
        print_table(("student", "marks", "of", "points still to give"), rows, title)
    print_changes(assessment, entered.changes)
    done = f"{len(entered.marked)} {'to enter' if only_check else 'entered'}, {len(entered.unchanged)} as they were"
    click.echo(f"{counted(len(entered.marked) + len(entered.unchanged), 'paper')}: {done}")
    if entered.blank:
        click.echo(f"blank, so left out: {', '.join(entered.blank)}")
