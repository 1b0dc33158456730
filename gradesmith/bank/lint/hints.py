"""Rules on words that tell the key to who does not know it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gradesmith.bank.lint.rule import ChoiceRule, Flaw, Item
from gradesmith.bank.lint.wording import GAP_END, VOWELS, asking, content_words, excerpt, normal, words
from gradesmith.diagnostics import Severity
from gradesmith.model.questions import ChoiceText, OptionText

ALL_OF = re.compile(
    r"^(all|any|both|each|either) (of )?(the )?(above|these|those|them|options|answers|others|preceding)\b"
    r"|^(both )?[a-h] (and|or|&) [a-h]$|^[a-h], [a-h],? (and|or|&) [a-h]$|\ball of the above\b"
)
NONE_OF = re.compile(r"^(none|neither|no one|not any) (of )?(the )?(above|these|those|them|options|answers|others)\b")
ABSOLUTE = re.compile(
    r"\b(always|never|completely|absolutely|entirely|totally|invariably|inevitably|without exception|in every case"
    r"|in no case|in all cases|under all circumstances|no matter what)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(often|usually|sometimes|frequently|rarely|seldom|generally|typically|occasionally|normally|in many cases"
    r"|in some cases|more or less)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:which|what)\b(?:\s+[\w-]+){0,2}?\s+(?P<verb>is|was|has|does|are|were|have|do)\b", re.IGNORECASE
)
PLURAL_VERBS = frozenset({"are", "were", "have", "do"})
IRREGULAR = frozenset({"people", "children", "men", "women", "criteria", "phenomena"})
SINGULAR_ENDINGS = ("ss", "us", "is", "ics", "ias")
LONG_WORD = 6


class AllOfTheAbove(ChoiceRule):
    """An option stands for several others: "all of the above", "both A and B".

    Who knows that two options are right, or that one is wrong, knows enough. And options are shuffled here, so nothing
    is above and B is another option for the next student. Ask with several keys instead.

    Wrong:

    ```yaml
    key: All of the above
    ```

    Right:

    ```yaml
    kind: multiple_choice
    keys: [Recall, Specificity]
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 26.
    """

    code = "all-of-the-above"
    severity = Severity.ERROR

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Look at every option."""
        hint = "options are shuffled: write what is meant, or ask with several keys (multiple_choice)"
        yield from _options_like(ALL_OF, item, choice.options, "the option stands for others", hint)


class NoneOfTheAbove(ChoiceRule):
    """An option says that no option is right.

    As a key it pays for knowing what is wrong, not for knowing what is right; as a distractor it is a misconception of
    nobody, so its reason can't teach anything. (In a question where "there is none" is a possible answer, say what
    there is none of: "No such threshold exists".)

    Wrong:

    ```yaml
    distractors:
      - {text: None of these, because: One of them is right.}
    ```

    Right:

    ```yaml
    distractors:
      - {text: No threshold reaches it, because: At 0.2 recall is 1.}
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 25: to be used with care.
    """

    code = "none-of-the-above"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Look at every option."""
        hint = "write a misconception, or what there is none of"
        yield from _options_like(NONE_OF, item, choice.options, "the option denies the others", hint)


class AbsoluteWords(ChoiceRule):
    """An option says "always", "never" or the like.

    Little is always so, and those who are good at tests know it: they strike such options out without thinking of the
    matter. Say when it is so.

    Wrong:

    ```yaml
    - {text: Accuracy never helps, because: With even classes it does.}
    ```

    Right:

    ```yaml
    - {text: Accuracy misleads even with balanced classes, because: There both kinds of error weigh the same.}
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 28a: no specific determiners.
    """

    code = "absolute-words"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Look at every option."""
        hint = "test-wise students strike it out unread: say when it is so"
        yield from _options_like(ABSOLUTE, item, choice.options, "the option is absolute", hint)


class VagueWords(ChoiceRule):
    """An option says "usually", "often" or the like.

    How often is often? Readers differ, and a careful option of this kind is hard to call wrong: those who are good at
    tests choose it. Give the number, or the condition.

    Wrong:

    ```yaml
    key: Boosting usually overfits less
    ```

    Right:

    ```yaml
    key: Boosting with early stopping had the lower test error
    ```

    S. M. Case and D. B. Swanson, Constructing Written Test Questions for the Basic and Clinical Sciences (3rd ed.,
    2002), on vague frequency terms.
    """

    code = "vague-words"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Look at every option."""
        hint = "say how often, or when"
        yield from _options_like(VAGUE, item, choice.options, "the option is vague", hint)


def _options_like(
    pattern: re.Pattern[str], item: Item, options: Iterable[OptionText], words: str, hint: str
) -> Iterator[Flaw]:
    for option in options:
        found = pattern.search(normal(option.text))
        if found:
            yield Flaw(item.place(*option.field), f'{words}: "{found[0]}"', hint)


class ArticleCue(ChoiceRule):
    """The prompt ends with "a" or "an", which fits only some of the options.

    The article strikes out every option that begins with the wrong sound, whatever it says.

    Wrong:

    ```yaml
    prompt: A model that draws a new sample for each tree is an
    key: ensemble
    distractors:
      - {text: perceptron, because: It has no trees.}
    ```

    Right:

    ```yaml
    prompt: What is a model called that draws a new sample for each tree?
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 28c: no grammatical inconsistencies.
    """

    code = "article-cue"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare the article with the first letters of the options."""
        said = words(GAP_END.sub("", item.question.prompt))
        begin = [words(option.text)[:1] for option in choice.options]
        vowels = {first[0][0] in VOWELS for first in begin if first}
        if said and said[-1] in {"a", "an"} and len(vowels) > 1:
            hint = "let the options bring their own article, or ask a question"
            yield Flaw(item.place("prompt"), f'the last word, "{said[-1]}", strikes out some of the options', hint)


class NumberCue(ChoiceRule):
    """The question asks for one thing or several, and only the key is in that number.

    "Which are …?" with one plural among the options is answered by grammar.

    Wrong:

    ```yaml
    prompt: Which are learnt from the data?
    key: The weights
    distractors:
      - {text: The learning rate, because: It is set before.}
      - {text: The batch size, because: It is set before.}
    ```

    Right:

    ```yaml
    prompt: What is learnt from the data?
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 28c: no grammatical inconsistencies.
    """

    code = "number-cue"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare the verb of the question with the ends of short options."""
        asked = ASKED.search(asking(item.question.prompt))
        if asked is None or choice.multiple or any(len(words(one.text)) not in {1, 2, 3} for one in choice.options):
            return
        plural = asked["verb"].casefold() in PLURAL_VERBS
        agreeing = [option for option in choice.options if _is_plural(option.text) == plural]
        if len(choice.options) > 2 and len(agreeing) == 1 and agreeing[0].right:
            number = "several" if plural else "one"
            hint = "give all options the same number, or ask without a verb that has one"
            yield Flaw(item.place("prompt"), f"the question asks for {number}, and only the key can be meant", hint)


def _is_plural(text: str) -> bool:
    last = (words(text) or [""])[-1]
    return last in IRREGULAR or (last.endswith("s") and not last.endswith(SINGULAR_ENDINGS))


class StemEcho(ChoiceRule):
    """A telling word of the question comes back in the key, and in no distractor.

    The ear finds the answer without the mind. Only words of six letters or more are looked at, in the sentence that
    asks.

    Wrong:

    ```yaml
    prompt: Which method keeps a calibration curve straight?
    key: Isotonic calibration
    distractors:
      - {text: Early stopping, because: It limits training.}
    ```

    Right:

    ```yaml
    prompt: Which method makes predicted probabilities match observed shares?
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 28b: no clang associations.
    """

    code = "stem-echo"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Compare the words of question, keys and distractors."""
        elsewhere = frozenset[str]().union(*(content_words(one.text) for one in choice.options if not one.right))
        asked = content_words(asking(item.question.prompt)) - elsewhere
        for option in choice.options:
            echo = sorted(word for word in asked & content_words(option.text) if len(word) >= LONG_WORD)
            if option.right and echo:
                hint = "use another word in the question, or use this one in a distractor, too"
                message = f'only the key "{excerpt(option.text)}" repeats "{echo[0]}…" from the question'
                yield Flaw(item.place(*option.field), message, hint)
