r"""A form as a notebook for ``otter assign``: its own raw cells around each question, and exception-based tests.

The tests are our checks, one test for each, asked of the notebook's names in the notebook's own process, as otter asks
all its tests: so code can read and fool them there, and what they promise is no more than otter promises. See
https://otter-grader.readthedocs.io, "Otter Assign" and "Exception-Based Test Files".
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Check, CodeKey
from gradesmith.model.questions import Part
from gradesmith.notebooks.cells import as_text, new_cell, new_notebook
from gradesmith.notebooks.check_cells import check_cell, reached
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton, written

SOLUTION = ("# BEGIN SOLUTION NO PROMPT", "# END SOLUTION")
FIXTURES = frozenset({"student", "rng"})
# What our notebooks have from their set-up cell, and the glue below.
IMPORTS = "import math, zlib\nimport numpy, pytest\nfrom fractions import Fraction"
STUDENT = """
class Student:
    def __getattr__(self, name):
        if name in env:
            return env[name]
        raise AttributeError(f"there is no {name} in the notebook")
"""
CALL = """
try:
    {check}({arguments})
except (pytest.fail.Exception, SystemExit) as problem:
    raise AssertionError(str(problem)) from None
"""
RNG = "numpy.random.default_rng([{seed}, zlib.crc32({name!r}.encode())])"
PACKAGES = {"sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml", "skimage": "scikit-image"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotSay:
    """One thing about the cell of a form that otter has no word for."""

    cell: str
    left_out: bool
    what: str
    remedy: str


def what_otter_cannot_say(form: Form) -> tuple[CannotSay, ...]:
    """Return what of a form is lost, or marked in another way, when otter grades it."""
    return tuple(one for slot in form.slots for part in slot.variant.parts for one in _of_part(slot, part))


def _of_part(slot: Slot, part: Part) -> Iterator[CannotSay]:
    if not isinstance(part.key, CodeKey):
        return
    cell = slot.cell(part.name)
    asked = {name for one in _tests(slot, part) for name in one.fixtures}
    if asked - FIXTURES:
        names = ", ".join(sorted(asked - FIXTURES))
        what = f"its checks use {names}, for which otter has nothing"
        yield CannotSay(cell=cell, left_out=True, what=what, remedy="let gradesmith grade it")
    elif not part.key.portable:
        what = "its checks look into figures or models; in otter these are whatever the student's code says they are"
        yield CannotSay(cell=cell, left_out=False, what=what, remedy="look at its answers yourself")


def otter_notebook(form: Form, *, without: frozenset[str] = frozenset()) -> str:
    """Return the notebook, solutions and hidden tests included, but for the answer cells ``without`` which it goes."""
    numbered = list(enumerate(_cells(form, without)))
    return as_text(new_notebook([new_cell(kind, f"cell-{number:03}", text) for number, (kind, text) in numbered]))


def _cells(form: Form, without: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each cell."""
    yield "raw", _assignment(form)
    yield "markdown", f"# {form.title}\n\n**{written(form.points)} points** · **{form.minutes} minutes**"
    slots = {slot.name: slot for slot in form.slots}
    prompts: list[SkeletonCell] = []
    for cell in skeleton(form):
        if cell.role == "narrative":
            yield cell.type, cell.starter
        elif cell.role == "prompt":
            prompts.append(cell)
        elif cell.answers:
            slot = slots[cell.slot]
            part = next(one for one in slot.variant.parts if one.name == cell.part)
            if cell.id not in without:
                yield from _question(slot, part, cell, prompts)
            prompts = []


def _assignment(form: Form) -> str:
    """Return the head of the assignment; JSON is YAML, too."""
    files = sorted({file.name for slot in form.slots for file in slot.variant.files})
    facts = {
        "name": form.assessment,
        "requirements": sorted(set(_packages(form))),
        "files": files,
        "export_cell": {"pdf": False},
        "tests": {"ok_format": False},
    }
    return "\n".join(["# ASSIGNMENT CONFIG", *(f"{name}: {json.dumps(value)}" for name, value in facts.items())])


def _packages(form: Form) -> Iterator[str]:
    """Yield what the checks and solutions import beside Python itself."""
    sources = [IMPORTS]
    for slot in form.slots:
        keys = [part.key for part in slot.variant.parts if isinstance(part.key, CodeKey)]
        sources += [source for key in keys for source in (key.source, key.solution)]
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {""}:
            yield PACKAGES.get(name, name)


def _question(slot: Slot, part: Part, cell: SkeletonCell, prompts: list[SkeletonCell]) -> Iterator[tuple[str, str]]:
    by_hand = isinstance(part.interaction, Text)
    facts = {"name": cell.id.replace("-", "_"), **({"manual": True, "points": float(part.points)} if by_hand else {})}
    yield "raw", "\n".join(["# BEGIN QUESTION", *(f"{name}: {json.dumps(value)}" for name, value in facts.items())])
    yield from ((prompt.type, prompt.starter) for prompt in prompts)
    yield from _written_answer(cell) if by_hand else _code_answer(cell)
    if not by_hand:
        yield "raw", "# BEGIN TESTS"
        yield from (("code", test.cell) for test in _tests(slot, part))
        yield "raw", "# END TESTS"
    yield "raw", "# END QUESTION"


def _written_answer(cell: SkeletonCell) -> Iterator[tuple[str, str]]:
    """Yield the hint, which otter gives to students, then the model answer, which it takes out."""
    for word, text in (("PROMPT", cell.starter), ("SOLUTION", cell.solution)):
        yield "raw", f"# BEGIN {word}"
        yield cell.type, text
        yield "raw", f"# END {word}"


def _code_answer(cell: SkeletonCell) -> Iterator[tuple[str, str]]:
    """Yield one cell: otter takes out no whole cell of code, only what stands between these marks."""
    yield "raw", "# BEGIN SOLUTION"
    yield "code", "\n".join([cell.starter.rstrip("\n"), SOLUTION[0], cell.solution, SOLUTION[1]])
    yield "raw", "# END SOLUTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtterTest:
    """One check as a test cell, and the fixtures that it asks for."""

    cell: str
    fixtures: tuple[str, ...]


def _tests(slot: Slot, part: Part) -> tuple[OtterTest, ...]:
    """Return the tests of one part: those that the notebook's own test cell holds."""
    checks = next(node for node in ast.parse(check_cell(slot, part)).body if isinstance(node, ast.FunctionDef))
    nodes = [*ast.parse(IMPORTS).body, *(node for node in checks.body if not _is_ours(node, checks.name))]
    if isinstance(part.key, CodeKey):
        planned = part.key.checks
    else:
        planned = tuple(_planned(node) for node in nodes if isinstance(node, ast.FunctionDef) and node.decorator_list)
    whole = sum((check.points for check in planned), Fraction(0)) or Fraction(1)
    return tuple(_test(slot, check, nodes, part.points * check.points / whole) for check in planned)


def _is_ours(node: ast.stmt, name: str) -> bool:
    """Whether a statement only serves the notebook's own way to run checks."""
    seed = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == f"{name}.seed"
    return seed or isinstance(node, ast.Return)


def _planned(node: ast.FunctionDef) -> Check:
    """Return what the mark of a generated check says."""
    (mark,) = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    points = next(ast.literal_eval(one.value) for one in mark.keywords if one.arg == "points")
    return Check(name=node.name, title=ast.get_docstring(node) or node.name, points=Fraction(str(points)))


def _test(slot: Slot, check: Check, nodes: list[ast.stmt], points: Fraction) -> OtterTest:
    node = next(one for one in nodes if isinstance(one, ast.FunctionDef) and one.name == check.name)
    fixtures = tuple(argument.arg for argument in node.args.args)
    # A visible test stands in the student's notebook, so it must not tell what the hidden ones draw from.
    rng = RNG.format(seed=0 if check.visible else slot.rng_seed, name=check.name)
    given = {"student": "Student()", "rng": rng}
    call = CALL.format(
        check=check.name, arguments=", ".join(f"{name}={given[name]}" for name in fixtures if name in given)
    )
    glue = ast.parse(f"{STUDENT}{call}").body
    wanted = reached([*nodes, *glue], {check.name}) | reached(nodes, {"pytest", *_names(glue)})
    body = [one for one in nodes if one in wanted] + glue
    source = "\n".join(ast.unparse(_unmarked(one)) for one in body)
    config = ['""" # BEGIN TEST CONFIG', f"points: {float(points)!r}", f"hidden: {json.dumps(not check.visible)}"]
    head = [*config, '""" # END TEST CONFIG', f"def {slot.name}_{check.name}(env):", f"    {check.title!r}"]
    return OtterTest(cell="\n".join([*head, *(_indented(source))]), fixtures=fixtures)


def _names(nodes: list[ast.stmt]) -> set[str]:
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)}


def _unmarked(node: ast.stmt) -> ast.stmt:
    """Return a function without our mark, which pytest alone reads."""
    if isinstance(node, ast.FunctionDef):
        marks = [one for one in node.decorator_list if "pytest.mark.check" not in ast.unparse(one)]
        return ast.FunctionDef(**{**dict(ast.iter_fields(node)), "decorator_list": marks}, lineno=node.lineno)
    return node


def _indented(source: str) -> Iterator[str]:
    """Yield the lines of a source one level deeper; what ``ast.unparse`` writes has no string over several lines."""
    yield from (f"    {line}" if line else "" for line in source.split("\n"))
