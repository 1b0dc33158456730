"""The documentation is executed, complete, and fresh."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
import yaml

from gradesmith.bank.loader import open_bank
from gradesmith.cli.main import COMMANDS
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun
from gradesmith.sandbox.engine import Engine
from tests.docs.pages import ROOT, Block, Page, all_pages, page
from tests.docs.walking import Walk, commands

PAGES = [page(path) for path in all_pages()]
BLOCKS = [block for one in PAGES for block in one.blocks]
LEFT_OUT = [block for block in BLOCKS if "not run" in block.marks]
README = page(ROOT / "README.md")
WALKS = [
    one
    for one in PAGES
    if one.path != README.path and any(block.language == "console" or "file" in block.marks for block in one.blocks)
]
CHECKS = ROOT / "docs" / "author" / "checks.md"
IMPORTS = "import numpy as np\nimport pytest\n\n\n"


def name_of(one: Page | Block) -> str:
    return one.name if isinstance(one, Block) else str(one.path.relative_to(ROOT))


# What is shown runs


def stale(one: Page, walk: Walk) -> list[Block]:
    """Return the blocks whose output is no longer what stands there."""
    shown = [block for block in one.blocks if "output" in block.marks]
    return [block for block in shown if block.lines != walk.printed[block.name]]


def write_fresh(one: Page, walk: Walk) -> None:
    lines = one.text.split("\n")
    for block in reversed(stale(one, walk)):
        lines[block.line : block.line + len(block.lines)] = walk.printed[block.name]
    one.path.write_text("\n".join(lines), encoding="utf-8")


def are_fresh(one: Page, walk: Walk, *, update: bool) -> None:
    if update:
        write_fresh(one, walk)
    for block in [] if update else stale(one, walk):
        assert "\n".join(walk.printed[block.name]) == "\n".join(block.lines), (
            f"{block.name} shows old output: python -m pytest tests/docs --update-docs"
        )
    assert open_bank(walk.course / "question_bank").questions


def test_the_readme_shows_what_its_commands_print(readme: Walk, update: bool) -> None:
    """The first thing a visitor sees is what they will get."""
    are_fresh(README, readme, update=update)


@pytest.mark.parametrize("one", WALKS, ids=name_of)
def test_the_commands_of_a_page_run(one: Page, walked: Callable[[Path], Walk], update: bool) -> None:
    """Every command ends as the page says, every file it shows is accepted, and what it prints is fresh."""
    are_fresh(one, walked(one.path), update=update)


@pytest.mark.parametrize("block", LEFT_OUT, ids=name_of)
def test_what_is_not_run_says_why(block: Block) -> None:
    """A block is left out only with a reason, and gradesmith's own commands never are."""
    assert len(block.marks["not run"]) > 10
    for command in commands(block):
        words = command.split()
        assert words[0] != "gradesmith" or set(words) & set(COMMANDS)
    pytest.skip(block.marks["not run"])


def test_every_output_has_a_language() -> None:
    """A block without a language can't be told from one that somebody forgot to have run."""
    assert [block.name for block in BLOCKS if not block.language] == []


# Checks


def notebooks_and_checks() -> Iterator[tuple[str, Block]]:
    """Yield every check example with the notebook that stands above it."""
    notebook = ""
    for block in page(CHECKS).blocks:
        if "student" in block.marks:
            notebook = block.text
        elif "check" in block.marks:
            yield notebook, block


EXAMPLES = list(notebooks_and_checks())


def task_files() -> dict[str, str]:
    """Return the files of the example of a coding task, by name."""
    blocks = page(ROOT / "docs" / "author" / "README.md").blocks
    return {Path(block.marks["file"]).name: block.text for block in blocks if "file" in block.marks}


Ask = Callable[[str, str, str], dict[str, tuple[str, str]]]


@pytest.fixture(scope="session")
def ask() -> Iterator[Ask]:
    """Run a notebook of one cell in the sandbox, have a check file's checks ask it, and return how each ended."""
    library = {f"checks_{block.line}.py": IMPORTS + block.text for _, block in EXAMPLES}
    with Engine({**library, "checks.py": task_files()["checks.py"]}) as engine:

        def asked(notebook: str, file: str, source: str) -> dict[str, tuple[str, str]]:
            names = tuple(re.findall(r"^def (test_\w+)", source, flags=re.MULTILINE))
            checks = ChecksToAsk(cell="q01", file=file, names=names, rng_seed=1)
            run = QuestionRun(slot="q01", cells=(CellToRun(id="q01", source=notebook),), checks=(checks,))
            report = engine.run(Plan(questions=(run,), files=(), limits=Limits(check_seconds=2)))
            return {one.name: (one.status.value, one.detail) for one in report.checks}

        yield asked


@pytest.mark.parametrize(("notebook", "block"), [pytest.param(*pair, id=name_of(pair[1])) for pair in EXAMPLES])
def test_an_example_of_a_check_ends_as_the_page_says(notebook: str, block: Block, ask: Ask) -> None:
    """Against the notebook above it, in the real sandbox."""
    ended = ask(notebook, f"checks_{block.line}.py", block.text)
    assert {status for status, _ in ended.values()} == {block.marks["check"]}, ended


def test_the_example_task_is_sound(ask: Ask) -> None:
    """Its solution passes, its starter fails, and every known-wrong answer fails just what its docstring names."""
    files = task_files()

    def failed(notebook: str) -> set[str]:
        ended = ask(notebook, "checks.py", files["checks.py"])
        assert len(ended) == 3
        return {name for name, (status, _) in ended.items() if status != "PASSED"}

    wrong = [text for text in files.values() if "Caught by:" in text]
    assert wrong
    assert failed(files["solution.py"]) == set()
    assert failed(files["starter.py"])
    for text in wrong:
        named = (ast.get_docstring(ast.parse(text)) or "").rpartition("Caught by:")[2]
        assert failed(text) == {name.strip() for name in named.split(",")}


def test_the_example_kind_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file on the page about kinds is a kind that works."""
    blocks = page(ROOT / "docs" / "author" / "adding-a-kind.md").blocks
    (tmp_path / "an_example_kind.py").write_text(next(block.text for block in blocks if block.language == "python"))
    monkeypatch.syspath_prepend(tmp_path)
    kind = import_module("an_example_kind").KIND
    (content,) = yaml.safe_load(next(block.text for block in blocks if block.language == "yaml"))
    question = kind.question.model_validate(content)
    variant = kind.draw(question, 1, None)
    assert variant == kind.draw(question, 1, None)
    assert variant.kind == kind.name == content["kind"]
    assert variant.parts[0].key.letters in {("A",), ("B",)}


# Everything is there


def all_commands() -> Iterator[str]:
    """Yield every command with its sub-commands, as it is typed."""
    for name, entry in COMMANDS.items():
        yield f"gradesmith {name}"
        module, _, attribute = entry.place.partition(":")
        command = getattr(import_module(module), attribute) if find_spec(module) else None
        if isinstance(command, click.Group):
            yield from (f"gradesmith {name} {inner}" for inner in command.commands)


@pytest.mark.parametrize("command", [*all_commands()])
def test_every_command_is_documented(command: str) -> None:
    """What can be typed is told of somewhere."""
    assert any(re.search(rf"{command}\b", one.text) for one in PAGES if one.path.name != "CHANGELOG.md")


def test_every_kind_has_a_section() -> None:
    """An author finds each kind of question by its name."""
    headings = page(ROOT / "docs" / "author" / "README.md").anchors
    assert [kind for kind in all_kinds() if kind not in headings] == []


@pytest.mark.parametrize("one", PAGES, ids=name_of)
def test_every_link_leads_somewhere(one: Page) -> None:
    """Relative links name files that are there, and headings that stand in them."""
    for target in one.links:
        place, _, anchor = target.partition("#")
        path = (one.path.parent / place).resolve() if place else one.path
        assert path.exists(), f"{name_of(one)}: {target}"
        if anchor:
            assert anchor in page(path).anchors, f"{name_of(one)}: {target}"


def test_every_page_can_be_reached() -> None:
    """From the README, over links."""
    reached, waiting = set(), [README.path]
    while waiting:
        here = waiting.pop()
        if here in reached or here.suffix != ".md":
            continue
        reached.add(here)
        targets = (target.partition("#")[0] for target in page(here).links)
        waiting += [(here.parent / target).resolve() for target in targets if target]
    assert {one.path for one in PAGES} <= reached
