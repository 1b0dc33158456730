"""The house has floors and doors: a module imports lower floors and its own room, and each library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "gradesmith"
MODULES = sorted(PACKAGE.rglob("*.py"))

GROUND = {"errors", "diagnostics", "templates", "harmless", "markdown", "tables"}
ROOMS = {"bank", "notebooks", "papers", "interchange", "course", "sandbox", "gradebook", "reports"}
FACES = {"cli", "desk", "labserver"}
FLOORS = [GROUND, {"model"}, {"rules"}, {"kinds"}, ROOMS, {"workflows"}, FACES]
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}

DOORS = {
    "yaml": {"bank"},
    "nbformat": {"notebooks"},
    "nbgrader": {"course"},
    "pytest": {"sandbox"},
    "_pytest": {"sandbox"},
    "IPython": {"sandbox"},
    "jinja2": {"templates"},
    "sqlalchemy": {"gradebook"},
    "pypandoc": {"papers.pandoc"},
    "typst": {"papers.typesetting"},
    "scipy.optimize": {"rules.assembly"},
    "click": {"cli"},
    "rich": {"cli"},
    "otter": set(),
    "markdown_it": {"markdown"},
    "defusedxml": {"interchange"},
}


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package, "" for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, types_too: bool = True) -> Iterator[tuple[int, str]]:
    """Yield line and full name of whatever a module imports, anywhere in it; relative imports begin with a dot."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set() if types_too else {id(node) for node in _for_types(tree)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _for_types(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what is imported for the type checker only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            for statement in node.body:
                yield from ast.walk(statement)


def needed(path: Path) -> set[str]:
    """Return the modules of the package that a module needs, at once or in one of its functions."""
    names = {name.removeprefix("gradesmith.") for _, name in imports(path, types_too=False)}
    known = {name_of(one) for one in MODULES} - {""}
    return {name if name in known else name.rpartition(".")[0] for name in names} & known - {name_of(path)}


def test_every_module_stands_on_a_floor():
    """A new room is put on a floor before anything is put into it."""
    rooms = {name_of(path).partition(".")[0] for path in MODULES} - {"", "__main__"}
    assert rooms <= set(FLOOR_OF)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_lower_floors_and_its_own_room_only(path):
    """Neighbours on a floor never import each other, and nobody looks up."""
    room = name_of(path).partition(".")[0]
    if room in {"", "__main__"}:
        allowed = FACES
    elif room in GROUND:
        allowed = {room, "errors", "diagnostics"}
    else:
        allowed = {room} | {lower for lower, floor in FLOOR_OF.items() if floor < FLOOR_OF[room]}
    strangers = [
        f"{path.name}:{line} imports {name}"
        for line, name in imports(path)
        if name.startswith("gradesmith.") and name.split(".")[1] not in allowed | {"__version__"}
    ]
    assert strangers == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_heavy_library_comes_in_by_its_door(path):
    """A library that has a door is imported nowhere else, not even within a function."""
    own = name_of(path)
    strangers = [
        f"{path.name}:{line} imports {name}"
        for line, name in imports(path)
        for library, doors in DOORS.items()
        if f"{name}.".startswith(f"{library}.") and not any(f"{own}.".startswith(f"{door}.") for door in doors)
    ]
    assert strangers == []


def test_doors_are_used():
    """A door that nobody goes through is no door: the table above would be out of date."""
    used = {(name.partition(".")[0], name_of(path).partition(".")[0]) for path in MODULES for _, name in imports(path)}
    simple = {(library, room) for library, rooms in DOORS.items() for room in rooms if "." not in library + room}
    assert simple - used <= {("_pytest", "sandbox")}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_are_absolute_and_nothing_is_global(path):
    """What a name means is written where it is used."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [name for _, name in imports(path) if name.startswith(".")] == []
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)] == []


def test_no_module_is_a_drawer_for_everything():
    """A module is named for what it is about."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [path.name for path in MODULES if path.stem in drawers] == []


def test_modules_do_not_import_each_other_in_a_circle():
    """Every module can be understood after those it imports."""
    graph = {name_of(path): needed(path) for path in MODULES if name_of(path)}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as cycle:
        pytest.fail(f"a circle of imports: {' → '.join(cycle.args[1])}")
    assert order.index("model.values") < order.index("workflows.grade") < order.index("cli.grade")


def test_who_coordinates_grading_loads_nothing_of_what_grading_takes():
    """Else every run would begin with waiting for libraries that only its workers, zygotes and checkers use."""
    heavy = {"IPython", "nbformat", "nbgrader", "numpy", "pytest", "scipy", "typst"}
    look = f"import sys, gradesmith.workflows.grade; print(*sorted({heavy!r}.intersection(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split() == []
