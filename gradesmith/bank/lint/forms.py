"""Rules on many questions together: a whole bank, and the forms drawn from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from gradesmith.bank.lint.chance import at_least
from gradesmith.bank.lint.rule import Flaw, Item, Rule, Whole
from gradesmith.diagnostics import Diagnostic, Place, Severity
from gradesmith.model.assessments import Form
from gradesmith.model.interactions import Choice
from gradesmith.model.keys import ChoiceKey

ALPHA = 0.01
ALPHA_OF_A_FORM = 0.05
FEWEST_KEYS = 6  # below that no distribution of letters is odd


class KeysTooLong(Rule):
    """Over the whole bank the key is the longest option more often than chance explains.

    One long key is nothing; a habit of long keys is what test-wise students live on. Counted are choices with a single
    longest option, and how often that is a key; the test is binomial, one-sided, at 1 %.

    Wrong:

    ```text
    in 14 of 20 choices with four options the key is the longest
    ```

    Right:

    ```text
    in 5 of 20
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 24: length of choices about equal.
    """

    code = "keys-too-long"
    severity = Severity.ERROR

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Count, and compare with what chance would give."""
        counted = [(item, chance) for item in whole.items if (chance := _chance_of_longest(item)) is not None]
        long = [item for item, _ in counted if _key_is_longest(item)]
        chances = [chance for _, chance in counted]
        if long and at_least(len(long), chances) < ALPHA:
            message = (
                f"in {len(long)} of {len(chances)} choices the key is the longest option; "
                f"chance would make it {sum(chances):.1f}"
            )
            names = ", ".join(item.question.id for item in long)
            place = Place(path=long[0].document.path.parent)
            yield self.complaint("", Flaw(place, message, f"shorten keys or say more in distractors of: {names}"))


def _chance_of_longest(item: Item) -> float | None:
    """Return how likely the longest option is a key by chance; ``None`` where there is no choice or no longest one."""
    if item.choice is None:
        return None
    lengths = sorted((len(option.text) for option in item.choice.options), reverse=True)
    right = sum(option.right for option in item.choice.options)
    return right / len(lengths) if lengths[0] > lengths[1] else None


def _key_is_longest(item: Item) -> bool:
    return item.choice is not None and max(item.choice.options, key=lambda option: len(option.text)).right


class KeyPositions(Rule):
    """In a form one letter holds the key more often than chance explains.

    Options are shuffled, so this is bad luck (or many sorted numbers whose key is in the same place); but students who
    notice "it is always C" are right too often. Looked at are single choices, from six on, at 5 % over all letters.

    Wrong:

    ```yaml
    seed: 20261      # of 10 keys 8 are C
    ```

    Right:

    ```yaml
    seed: 20262      # of 10 keys 3 are C
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 20: the position of the key varies.
    """

    code = "key-positions"
    severity = Severity.WARNING

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Count the letters of every form."""
        for sheet in whole.sheets:
            if sheet.form is None:
                continue
            keys = list(_keys(sheet.form))
            letters = Counter(letter for letter, _ in keys)
            if len(keys) < FEWEST_KEYS:
                continue
            letter, times = letters.most_common(1)[0]
            most = max(options for _, options in keys)
            if at_least(times, [1 / options for _, options in keys]) < ALPHA_OF_A_FORM / most:
                message = f"of {len(keys)} keys {times} stand under {letter}"
                yield self.complaint(sheet.assessment, Flaw(sheet.place, message, "choose another seed"))


def _keys(form: Form) -> Iterator[tuple[str, int]]:
    """Yield letter of the key and number of options of every single choice of a form."""
    for slot in form.slots:
        for part in slot.variant.parts:
            choice, key = part.interaction, part.key
            if isinstance(choice, Choice) and isinstance(key, ChoiceKey) and not choice.multiple:
                yield key.letters[0], len(choice.options)


class TooLittleTime(Rule):
    """The questions of a practical take more minutes than it has.

    Then it measures speed. The minutes of each question are its author's estimate for a student of the course. A test
    that picks its questions takes care of that itself, and is not made when they can't be answered in time.

    Wrong:

    ```yaml
    minutes: 20      # and questions of 31 minutes
    ```

    Right:

    ```yaml
    minutes: 35
    ```

    AERA, APA and NCME, Standards for Educational and Psychological Testing (2014), standard 4.14: time limits.
    """

    code = "too-little-time"
    severity = Severity.WARNING

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Add up the minutes of every form."""
        minutes = {name: Fraction(str(item.question.minutes)) for name, item in whole.by_id.items()}
        for sheet in whole.sheets:
            slots = sheet.form.slots if sheet.form else ()
            needed = sum((minutes.get(slot.variant.question, Fraction(0)) for slot in slots), Fraction(0))
            if sheet.form is not None and needed > sheet.form.minutes:
                message = f"its questions take {float(needed):g} minutes, it has {sheet.form.minutes}"
                hint = "give it more time, or fewer questions"
                yield self.complaint(sheet.assessment, Flaw(sheet.place, message, hint))


class CannotBeMade(Rule):
    """No form can be made from an assessment.

    The bank holds too few questions for it, enemies leave too few, or a question can't be drawn. The message is that
    of `gradesmith build`.

    Wrong:

    ```yaml
    pick: {kind: numeric, count: 3}      # and the unit has two
    ```

    Right:

    ```yaml
    pick: {kind: numeric, count: 2}
    ```
    """

    code = "cannot-be-made"
    severity = Severity.ERROR

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Pass on what went wrong."""
        for sheet in whole.sheets:
            if sheet.trouble is not None:
                message = sheet.trouble.message.removeprefix(sheet.assessment).lstrip(",: ")
                flaw = Flaw(sheet.place, message, sheet.trouble.remedy)
                yield self.complaint(sheet.assessment, flaw)
