"""Every rule by its code."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType

from gradesmith.bank.lint import bookkeeping, checks, code_files, forms, hints, options, pairs, stems
from gradesmith.bank.lint.rule import Rule
from gradesmith.errors import NotFound

NEEDLESS_WAIVER = bookkeeping.NeedlessWaiver()
_ALL: tuple[Rule, ...] = (
    stems.NegativeStem(),
    stems.LongStem(),
    stems.GapInStem(),
    stems.ImageWithoutWords(),
    hints.AllOfTheAbove(),
    hints.NoneOfTheAbove(),
    hints.AbsoluteWords(),
    hints.VagueWords(),
    hints.ArticleCue(),
    hints.NumberCue(),
    hints.StemEcho(),
    options.KeyLonger(),
    options.OptionsAlike(),
    options.OptionsMixed(),
    options.OptionsOverlap(),
    options.OptionCount(),
    options.ThinReason(),
    bookkeeping.Todo(),
    bookkeeping.NoOutcome(),
    bookkeeping.NoTopic(),
    bookkeeping.ThinExplanation(),
    bookkeeping.VagueSource(),
    bookkeeping.NoModelAnswer(),
    bookkeeping.UnknownWaiver(),
    NEEDLESS_WAIVER,
    pairs.GivesAway(),
    pairs.ExplainedElsewhere(),
    pairs.NearCopy(),
    checks.CheckUnmarked(),
    checks.CheckNeverRuns(),
    checks.CheckTells(),
    checks.ClaimTrusted(),
    checks.CheckFixed(),
    checks.VisibleNeedsMore(),
    checks.TitleTells(),
    code_files.StarterSolves(),
    code_files.PointsOff(),
    code_files.NotPortable(),
    code_files.NoWrongAnswers(),
    code_files.WrongUnclaimed(),
    forms.KeysTooLong(),
    forms.KeyPositions(),
    forms.TooLittleTime(),
    forms.CannotBeMade(),
)
RULES = MappingProxyType({rule.code: rule for rule in _ALL})


def rule_named(code: str) -> Rule:
    """Return the rule with this code, or raise `NotFound` with the nearest ones."""
    if code not in RULES:
        near = get_close_matches(code, RULES, cutoff=0.4) or sorted(RULES)[:3]
        raise NotFound(f'there is no lint rule "{code}"', f"did you mean {' or '.join(near)}?")
    return RULES[code]
