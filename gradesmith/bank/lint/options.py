"""Rules on the options as a set: how many, how long, how far apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gradesmith.bank.lint.ranges import range_of
from gradesmith.bank.lint.rule import ChoiceRule, Flaw, Item
from gradesmith.bank.lint.wording import TODO, excerpt, normal, words
from gradesmith.diagnostics import Severity
from gradesmith.model.questions import ChoiceText, OptionText
from gradesmith.rules.amounts import amount, by_size
from gradesmith.rules.readings import as_read

FEWEST, MOST = 3, 5
MOST_WITH_SEVERAL_KEYS = 8
MUCH_LONGER = 1.25
WORTH_COMPARING = 12  # letters; below that a longer option is longer by a word
MOST_WORDS_AROUND = 3  # of a number that is an option by itself
SHORTEST_REASON = 4  # words


class KeyLonger(ChoiceRule):
    """The key is much longer than every distractor.

    Authors qualify what is true and are brief with what is not; "the longest" is the first guess of who does not know.
    A key may be a quarter longer than the longest distractor. (Over the whole bank, `keys-too-long` counts.)

    Wrong:

    ```yaml
    key: The share of the truly ill people whom the test finds
    distractors:
      - {text: The share of alarms, because: That is the rate of positives.}
    ```

    Right:

    ```yaml
    key: The share of the ill whom the test finds
    distractors:
      - {text: The share of the found who are ill, because: That is precision.}
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 24: length of choices about equal.
    """

    code = "key-longer"
    severity = Severity.NOTE

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare each key with the longest distractor."""
        longest = max(len(option.text) for option in choice.options if not option.right)
        for option in choice.options:
            length = len(option.text)
            if option.right and length >= WORTH_COMPARING and length > MUCH_LONGER * longest:
                message = f"the key has {length} characters, the longest distractor {longest}"
                yield Flaw(item.place(*option.field), message, "shorten it, or say as much in a distractor")


class OptionsAlike(ChoiceRule):
    r"""Two options say the same, but for capitals, emphasis, a full stop or how a number or a formula is written.

    Then one of them is right without being the key, or both are wrong and the question is easier than it looks. Equal
    texts are refused when the bank is read; this rule sees "0.5" and "0.50" as well, and `$\frac12$` and
    `$\frac{1}{2}$`.

    Wrong:

    ```yaml
    key: "0.5"
    distractors:
      - {text: "0.50", because: That is rounded.}
    ```

    Right:

    ```yaml
    key: "0.5"
    distractors:
      - {text: "0.25", because: That is squared.}
    ```

    Haladyna, Downing and Rodriguez (2002), guidelines 19 (one right answer) and 22 (options do not overlap).
    """

    code = "options-alike"
    severity = Severity.ERROR

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare all pairs."""
        for one, other in combinations(choice.options, 2):
            if normal(as_read(one.text)) == normal(as_read(other.text)) or _equal(one.text, other.text):
                message = f'"{excerpt(other.text)}" is the same answer as "{excerpt(one.text)}"'
                yield Flaw(item.place(*other.field), message, "write another misconception")


def _equal(one: str, other: str) -> bool:
    first, second = amount(one), amount(other)
    return first is not None and first == second


class OptionsMixed(ChoiceRule):
    """Options are numbers, but not all of one thing, so that they can't stand in their order.

    Readers look for a number in order, so gradesmith sorts options that are all numbers with the same words around
    them. A stray unit, or one option in words, leaves them shuffled, and the odd one out catches the eye.

    Wrong:

    ```yaml
    key: 14 %
    distractors:
      - {text: 80 %, because: That is recall.}
      - {text: "0.16", because: It divides by the false alarms.}
    ```

    Right:

    ```yaml
    key: 14 %
    distractors:
      - {text: 80 %, because: That is recall.}
      - {text: 16 %, because: It divides by the false alarms.}
    ```

    Haladyna, Downing and Rodriguez (2002), guidelines 21 (numerical order) and 23 (homogeneous choices).
    """

    code = "options-mixed"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """See whether what is mostly numbers can be sorted."""
        if any(range_of(normal(option.text)) for option in choice.options):
            return
        strays = [option for option in choice.options if not _is_figure(option.text)]
        if by_size([option.text for option in choice.options]) is None and len(strays) <= 1 < len(choice.options) - 1:
            stray = strays[0] if strays else _odd_one_out(choice)
            hint = "write all of them as numbers of one unit, with the same words around them"
            yield Flaw(item.place(*stray.field), f'"{excerpt(stray.text)}" is not of a kind with the others', hint)


def _is_figure(text: str) -> bool:
    """Whether an option is a number rather than a sentence that holds one."""
    found = amount(text)
    return found is not None and len(words(f"{found.before} {found.after}")) <= MOST_WORDS_AROUND


def _odd_one_out(choice: ChoiceText) -> OptionText:
    """Return the first option whose words are those of the fewest."""
    around = {one.field: (found.before, found.after) for one in choice.options if (found := amount(one.text))}
    shared = list(around.values())
    return min(choice.options, key=lambda option: shared.count(around[option.field]))


class OptionsOverlap(ChoiceRule):
    """Two ranges of numbers share a number.

    Who answers with a number in the shared part is right twice, and "10 to 20" beside "20 to 30" makes a puzzle of 20.

    Wrong:

    ```yaml
    key: 10 to 20
    distractors:
      - {text: 20 to 30, because: It counts the false alarms.}
    ```

    Right:

    ```yaml
    key: 10 to 19
    distractors:
      - {text: 20 to 29, because: It counts the false alarms.}
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 22: choices do not overlap.
    """

    code = "options-overlap"
    severity = Severity.ERROR

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare all pairs of ranges; where several options may be right, ranges may overlap."""
        if choice.multiple:
            return
        for one, other in combinations(choice.options, 2):
            first, second = range_of(normal(one.text)), range_of(normal(other.text))
            if first is not None and second is not None and first.overlaps(second):
                message = f'"{excerpt(other.text)}" overlaps with "{excerpt(one.text)}"'
                yield Flaw(item.place(*other.field), message, "let each range end before the next begins")


class OptionCount(ChoiceRule):
    """A choice shows fewer than three options, or more than anybody can write well.

    With two options half of all guesses are right. More than five (eight where several are right) are seldom chosen,
    cost reading time, and thin out the good distractors; three good options serve as well as five.

    Wrong:

    ```yaml
    show: 2
    ```

    Right:

    ```yaml
    show: 4
    ```

    M. C. Rodriguez, "Three options are optimal for multiple-choice items", Educational Measurement: Issues and
    Practice 24 (2005); Haladyna, Downing and Rodriguez (2002), guideline 18.
    """

    code = "option-count"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Look at how many are shown."""
        most = MOST_WITH_SEVERAL_KEYS if choice.multiple else MOST
        if not FEWEST <= choice.shown <= most:
            yield Flaw(item.place("show"), f"{choice.shown} options are shown", f"show {FEWEST} to {most}")


class ThinReason(ChoiceRule):
    """A distractor's reason does not say what the misconception is.

    Whoever chooses the distractor reads the reason as feedback. "Wrong" teaches nothing, and a distractor without a
    misconception is seldom chosen. A reason has at least four words, and is not shared with another distractor.

    Wrong:

    ```yaml
    - {text: "0.80", because: Not correct.}
    ```

    Right:

    ```yaml
    - {text: "0.80", because: "That is recall, 80/100; precision divides by the alarms."}
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 30: typical errors of students make the distractors.
    """

    code = "thin-reason"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Count words, and look for reasons that are there twice."""
        seen: set[str] = set()
        for option in choice.options:
            reason = normal(option.because)
            said = len(words(option.because)) + option.because.count("$")
            if not option.right and not TODO.search(reason.upper()) and (said < SHORTEST_REASON or reason in seen):
                place = item.place(*option.field[:-1], "because")
                hint = "say which thought leads to this option, and why it is wrong"
                yield Flaw(place, f'the reason "{excerpt(option.because)}" does not tell the misconception', hint)
            seen.add(reason)
