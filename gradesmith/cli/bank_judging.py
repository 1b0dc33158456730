"""``gradesmith bank lint`` and ``bank stats``: what is in the bank, and how good it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from gradesmith.cli.options import counted, course_of, json_option, print_json, print_table, shown

if TYPE_CHECKING:
    from gradesmith.bank.coverage import Coverage
    from gradesmith.bank.lint.run import Findings
    from gradesmith.diagnostics import Diagnostic

RULE_PAGES = "docs/author/rules"
NONE = "–"


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--strict", is_flag=True, help="Exit 1 on warnings, too.")
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Judge by this rule only; may be given again.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
@click.option(
    "--write-docs",
    "pages",
    is_flag=False,
    flag_value=RULE_PAGES,
    metavar="[FOLDER]",
    help=f"Write a page for each rule instead (into {RULE_PAGES}).",
)
@click.option("--check", "only_check", is_flag=True, help="With --write-docs: write nothing; exit 1 when one is stale.")
@json_option
@click.pass_context
def lint(ctx: click.Context, /, ids: tuple[str, ...], *, rules: tuple[str, ...], **options: Any) -> None:
    """Judge how the questions and assessments IDS (default: all) are written; exit 1 on any error.

    Example: gradesmith bank lint --rule negative-stem
    """
    if options["pages"]:
        _write_pages(ctx, options["pages"], only_check=options["only_check"])
        return
    if options["list_rules"]:
        _list_rules(as_json=options["as_json"])
        return
    from gradesmith.workflows.lint import lint_bank  # noqa: PLC0415

    findings = lint_bank(course_of(ctx), ids, rules)
    if options["as_json"]:
        print_json(_as_json(findings))
    else:
        _print_findings(findings)
    counts = {severity.value: number for severity, number in findings.counts.items()}
    if counts["error"] or (options["strict"] and counts["warning"]):
        ctx.exit(1)


def _write_pages(ctx: click.Context, folder: str, *, only_check: bool) -> None:
    from gradesmith.workflows.lint import write_rule_pages  # noqa: PLC0415

    stale = write_rule_pages(course_of(ctx).root / folder, check=only_check)
    for path in stale:
        click.echo(f"{'stale' if only_check else 'written'}: {shown(path)}")
    if only_check and stale:
        ctx.exit(1)


def _list_rules(*, as_json: bool) -> None:
    from gradesmith.bank.lint.pages import summary  # noqa: PLC0415
    from gradesmith.bank.lint.registry import RULES  # noqa: PLC0415

    rows = [(rule.code, rule.severity.value, summary(rule)) for rule in RULES.values()]
    if as_json:
        print_json([dict(zip(("code", "severity", "finds"), row, strict=True)) for row in rows])
    else:
        print_table(("rule", "severity", "finds"), rows)


def _print_findings(findings: Findings) -> None:
    for one in findings.complaints:
        about = f"{one.subject}: " if one.subject else ""
        hint = f"; {one.hint}" if one.hint else ""
        click.echo(f"{one.place}: {one.severity.value} {one.code}: {about}{one.message}{hint}")
    numbers = [counted(number, severity.value) for severity, number in findings.counts.items()]
    waived = f"; {counted(len(findings.waived), 'complaint')} waived" if findings.waived else ""
    click.echo(", ".join(numbers) + waived)


def _as_json(findings: Findings) -> dict[str, Any]:
    return {
        "complaints": [_complaint(one) for one in findings.complaints],
        "waived": [_complaint(one.complaint) | {"reason": one.reason} for one in findings.waived],
        "counts": findings.counts,
    }


def _complaint(one: Diagnostic) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("code", "severity", "subject", "message", "hint")}
    return {**facts, "path": shown(one.place.path), "line": one.place.line, "column": one.place.column}


@click.command()
@json_option
@click.pass_context
def stats(ctx: click.Context, *, as_json: bool) -> None:
    """Count what the bank covers, and what each test lacks: a slot should have three questions to draw from.

    Example: gradesmith bank stats
    """
    from gradesmith.bank.coverage import coverage  # noqa: PLC0415
    from gradesmith.bank.loader import open_bank  # noqa: PLC0415

    found = coverage(open_bank(course_of(ctx).bank))
    if as_json:
        print_json(_stats_as_json(found))
    else:
        _print_stats(found)


def _stats_as_json(found: Coverage) -> dict[str, Any]:
    return {
        "cells": [asdict(one) for one in found.cells if one.questions],
        "lectures": [asdict(one) for one in found.lectures],
        "supplies": [
            asdict(one) | {"alternatives": one.alternatives, "missing": one.missing} for one in found.supplies
        ],
    }


def _print_stats(found: Coverage) -> None:
    blooms = list(dict.fromkeys(one.bloom for one in found.cells))
    rows = list(dict.fromkeys((one.unit, one.difficulty) for one in found.cells))
    numbers = {(one.unit, one.difficulty, one.bloom): one.questions or NONE for one in found.cells}
    print_table(
        ("unit", "difficulty", *blooms),
        [(unit, level, *(numbers[unit, level, bloom] for bloom in blooms)) for unit, level in rows],
        "Questions by unit, difficulty and Bloom's level",
    )
    kinds = sorted({kind for one in found.lectures for kind in one.test})
    print_table(
        ("lecture", "title", *kinds, "practical"),
        [(one.lecture, one.title, *(one.test.get(kind, NONE) for kind in kinds), one.practical or NONE)
         for one in found.lectures],
        "Questions by lecture; those for tests by kind",
    )  # fmt: skip
    print_table(
        ("assessment", "section", "slots", "questions", "for each slot"),
        [(one.assessment, one.section, one.count, one.pool, f"{one.alternatives:.1f}") for one in found.supplies],
        "What tests can pick from",
    )
    for one in found.supplies:
        if one.missing:
            kinds_asked = " or ".join(one.kinds)
            click.echo(f'warning: {one.assessment}, "{one.section}": write {one.missing} more ({kinds_asked})')
        for lecture in one.lectures_without:
            click.echo(f'warning: {one.assessment}, "{one.section}": nothing on lecture {lecture}')
