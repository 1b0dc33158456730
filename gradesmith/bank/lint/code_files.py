"""Rules on the files of a coding task: starter, solution, known-wrong answers, points."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction

from gradesmith.bank.lint.check_code import from_student, looks_into
from gradesmith.bank.lint.rule import CodeRule, Flaw, Item
from gradesmith.bank.lint.wording import excerpt
from gradesmith.diagnostics import Severity
from gradesmith.model.questions import CodeText

CAUGHT_BY = "Caught by:"
CHECKS = "checks.py"


class StarterSolves(CodeRule):
    """The starter is the solution.

    Comments, docstrings and blank lines do not count. A student who hands the cell in untouched would get full marks.

    Wrong:

    ```python
    # starter.py
    def double(x):
        return 2 * x
    ```

    Right:

    ```python
    # starter.py
    def double(x):
        ...
    ```
    """

    code = "starter-solves"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Compare the two files as Python reads them."""
        if _bare(code.starter) == _bare(code.solution):
            hint = "leave out of starter.py what the student is to write"
            yield Flaw(item.beside("starter.py"), "the starter is the solution", hint)


def _bare(source: str) -> str:
    """Return code without what does nothing."""
    module = ast.parse(source)
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and ast.unparse(body[0])[:1] in "'\"":
            del body[0]
    return ast.dump(module)


class PointsOff(CodeRule):
    """The points of the checks do not add up to those of the question.

    Marks are rescaled, so nobody is harmed; but the author meant one of the two numbers, and the report of a check
    shows the other.

    Wrong:

    ```yaml
    points: 5          # and checks worth 1 and 3
    ```

    Right:

    ```yaml
    points: 4
    ```
    """

    code = "points-off"
    severity = Severity.WARNING

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Add up."""
        total = sum((check.points for check in code.checks), Fraction(0))
        if total != item.question.points:
            message = f"the checks are worth {float(total):g} points, the question {float(item.question.points):g}"
            yield Flaw(item.place("points"), message, f"write points: {float(total):g}, or change the checks")


class NotPortable(CodeRule):
    """Plain nbgrader would mark this task differently.

    The checks look into figures or models (`portable: false`), or use other fixtures than `student` and `rng`. The
    notebook says so, and only gradesmith's marks count. That is often right; it is noted, because it can be avoided
    by asking for plain values. A task that looks into what stayed with the student (`model.predict(x)`) without saying
    so is noted, too.

    Wrong:

    ```python
    def test_writes_a_file(student, tmp_path):
    ```

    Right:

    ```python
    def test_returns_the_text(student, rng):
    ```
    """

    code = "not-portable"
    severity = Severity.NOTE

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Look at what the task says of itself and what its checks ask for; one place says enough."""
        if not code.portable:
            hint = "let checks compare plain values, if that asks the same"
            yield Flaw(item.place("portable"), "only gradesmith's own marks count for this task", hint)
            return
        for traced in from_student(code):
            for asked in looks_into(traced):
                message = f'"{traced.node.name}" looks into what stayed with the student: {excerpt(ast.unparse(asked))}'
                hint = "let checks compare plain values, or write portable: false"
                yield Flaw(item.beside(CHECKS, asked.lineno), message, hint)
                return


class NoWrongAnswers(CodeRule):
    """A task ships no known-wrong answer.

    A check that nobody ever saw fail may pass everything. Each file in `wrong/` is a mistake you expect, and shows
    that a check catches it.

    Wrong:

    ```text
    f1_by_hand/
        question.yaml  starter.py  solution.py  checks.py
    ```

    Right:

    ```text
    f1_by_hand/
        question.yaml  starter.py  solution.py  checks.py
        wrong/arithmetic_mean.py
    ```

    R. A. DeMillo, R. J. Lipton and F. G. Sayward, "Hints on test data selection", Computer 11 (1978).
    """

    code = "no-wrong-answers"
    severity = Severity.WARNING

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """See whether there is one."""
        if not code.wrong:
            hint = "write wrong/….py with a mistake that you expect"
            yield Flaw(item.place("id"), "no known-wrong answer shows that the checks catch anything", hint)


class WrongUnclaimed(CodeRule):
    """A known-wrong answer does not say which checks catch it, or names one that there is not.

    The last line of its docstring names them, so that a check which has become weak is noticed.

    Wrong:

    ```python
    \"\"\"Divides by the predicted ones.\"\"\"
    ```

    Right:

    ```python
    \"\"\"Divides by the predicted ones.

    Caught by: test_worked_example, test_fresh_labels
    \"\"\"
    ```
    """

    code = "wrong-unclaimed"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Compare the names in docstrings with the checks."""
        known = {check.name for check in code.checks}
        for name, text in sorted(code.wrong.items()):
            claimed = _claimed(text)
            strange = [one for one in claimed if one not in known]
            place = item.beside(f"wrong/{name}")
            if not claimed:
                hint = f"end its docstring with: {CAUGHT_BY} {min(known)}"
                yield Flaw(place, f"wrong/{name} does not say which checks catch it", hint)
            elif strange:
                hint = f"the checks are {', '.join(sorted(known))}"
                yield Flaw(place, f'wrong/{name} names "{strange[0]}", and there is no such check', hint)


def _claimed(text: str) -> list[str]:
    try:
        docstring = ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # a wrong answer may be one that is no Python; then nothing can be claimed
    return [name.strip() for name in docstring.rpartition(CAUGHT_BY)[2].split(",") if CAUGHT_BY in docstring]
