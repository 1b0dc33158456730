"""Runs rules over a bank, and takes out what its authors have waived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gradesmith.bank.lint.registry import NEEDLESS_WAIVER, RULES
from gradesmith.bank.lint.rule import Item, Rule, Sheet, Whole
from gradesmith.bank.loader import Survey
from gradesmith.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A complaint that an author has answered, and the answer."""

    complaint: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the rules found, in the order of the places."""

    complaints: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many complaints there are of each severity."""
        found = Counter(one.severity for one in self.complaints)
        return {severity: found[severity] for severity in Severity}

    def about(self, names: Collection[str]) -> Findings:
        """Return what concerns these questions or assessments only."""
        return Findings(
            complaints=tuple(one for one in self.complaints if one.subject in names),
            waived=tuple(one for one in self.waived if one.complaint.subject in names),
        )


def lint(survey: Survey, sheets: Iterable[Sheet] = (), rules: Collection[Rule] = ()) -> Findings:
    """Judge everything that could be read of a bank, by these rules or by all; what could not be read is listed, too.

    Retired questions are not judged: what was handed out can't be mended.
    """
    questions = (one for one in survey.bank.questions.values() if not one.retired)
    items = tuple(Item.of(one, survey.found_at["question", one.id]) for one in questions)
    whole = Whole(items=items, sheets=tuple(sheets), codes=frozenset(RULES))
    chosen = {rule.code: rule for rule in rules} or RULES
    refused = [one for one in survey.diagnostics if not rules or one.code in chosen]
    found = [complaint for rule in chosen.values() for complaint in rule.judge(whole)]
    waivers = {
        (name, code): why for name, item in whole.by_id.items() for code, why in item.question.lint_ignore.items()
    }
    waived = [one for one in found if (one.subject, one.code) in waivers]
    if not rules:
        used = frozenset((one.subject, one.code) for one in waived)
        found += NEEDLESS_WAIVER.unused(whole, used)
    left = [one for one in found if (one.subject, one.code) not in waivers]
    return Findings(
        complaints=tuple(sorted([*refused, *left], key=_where)),
        waived=tuple(
            Waived(complaint=one, reason=waivers[one.subject, one.code]) for one in sorted(waived, key=_where)
        ),
    )


def _where(one: Diagnostic) -> tuple[str, int, int, str]:
    return str(one.place.path), one.place.line, one.place.column, one.code
