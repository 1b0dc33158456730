"""The page about the forms that a class would get: blueprint against forms, difficulty, exposure, alternatives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from gradesmith.reports import wording
from gradesmith.reports.plan_charts import bars, intervals
from gradesmith.rules.assembly.planning import EXPOSURE, FEWEST_ALTERNATIVES, OVERLAP, Line, Plan, Predicted, Supply
from gradesmith.rules.item_statistics import Z_95
from gradesmith.templates import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was asked, and what the forms have, in words."""

    what: str
    asked: str
    had: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One form, in words."""

    code: str
    students: str
    share: str
    interval: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """What there is for slots of one sort, in words."""

    slots: str
    section: str
    pool: int
    chosen: int
    alternatives: str
    remark: str


def plan_page(plan: Plan, source: str, standing: int, generated_at: datetime) -> str:
    """Return the page about a plan, which needs no other file; it is for instructors only.

    ``source`` says what the forms are drawn from, ``standing`` how many students have their form already.
    """
    names = {
        "title": plan.assessment.title,
        "generated": wording.moment(generated_at),
        "students": wording.counted(plan.students, "student"),
        "forms": wording.counted(len(plan.predicted), "form"),
        "source": source,
        "standing": standing,
        "figures": figures(plan),
        "rows": rows(plan),
        "warnings": warnings(plan),
        "difficulty": intervals(plan.predicted, _band(plan)) if plan.predicted else None,
        "exposure": _exposure(plan),
        "overlap": _overlap(plan),
        "slots": tuple(_slot_row(one) for one in plan.supplies),
        "table": tuple(_form_row(one) for one in sorted(plan.predicted, key=lambda one: one.code)),
        "guessed": _guessed(plan),
        "several": plan.assessment.forms != 1,
        "fewest": FEWEST_ALTERNATIVES,
    }
    return page("plan", names)


def figures(plan: Plan) -> tuple[tuple[str, str, str], ...]:
    """Return the figures that sum a plan up: label, figure, and what is to be said about it."""
    found = [("Forms", str(len(plan.predicted)), f"for {wording.counted(plan.students, 'student')}")]
    if plan.target is not None:
        found.append(("Aimed at", wording.decimal(plan.target, 3), "share of the points earned"))
    if plan.assessment.forms != 1:
        found += [
            ("Predicted spread", wording.decimal(plan.spread.predicted, 3), "between forms, standard deviation"),
            ("Fitted spread", wording.decimal(plan.spread.fitted, 3), "as far as the estimates tell"),
            ("Bound", wording.decimal(plan.spread.bound, 3), "what errors of the estimates add"),
        ]
    used = len(plan.exposure)
    return (
        *found,
        ("Questions in use", str(used), f"of {used + plan.unused} that could be"),
        ("With statistics", str(plan.measured), f"of {used}; of the rest only the author's word is known"),
    )


def _guessed(plan: Plan) -> str:
    """Say for how many questions only their author speaks; nothing where students have answered all of them."""
    used = len(plan.exposure)
    if plan.measured == used:
        return ""
    how_many, others = (str(plan.measured), "the others") if plan.measured else ("none", "all of them")
    return (
        f"There are figures of students for {how_many} of these {wording.counted(used, 'question')}; of {others} only "
        "the author's word is known: easy, medium or hard."
    )


def rows(plan: Plan) -> tuple[Row, ...]:
    """Return the blueprint against the forms, line by line."""
    return tuple(
        Row(what=line.what, asked=_asked(line), had=_range(line, line.least, line.most), holds=line.holds)
        for line in plan.lines
    )


def warnings(plan: Plan) -> tuple[str, ...]:
    """Return what an instructor should think about before releasing such forms."""
    found = [*plan.uneven]
    for one in plan.few:
        what = wording.counted(one.pool, "question")
        found.append(
            f'section "{one.section}": {what} for {_slots(one)}, fewer than {FEWEST_ALTERNATIVES} for each: students '
            f"can learn from others what will be asked; write {one.missing} more"
        )
    if plan.unknown:
        found.append(f"not in the bank any more, so left out of the difficulty: {', '.join(plan.unknown)}")
    return tuple(found)


def _asked(line: Line) -> str:
    if line.low is not None and line.high is not None:
        return _range(line, line.low, line.high)
    return "any" if line.high is None else f"at most {_number(line, line.high)}"


def _range(line: Line, low: float, high: float) -> str:
    one, other = _number(line, low), _number(line, high)
    return one if one == other else f"{one} – {other}"


def _number(line: Line, number: float) -> str:
    return wording.decimal(number, 3) if line.share else f"{number:g}"


def _band(plan: Plan) -> tuple[float, float] | None:
    tolerance = plan.assessment.balance.tolerance
    return None if plan.target is None else (plan.target - tolerance, plan.target + tolerance)


def _exposure(plan: Plan) -> object:
    anchors = set(plan.assessment.anchors)
    times = Counter(count for name, count in plan.exposure.items() if name not in anchors)
    if plan.unused:
        times[0] = plan.unused
    return bars(times, _limit(plan, EXPOSURE), ("question", "questions")) if times else None


def _overlap(plan: Plan) -> object:
    limit = _limit(plan, OVERLAP)
    return bars(Counter(plan.overlaps), limit, ("pair of neighbours", "pairs of neighbours")) if plan.overlaps else None


def _limit(plan: Plan, what: str) -> int | None:
    found = next((line.high for line in plan.lines if line.what == what), None)
    return None if found is None else int(found)


def _slots(one: Supply) -> str:
    first, last = one.slots[0], one.slots[-1]
    together = [f"q{number:02}" for number in range(int(first[1:]), int(last[1:]) + 1)]
    return first if len(one.slots) == 1 else f"{first}–{last}" if list(one.slots) == together else ", ".join(one.slots)


def _slot_row(one: Supply) -> SlotRow:
    share = "anchors" if one.alternatives is None else f"{one.alternatives:.3g}"
    return SlotRow(
        slots=_slots(one),
        section=one.section,
        pool=one.pool + one.fixed,
        chosen=one.chosen,
        alternatives=share,
        remark=f"write {one.missing} more" if one.missing else "",
    )


def _form_row(one: Predicted) -> FormRow:
    low, high = (one.expected.share + sign * Z_95 * one.expected.se for sign in (-1, 1))
    return FormRow(
        code=one.code,
        students=", ".join(map(wording.cell, one.students)),
        share=wording.decimal(one.expected.share, 3),
        interval=f"{wording.decimal(max(low, 0), 2)} – {wording.decimal(min(high, 1), 2)}",
        minutes=f"{one.minutes:g}",
    )
