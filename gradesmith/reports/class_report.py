"""The page about a whole class: scores, what needs a person, and what the questions were worth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

import numpy as np

from gradesmith.model.assessments import Form
from gradesmith.model.outcomes import Progress
from gradesmith.model.submissions import GradedSubmission
from gradesmith.reports import attention, item_tables, wording
from gradesmith.reports.histogram import Histogram, histogram
from gradesmith.reports.sheet import Sitting, gather, items
from gradesmith.rules.item_statistics import FEWEST, Reliability, cronbach_alpha, summary
from gradesmith.templates import page


def class_page(
    forms: tuple[Form, ...],
    results: tuple[GradedSubmission, ...],
    manual: Mapping[str, Mapping[str, Fraction]],
    missing_students: tuple[str, ...],
    generated_at: datetime,
) -> str:
    """Return the report on a class as a page that needs no other file; it is for instructors only.

    ``manual`` holds people's marks by student and answer cell; ``missing_students`` are those without a submission.
    Unregistered students, unknown forms and submissions without any mark are listed but do not enter the figures.
    """
    sheet = gather(forms, results, manual)
    scored = tuple(sitting for sitting in sheet.sittings if sitting.marked)
    asked = items(sheet)
    names = {
        "title": forms[0].title if forms else "No form",
        "generated": wording.moment(generated_at),
        "counted": len(scored),
        "submitted": len(results),
        "missing": tuple(wording.cell(student) for student in missing_students),
        "waiting": sum(_rising(sitting) for sitting in scored),
        "figures": _figures(scored),
        "alpha": _reliability(cronbach_alpha(sheet.given)),
        "histogram": _histogram(scored),
        "fewest": FEWEST,
        "to_mark": attention.to_mark(sheet, asked),
        "for_a_person": attention.for_a_person(results, forms, manual),
        "attempts": attention.noted(results, frozenset({"attempt"})),
        "mended": attention.mended(results, manual),
        "forms": len(forms),
        "slots": item_tables.slot_rows(sheet, asked),
        "items": tuple(item_tables.item_row(sheet, item) for item in asked),
        "options": tuple(table for item in asked for table in item_tables.option_tables(sheet, item)),
        "checks": item_tables.check_rows(sheet, asked),
        "mistakes": item_tables.mistake_rows(sheet, asked),
    }
    return page("class", names)


def _rising(sitting: Sitting) -> bool:
    return sitting.score.progress is not Progress.FULLY_GRADED


def _share(sitting: Sitting) -> float:
    return float(sitting.score.given / sitting.score.maximum) if sitting.score.maximum else 0.0


def _figures(scored: tuple[Sitting, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the summary as label, figure and what is to be said about it."""
    spread = summary(np.array([float(sitting.score.given) for sitting in scored]))
    if spread is None:
        return ()
    maxima = {sitting.score.maximum for sitting in scored}
    of = f"of {wording.points(maxima.pop())} points" if len(maxima) == 1 else "points"
    return (
        ("Submissions", str(spread.n), "in the figures"),
        ("Mean", wording.decimal(spread.mean, 1), of),
        ("Median", wording.decimal(spread.median, 1), of),
        ("Standard deviation", wording.decimal(spread.sd, 1), "points"),
        (
            "Middle half",
            f"{wording.decimal(spread.lower, 1)} – {wording.decimal(spread.upper, 1)}",
            "quartile to quartile",
        ),
        ("Range", f"{wording.decimal(spread.least, 1)} – {wording.decimal(spread.most, 1)}", "lowest to highest"),
    )


def _reliability(alpha: Reliability) -> str:
    basis = f"{wording.counted(alpha.n, 'student')}, {wording.counted(alpha.items, 'question')}"
    if alpha.value is None:
        return f"– (too little to tell: {basis})"
    interval = f"95% interval {wording.decimal(alpha.low)} to {wording.decimal(alpha.high)}"
    return f"{wording.decimal(alpha.value)} ({interval}; {basis})"


def _histogram(scored: tuple[Sitting, ...]) -> Histogram | None:
    if not scored:
        return None
    every = [_share(sitting) for sitting in scored]
    final = [_share(sitting) for sitting in scored if not _rising(sitting)]
    rising = [_share(sitting) for sitting in scored if _rising(sitting)]
    return histogram(final, rising, float(np.median(every)))
