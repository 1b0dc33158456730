"""``gradesmith bank verify``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from gradesmith.cli.options import Pace, counted, course_of, json_option, print_json, print_table, progress_bar, shown

if TYPE_CHECKING:
    from gradesmith.diagnostics import Diagnostic
    from gradesmith.workflows.verify import Verified

COLUMNS = ("question", "kind", "seeds", "mutants", "waived", "noticed", "score", "variants", "verdict")


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--seeds", type=click.IntRange(min=1), help="Try a coding task under so many (default: what is needed).")
@click.option("--draws", type=click.IntRange(min=1), help="Draw other kinds so many times (default: what is needed).")
@click.option("--jobs", type=click.IntRange(min=1), default=2, help="Engines to run at the same time.")
@click.option("--again", is_flag=True, help="Verify also what was verified before with the same content and tools.")
@json_option
@click.pass_context
def verify(  # noqa: PLR0913 - its options
    ctx: click.Context,
    ids: tuple[str, ...],
    *,
    seeds: int | None,
    draws: int | None,
    jobs: int,
    again: bool,
    as_json: bool,
) -> None:
    """Prove the questions IDS (default: all) and certify those that pass; exit 1 when something is to be mended.

    A coding task's solution must pass, its starter, junk, typed-in examples and known-wrong answers must fail, and its
    checks must notice nearly every small fault put into the solution. Other questions are drawn under many seeds.

    Example: gradesmith bank verify f1-by-hand
    """
    from gradesmith.diagnostics import Diagnostics  # noqa: PLC0415
    from gradesmith.workflows.verify import Settings, judge_bank  # noqa: PLC0415
    from gradesmith.workflows.verify import verify as verify_bank  # noqa: PLC0415

    usual = Settings()
    settings = Settings(seeds=seeds or usual.seeds, draws=draws or usual.draws, jobs=jobs, again=again)
    stop, watch = _watcher()
    unread = Diagnostics()
    try:
        found = verify_bank(course_of(ctx), ids, settings, watch, unread)
    finally:
        stop()
    of_bank = () if ids else (*unread, *judge_bank(course_of(ctx), found))
    if as_json:
        print_json([*(_facts(one) for one in found), *({"findings": [_fact(one)]} for one in of_bank)])
    else:
        _print(found, of_bank)
    if of_bank or not all(one.passed for one in found):
        ctx.exit(1)


def _watcher() -> tuple[Callable[[], None], Callable[[str], Callable[[int, int], None]]]:
    """Return what ends the progress bar of the moment, and what begins one for the next step."""
    ends: list[Callable[[], None]] = []
    pace = Pace()

    def stop() -> None:
        while ends:
            ends.pop()()

    def watch(step: str) -> Callable[[int, int], None]:
        stop()
        show, end = progress_bar(step, pace)
        ends.append(end)
        return show

    return stop, watch


def _print(found: Sequence[Verified], of_bank: Sequence[Diagnostic]) -> None:
    for finding in [*(finding for one in found for finding in one.findings), *of_bank]:
        click.echo(f"{finding.severity}: {_line(finding)}")
    print_table(COLUMNS, [_row(one) for one in found])
    failed = sum(one.certificate is None for one in found)
    skipped = sum(one.skipped for one in found)
    words = [counted(len(found), "question"), f"{len(found) - failed} certified"]
    words += [f"{skipped} of them before"] if skipped else []
    unread = sum(finding.severity == "error" for finding in of_bank)
    words += [f"{counted(unread, 'error')} in the bank, see above"] if unread else []
    click.echo(", ".join(words))


def _line(finding: Diagnostic) -> str:
    hint = f"\n  {finding.hint}" if finding.hint else ""
    place = f"{shown(finding.place.path)}:{finding.place.line}:{finding.place.column}"
    about = f"{finding.subject}: " if finding.subject else ""
    return f"{place}: {about}{finding.message}{hint}"


def _row(one: Verified) -> list[str]:
    verdict = "mend it" if one.certificate is None else "see above" if not one.passed else "certified"
    if one.certificate is None:
        return [one.question, one.kind, "", "", "", "", "", "", verdict]
    count, variants = one.certificate.mutation, one.certificate.variants
    mutation = ["", "", "", ""]
    if count is not None:
        mutation = [str(count.made), str(count.waived), str(count.killed), f"{float(100 * count.score):.1f} %"]
    drawn = "" if variants is None else str(variants)
    return [one.question, one.kind, str(one.certificate.seeds), *mutation, drawn, verdict]


def _facts(one: Verified) -> dict[str, object]:
    return {
        "question": one.question,
        "kind": one.kind,
        "skipped": one.skipped,
        "certificate": one.certificate.model_dump(mode="json") if one.certificate else None,
        "findings": [_fact(finding) for finding in one.findings],
    }


def _fact(finding: Diagnostic) -> dict[str, object]:
    facts = {name: getattr(finding, name) for name in ("code", "severity", "message", "hint")}
    return {**facts, "place": str(finding.place)}
