"""Rules on what stands beside a question: outcomes, explanation, source, waivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from gradesmith.bank.lint.rule import Flaw, Item, ItemRule, Rule, Whole
from gradesmith.bank.lint.wording import TODO, excerpt, normal, words
from gradesmith.diagnostics import Diagnostic, Severity

SHORTEST_EXPLANATION = 5  # words, formulas not counted
_NO_SOURCES = (
    "book,class,course,google,internet,lecture,lecture notes,me,myself,n/a,none,own,own knowledge,own work,slides"
    ",syllabus,textbook,the book,the internet,the lecture,the slides,the web,unknown,various,web,wiki,wikipedia,-,?"
)
NO_SOURCES = frozenset(_NO_SOURCES.split(","))


class Todo(ItemRule):
    """A text still says TODO.

    A scaffold (`bank new`) and an import (`bank import`) leave TODO where only an author can go on; students should
    not meet it. The starter of a coding task is left out: there it may be meant for the student.

    Wrong:

    ```yaml
    source: "TODO: which page backs the key?"
    ```

    Right:

    ```yaml
    source: scikit-learn user guide, "Classification metrics"
    ```
    """

    code = "todo"
    severity = Severity.ERROR

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Look at every text of the YAML, and at the author's Python."""
        for route, text in _texts(item.content, ()):
            found = TODO.search(text)
            if found:
                yield Flaw(item.place(*route), f'"{excerpt(text)}" is not written yet', "write it")
        if item.code is not None:
            wrong = {f"wrong/{name}": text for name, text in item.code.wrong.items()}
            files = {"solution.py": item.code.solution, "checks.py": item.code.source, **wrong}
            for name, number, line in _lines(files):
                if TODO.search(line):
                    yield Flaw(item.beside(name, number), f'"{excerpt(line)}" is not written yet', "write it")


def _lines(files: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    for name, text in files.items():
        yield from ((name, number, line) for number, line in enumerate(text.split("\n"), start=1))


def _texts(content: object, route: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(content, str):
        yield route, content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from _texts(value, (*route, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _texts(value, (*route, number))


class NoOutcome(ItemRule):
    """A question names no learning outcome.

    An item that belongs to no outcome can't be counted in what a test covers, and nobody knows what a mark for it says.
    The outcomes are declared in `course.yaml`.

    Wrong:

    ```yaml
    outcomes: []
    ```

    Right:

    ```yaml
    outcomes: [compute-classification-metrics]
    ```

    Haladyna, Downing and Rodriguez (2002), guideline 1: specific content and one specific behaviour.
    """

    code = "no-outcome"
    severity = Severity.ERROR

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """See whether there is one."""
        if not item.question.outcomes:
            yield Flaw(item.place("outcomes"), "the question names no outcome", "name one that course.yaml declares")


class NoTopic(ItemRule):
    """A question names no topic.

    Reports and searches go by topic. Topics are declared in `course.yaml`, and each lecture lists its own.

    Wrong:

    ```yaml
    topics: []
    ```

    Right:

    ```yaml
    topics: [fairness-metrics]
    ```
    """

    code = "no-topic"
    severity = Severity.ERROR

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """See whether there is one."""
        if not item.question.topics:
            yield Flaw(item.place("topics"), "the question names no topic", "name one that course.yaml declares")


class ThinExplanation(ItemRule):
    """An explanation does not explain.

    Students read it after the marks, when they want to know. Say why the key is right, with the numbers where there
    are some; the distractors have reasons of their own.

    Wrong:

    ```yaml
    explanation: The answer is 0.14.
    ```

    Right:

    ```yaml
    explanation: Predictive parity compares precision, 80/90 = 0.889 against 36/48 = 0.750.
    ```

    J. Hattie and H. Timperley, "The power of feedback", Review of Educational Research 77 (2007).
    """

    code = "thin-explanation"
    severity = Severity.WARNING

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Count its words, and compare it with the key."""
        text = item.question.explanation
        keys = {normal(one.text) for one in item.choice.options if one.right} if item.choice else set[str]()
        if TODO.search(text):
            return
        if len(words(text)) + 2 * text.count("$") < SHORTEST_EXPLANATION or normal(text) in keys:
            yield Flaw(item.place("explanation"), f'"{excerpt(text)}" does not say why', "say why the key is right")


class VagueSource(ItemRule):
    """A source names no place that could be looked up.

    When a student or a colleague doubts a key, the source settles it: author and title, and where in it.

    Wrong:

    ```yaml
    source: Wikipedia
    ```

    Right:

    ```yaml
    source: C. Dwork and A. Roth, The Algorithmic Foundations of Differential Privacy (2014), section 3.3
    ```
    """

    code = "vague-source"
    severity = Severity.WARNING

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """See whether it is more than the name of a place where everything is found."""
        if normal(item.question.source) in NO_SOURCES:
            yield Flaw(item.place("source"), f'"{item.question.source}" can\'t be looked up', "say which page of what")


class NoModelAnswer(ItemRule):
    """What is marked by hand has a rubric but no model answer.

    Two people mark alike when both have seen what a full answer looks like.

    Wrong:

    ```yaml
    rubric:
      - {text: Names the missed cases., points: 1}
    ```

    Right:

    ```yaml
    rubric:
      - {text: Names the missed cases., points: 1}
    answer: No. It misses 280 of 550 sick people, and accuracy hides it.
    ```

    S. M. Brookhart, How to Create and Use Rubrics (2013).
    """

    code = "no-model-answer"
    severity = Severity.WARNING

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Look for rubrics, wherever a kind has them."""
        for field in ((), ("judgement",)):
            content = item.content
            for step in field:
                content = content.get(step) if isinstance(content, dict) else None
            if isinstance(content, dict) and content.get("rubric") and not str(content.get("answer") or "").strip():
                hint = "write answer: what earns all points"
                yield Flaw(item.place(*field, "rubric"), "the rubric comes without a model answer", hint)


class UnknownWaiver(Rule):
    """`lint_ignore` names a rule that there is not.

    A misspelt waiver waives nothing, its author believes that the matter is settled, and the complaint stays as it
    was. The rules and their codes are listed on the [first page](README.md).

    Wrong:

    ```yaml
    lint_ignore: {negativ-stem: The exception is what is to be learnt.}
    ```

    Right:

    ```yaml
    lint_ignore: {negative-stem: The exception is what is to be learnt.}
    ```
    """

    code = "unknown-waiver"
    severity = Severity.ERROR

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Compare the waivers of every question with the rules."""
        for item in whole.items:
            for code in item.question.lint_ignore:
                if code not in whole.codes:
                    place = item.place("lint_ignore", code)
                    hint = "gradesmith bank lint --rules lists them all"
                    yield self.complaint(item.question.id, Flaw(place, f'there is no rule "{code}"', hint))


class NeedlessWaiver(Rule):
    """`lint_ignore` waives a rule that finds nothing here.

    The question was mended and the waiver stayed; it would hide the next flaw of its kind. Seen only when all rules
    run on the whole bank.

    Wrong:

    ```yaml
    prompt: Which of these is a fairness criterion?
    lint_ignore: {negative-stem: The exception is what is to be learnt.}
    ```

    Right:

    ```yaml
    prompt: Which of these is a fairness criterion?
    ```
    """

    code: ClassVar[str] = "needless-waiver"
    severity = Severity.WARNING

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:  # noqa: ARG002 - the other rules must have run first
        """Yield nothing: what was used is known only after the other rules, see `unused`."""
        yield from ()

    def unused(self, whole: Whole, used: frozenset[tuple[str, str]]) -> Iterator[Diagnostic]:
        """Yield the waivers, pairs of question and rule, that were not needed."""
        for item in whole.items:
            for code in item.question.lint_ignore:
                if code in whole.codes and (item.question.id, code) not in used:
                    flaw = Flaw(item.place("lint_ignore", code), f"{code} finds nothing here", "remove the waiver")
                    yield self.complaint(item.question.id, flaw)
