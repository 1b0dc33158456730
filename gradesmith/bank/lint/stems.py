"""Rules on what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradesmith.bank.lint.rule import ChoiceRule, Flaw, Item, ItemRule
from gradesmith.bank.lint.wording import IMAGE, asking, prose, words
from gradesmith.diagnostics import Severity
from gradesmith.model.questions import ChoiceText

NEGATIVE = re.compile(
    r"(?<![\w*_])(?:not|never|except|cannot|can['’]t|(?:is|are|was|were|do|does|did|has|have|would|should)n['’]t)"
    r"(?![\w*_])"
)
LONGEST_CHOICE = 120
LONGEST = 400
HTML_IMAGE = re.compile(r"<img\b(?![^>]*\balt\s*=\s*[\"'][^\"']*\w)[^>]*>", re.IGNORECASE)
GAP = re.compile(r"_{3,}|\\_(?:\\_)+|\.{4,}")


class NegativeStem(ChoiceRule):
    """The sentence that asks holds a "not" that a reader may overlook.

    Who overlooks the word answers another question, and answers it well. Ask for what is so; where only the exception
    is worth asking for, make the word stand out.

    Wrong:

    ```yaml
    prompt: Which of these is not a fairness criterion?
    ```

    Right:

    ```yaml
    prompt: Which of these is **not** a fairness criterion?
    ```

    T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice item-writing guidelines for
    classroom assessment", Applied Measurement in Education 15 (2002), guideline 17.
    """

    code = "negative-stem"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:  # noqa: ARG002 - all choices alike
        """Look at the sentence that asks, not at the story before it."""
        found = NEGATIVE.search(asking(item.question.prompt))
        if found:
            hint = f"ask for what is so, or make it stand out: **{found[0]}**"
            yield Flaw(item.place("prompt"), f'the question turns on a plain "{found[0]}"', hint)


class LongStem(ItemRule):
    """The text before the answer is longer than what it asks is worth.

    Reading takes time from thinking, and more of it from those who read the language of the test slowly; then the
    question measures reading. Tables, code and pictures are not counted. A choice may have 120 words, anything else
    400.

    Wrong:

    ```yaml
    prompt: |
      In the long history of our city there have been many mayors, and each of them … (130 words) … What is its recall?
    ```

    Right:

    ```yaml
    prompt: A detector found 45 of 50 leaks and raised 30 false alarms. What is its recall?
    ```

    Haladyna, Downing and Rodriguez (2002), guidelines 13 (little reading) and 16 (no window dressing).
    """

    code = "long-stem"
    severity = Severity.WARNING

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Count the words of the prompt."""
        length, most = len(words(prose(item.question.prompt))), LONGEST if item.choice is None else LONGEST_CHOICE
        if length > most:
            message = f"the prompt has {length} words, more than {most}"
            yield Flaw(item.place("prompt"), message, "leave out what the answer does not need, or use a table")


class ImageWithoutWords(ItemRule):
    """A picture has no alternative text.

    Who hears the page instead of seeing it, or whose picture did not load, can't answer. Say in words what the picture
    shows that the answer needs, and nothing that it does not show.

    Wrong:

    ```markdown
    ![](roc.png)
    ```

    Right:

    ```markdown
    ![ROC curve through (0, 0), (0.1, 0.6), (0.4, 0.9) and (1, 1)](roc.png)
    ```

    W3C, Web Content Accessibility Guidelines 2.2, success criterion 1.1.1.
    """

    code = "image-without-words"
    severity = Severity.ERROR

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Look for pictures in prompt and explanation."""
        for field in ("prompt", "explanation"):
            text = getattr(item.question, field)
            bare = [found[0] for found in IMAGE.finditer(text) if not found["words"].strip()]
            for picture in (*bare, *HTML_IMAGE.findall(text)):
                hint = "say what it shows: ![a falling line from (0, 1) to (1, 0)](…)"
                yield Flaw(item.place(field), f"the picture {picture} has no words for who can't see it", hint)


class GapInStem(ChoiceRule):
    """A choice asks to fill a gap in the middle of a sentence.

    A gap makes the reader hold half a sentence in mind and try the options one by one. Ask a question, or let the
    sentence end where the options begin.

    Wrong:

    ```yaml
    prompt: The ____ is the share of the flagged that are ill.
    ```

    Right:

    ```yaml
    prompt: What is the share of the flagged that are ill called?
    ```

    Haladyna, Downing and Rodriguez (2002), guidelines 14 and 15: directions and central idea belong into the stem.
    """

    code = "gap-in-stem"
    severity = Severity.WARNING

    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:  # noqa: ARG002 - all choices alike
        """Look for a row of underscores or dots that something follows."""
        text = prose(item.question.prompt).strip()
        found = GAP.search(text)
        if found and len(text[found.end() :].strip(" .:?")) > 0:
            yield Flaw(item.place("prompt"), "the prompt has a gap in its middle", "ask a question instead")
