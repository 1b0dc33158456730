"""Code: a starter to complete, and a pytest file of visible and hidden checks."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import Any, Literal, LiteralString

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from gradesmith.kinds.kind import variant_of
from gradesmith.model.interactions import Code
from gradesmith.model.keys import Check, CodeKey
from gradesmith.model.questions import CodeText, DataFile, Part, Question, Variant

UNMARKED: LiteralString = "check-unmarked"
PORTABLE_FIXTURES = frozenset({"student", "rng"})


class CodeTask(Question):
    """A coding task; starter, solution, checks and known-wrong answers stand in files beside the YAML."""

    kind: Literal["code"]
    starter: str = Field(description="write the file starter.py beside the YAML")
    solution: str = Field(description="write the file solution.py beside the YAML")
    checks: str = Field(description="write the file checks.py beside the YAML")
    wrong: dict[str, str] = {}
    portable: bool = Field(default=True, description="false: the checks look into figures or models")
    data: dict[str, str] = Field(default={}, description="small files the student gets: name to base64 content")
    equivalent_mutants: dict[str, str] = Field(default={}, description="mutants that are no fault: hash to reason")
    few_mutants: str = Field(default="", description="why the solution offers too few places for faults")

    def as_code(self) -> CodeText:
        """Return the files beside the YAML."""
        return CodeText(
            starter=self.starter,
            solution=self.solution,
            source=self.checks,
            checks=read_checks(self.checks),
            wrong=self.wrong,
            portable=self.is_portable,
        )

    @property
    def is_portable(self) -> bool:
        """Whether plain nbgrader would give the same marks: nothing but plain values and the common fixtures."""
        return self.portable and fixtures_of(self.checks) <= PORTABLE_FIXTURES

    @model_serializer(mode="wrap")
    def _content(self, fields: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out a waiver that nobody has written, so that the versions of all other tasks do without it."""
        content: dict[str, Any] = fields(self)
        if not self.few_mutants:
            content.pop("few_mutants", None)
        return content

    @model_validator(mode="after")
    def _checks_are_readable(self) -> CodeTask:
        read_checks(self.checks)
        for name, text in {"starter.py": self.starter, "solution.py": self.solution}.items():
            _parse(text, name)
        return self


def _parse(text: str, name: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        message = f"{name}:{error.lineno}: {error.msg}"
        raise ValueError(message) from None
    except (ValueError, RecursionError, MemoryError) as error:
        message = f"{name}: can't be read as Python: {error}"
        raise ValueError(message) from None


def read_checks(text: str) -> tuple[Check, ...]:
    """Read the checks of a pytest file without running it.

    Raises:
        ValueError: When the file does not parse, holds no check, or a ``test_`` function lacks mark or docstring, is
            there twice, or would not be run by pytest.
    """
    tests = _tests(_parse(text, "checks.py"))
    if not tests:
        message = "checks.py: there is no check: write def test_…(student) with @pytest.mark.check(points=…)"
        raise ValueError(message)
    for number, node in enumerate(tests):
        if node.name in {earlier.name for earlier in tests[:number]}:
            message = f'checks.py:{node.lineno}: a second check "{node.name}" would hide the first: rename it'
            raise ValueError(message)
    return tuple(_check(node) for node in tests)


def _tests(module: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def fixtures_of(text: str) -> frozenset[str]:
    """Return the names of the fixtures that the checks of a pytest file ask for."""
    return frozenset(argument.arg for node in _tests(_parse(text, "checks.py")) for argument in node.args.args)


def _check(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Check:
    where = f"checks.py:{node.lineno}"
    if isinstance(node, ast.AsyncFunctionDef):
        message = f'{where}: check "{node.name}" is async and would never run: write def'
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueErrors
    title = (ast.get_docstring(node) or "").split("\n")[0].strip()
    if not title:
        raise _unmarked(f'{where}: check "{node.name}" has no docstring; students read it: add one line under the def')
    marks = [mark for mark in map(_mark, node.decorator_list) if mark is not None]
    if len(marks) != 1 or "points" not in marks[0]:
        raise _unmarked(f'{where}: check "{node.name}" has no points: add @pytest.mark.check(points=…) above the def')
    points, visible = marks[0]["points"], marks[0].get("visible", False)
    try:
        worth = Fraction(str(points))
    except (ValueError, ZeroDivisionError):
        worth = Fraction(0)
    if worth <= 0 or not isinstance(visible, bool):
        message = f'{where}: check "{node.name}": points is a number above 0, and visible is True or False'
        raise ValueError(message)
    return Check(name=node.name, title=title, points=worth, visible=visible)


def _unmarked(message: str) -> PydanticCustomError:
    return PydanticCustomError(UNMARKED, "{complaint}", {"complaint": message})


def _mark(decorator: ast.expr) -> dict[str, Any] | None:
    """Return what a check's mark says, as far as it says it in literals."""
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.check":
        return {keyword.arg or "": _said(keyword.value) for keyword in decorator.keywords}
    return None


def _said(value: ast.expr) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError):
        return None


class CodeKind:
    """Has no parameters of its own: the checks draw fresh inputs when they run."""

    name = "code"
    question = CodeTask
    folder: dict[str, str] = {
        "starter": "starter.py",
        "solution": "solution.py",
        "checks": "checks.py",
        "wrong": "wrong/*.py",
        "data": "data/*",
    }

    def draw(self, question: CodeTask, seed: int, _evaluator: object = None) -> Variant:
        """Present the starter; the checks go with the key."""
        key = CodeKey(
            solution=question.solution,
            source=question.checks,
            checks=read_checks(question.checks),
            portable=question.is_portable,
        )
        part = Part(interaction=Code(starter=question.starter), key=key, points=question.points)
        files = tuple(DataFile(name=name, content=text) for name, text in sorted(question.data.items()))
        return variant_of(question, seed, parts=(part,), files=files)

    def wrong_answers(self, question: CodeTask) -> dict[str, str]:
        """Return the texts of ``wrong/*.py``."""
        return question.wrong


KIND = CodeKind()
