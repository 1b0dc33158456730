"""Rules on checks: what they give away, what they believe, what never runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from gradesmith.bank.lint.check_code import CLAIMS, CheckFunction, check_functions, from_student, is_student
from gradesmith.bank.lint.check_messages import Message, expected, messages
from gradesmith.bank.lint.rule import CodeRule, Flaw, Item, ItemRule
from gradesmith.bank.lint.wording import excerpt
from gradesmith.diagnostics import Severity
from gradesmith.kinds.code import PORTABLE_FIXTURES
from gradesmith.model.questions import CodeText

CHECKS = "checks.py"
_PLAIN = """
    bool int float complex str bytes list tuple set frozenset dict range np.ndarray np.generic np.number np.integer
    np.floating np.bool_ numpy.ndarray pd.DataFrame pd.Series pd.Index pandas.DataFrame pandas.Series numbers.Number
    numbers.Real numbers.Integral date datetime timedelta Fraction Decimal NoneType"""
PLAIN = frozenset(_PLAIN.split())
DIGITS = re.compile(r"\d+(?:\.\d+)?")


class CheckUnmarked(ItemRule):
    """A check has no points, or no docstring.

    The mark gives the weight and the first line of the docstring is what the student reads, so neither may be missing.
    Such a task is refused when the bank is read; the complaint has this code.

    Wrong:

    ```python
    def test_worked_example(student):
        assert student.f1([1, 0, 1], [1, 1, 1]) == pytest.approx(0.8)
    ```

    Right:

    ```python
    @pytest.mark.check(points=1, visible=True)
    def test_worked_example(student):
        \"\"\"The worked example of the lecture.\"\"\"
        assert student.f1([1, 0, 1], [1, 1, 1]) == pytest.approx(0.8)
    ```
    """

    code = "check-unmarked"
    severity = Severity.ERROR

    def flaws(self, item: Item) -> Iterator[Flaw]:  # noqa: ARG002 - what is read has marks
        """Yield nothing: whoever got as far as to be judged has marks and docstrings."""
        yield from ()


class CheckNeverRuns(CodeRule):
    """A function is marked as a check, but is not called `test_…` at the top of the file.

    Only such functions run. Of any other nobody would notice that it did not.

    Wrong:

    ```python
    @pytest.mark.check(points=2)
    def check_empty_input(student):
        \"\"\"An empty list.\"\"\"
    ```

    Right:

    ```python
    @pytest.mark.check(points=2)
    def test_empty_input(student):
        \"\"\"An empty list.\"\"\"
    ```
    """

    code = "check-never-runs"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Look for marks everywhere in the file."""
        known = {check.name for check in code.checks}
        module = ast.parse(code.source)
        top = {id(node) for node in module.body if getattr(node, "name", "") in known}
        for node in ast.walk(module):
            marks = [ast.unparse(one) for one in getattr(node, "decorator_list", ())]
            if id(node) not in top and any(mark.startswith("pytest.mark.check") for mark in marks):
                name, line = getattr(node, "name", ""), getattr(node, "lineno", 1)
                hint = "call it test_… and let it begin at the left margin"
                yield Flaw(item.beside(CHECKS, line), f'"{name}" is marked as a check and never runs', hint)


class CheckTells(CodeRule):
    """The message of a hidden check names the value that was expected.

    A message of `assert`, `raise`, `pytest.fail(…)` or NumPy's `err_msg=` is meant for people who look at what went
    wrong. Fresh inputs are worth little once an expected value stands in a report that is passed on. Say what is
    wrong, not what would be right. (0, 1 and numbers of one digit tell nothing and are allowed.)

    Wrong:

    ```python
    assert student.kl(p, q) == pytest.approx(expected), f"should be {expected}"
    ```

    Right:

    ```python
    assert student.kl(p, q) == pytest.approx(expected), "the divergence is wrong with empty bins"
    ```
    """

    code = "check-tells"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Compare each message with what was compared before it is said."""
        for function in check_functions(code):
            if function.check.visible:
                continue
            for one in messages(function.node):
                told = _told(function, one)
                if told:
                    hint = "say what is wrong, not what would be right"
                    message = f'the message of "{function.check.name}" tells what was expected: {told}'
                    yield Flaw(item.beside(CHECKS, one.line), message, hint)


def _told(function: CheckFunction, message: Message) -> str:
    """Return what a message tells of the values that student's values are compared with, or nothing."""
    names, numbers = _expected(function, message.judged)
    for node in ast.walk(message.text):
        if isinstance(node, ast.Name) and node.id in names:
            return str(node.id)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            told = [digits for digits in DIGITS.findall(node.value) if len(digits) > 1 and float(digits) in numbers]
            if told:
                return str(told[0])
    return ""


def _expected(function: CheckFunction, judged: Iterable[ast.expr]) -> tuple[frozenset[str], frozenset[float]]:
    """Return the names and numbers that a check compares something of the student's with."""
    found = [expected(function, one) for one in judged]
    names = frozenset(name for some, _ in found for name in some)
    return names, frozenset(number for _, some in found for number in some)


class ClaimTrusted(CodeRule):
    """A check believes what an object in the student's process says of itself.

    What is no plain value stays behind and answers as it likes: its class, its `score` and its names are its own word.
    Fetch predictions and judge them here. (`isinstance` with a plain class is fine: plain values did come over.)

    Wrong:

    ```python
    model = student.train(x, y)
    assert isinstance(model, LogisticRegression)
    assert model.score(x_new, y_new) > 0.9
    ```

    Right:

    ```python
    model = student.train(x, y)
    assert np.mean(model.predict(x_new) == y_new) > 0.9
    ```
    """

    code = "claim-trusted"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Look at what is done with names that hold something of the student's."""
        for function in from_student(code):
            for node in ast.walk(function.node):
                claim = _claim(node, function.tainted)
                if claim:
                    name = getattr(function.node, "name", "")
                    hint = "let the object compute something, and judge that here"
                    place = item.beside(CHECKS, getattr(node, "lineno", 1))
                    yield Flaw(place, f'"{name}" believes the student\'s process: {excerpt(claim)}', hint)


def _claim(node: ast.AST, tainted: frozenset[str]) -> str:
    if isinstance(node, ast.Attribute) and node.attr in CLAIMS and is_student(node.value, tainted):
        return ast.unparse(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 2:
        value, classes = node.args
        if node.func.id in {"isinstance", "issubclass"} and is_student(value, tainted) and not _are_plain(classes):
            return ast.unparse(node)
    return ""


def _are_plain(classes: ast.expr) -> bool:
    if isinstance(classes, ast.Tuple):
        return all(map(_are_plain, classes.elts))
    if isinstance(classes, ast.BinOp):
        return _are_plain(classes.left) and _are_plain(classes.right)
    name = ast.unparse(classes)
    return name in PLAIN or name.rpartition(".")[2] in PLAIN or name == "type(None)"


class CheckFixed(CodeRule):
    """A hidden check has no fresh inputs.

    It asks the same of every student and in every year. Whoever hears of its input can write an `if` for it. Take
    `rng` and draw, unless the case is a corner that must be met exactly.

    Wrong:

    ```python
    @pytest.mark.check(points=2)
    def test_mean(student):
        \"\"\"The mean of a list.\"\"\"
        assert student.mean([4, 8, 9]) == 7
    ```

    Right:

    ```python
    @pytest.mark.check(points=2)
    def test_mean(student, rng):
        \"\"\"The mean of a fresh list.\"\"\"
        numbers = rng.normal(size=30)
        assert student.mean(numbers) == pytest.approx(numbers.mean())
    ```
    """

    code = "check-fixed"
    severity = Severity.NOTE

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Look at the arguments of hidden checks."""
        for function in check_functions(code):
            if not function.check.visible and "rng" not in function.arguments:
                message = f'the hidden check "{function.check.name}" draws nothing'
                yield Flaw(item.beside(CHECKS, function.node.lineno), message, "take rng and draw its input")


class VisibleNeedsMore(CodeRule):
    """A visible check is parametrised, or asks for another fixture than `student` and `rng`.

    Students run visible checks in their notebook, where a few lines of a locked cell stand for pytest. Those lines know
    `student` and `rng`; a check that asks for anything else fails there, however right the answer is. A loop does the
    same as parameters, and hidden checks may use both: they never run in the notebook that students have. (The task is
    not portable then: by nbgrader alone it earns too little.)

    Wrong:

    ```python
    @pytest.mark.check(points=1, visible=True)
    @pytest.mark.parametrize("numbers", [[1], [1, 3]])
    def test_short_lists(student, numbers):
        \"\"\"The means of short lists.\"\"\"
        assert student.mean(numbers) == sum(numbers) / len(numbers)
    ```

    Right:

    ```python
    @pytest.mark.check(points=1, visible=True)
    def test_short_lists(student):
        \"\"\"The means of short lists.\"\"\"
        for numbers in [[1], [1, 3]]:
            assert student.mean(numbers) == sum(numbers) / len(numbers)
    ```
    """

    code = "visible-needs-more"
    severity = Severity.ERROR

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Look at what visible checks ask for."""
        for function in check_functions(code):
            more = sorted(function.arguments - PORTABLE_FIXTURES)
            if function.check.visible and more:
                marks = map(ast.unparse, function.node.decorator_list)
                if any(mark.startswith("pytest.mark.parametrize") for mark in marks):
                    what, hint = "is parametrised", "write the cases as a loop"
                else:
                    what, hint = f"asks for {', '.join(more)}", "let it ask for student and rng alone"
                message = f'the visible check "{function.check.name}" {what}, which fails in the notebook'
                yield Flaw(item.beside(CHECKS, function.node.lineno), message, f"{hint}, or leave out visible=True")


class TitleTells(CodeRule):
    """The title of a hidden check holds a number that the check compares with.

    Students read titles in their feedback. "The mean of four numbers is 7.25" tells them what to return.

    Wrong:

    ```python
    \"\"\"The mean of four numbers is 7.25.\"\"\"
    assert student.mean([4, 8, 9, 8]) == 7.25
    ```

    Right:

    ```python
    \"\"\"The mean of four numbers.\"\"\"
    assert student.mean([4, 8, 9, 8]) == 7.25
    ```
    """

    code = "title-tells"
    severity = Severity.NOTE

    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Compare the digits of titles with the numbers of assertions."""
        for function in check_functions(code):
            digits = {text for text in DIGITS.findall(function.check.title) if float(text) not in {0.0, 1.0}}
            asserted = [node.test for node in ast.walk(function.node) if isinstance(node, ast.Assert)]
            _, numbers = _expected(function, asserted)
            told = sorted(text for text in digits if float(text) in numbers)
            if told and not function.check.visible:
                message = f'the title of the hidden check "{function.check.name}" holds {told[0]}, which it expects'
                hint = "say what is tried, not what comes out"
                yield Flaw(item.beside(CHECKS, function.node.lineno), message, hint)
