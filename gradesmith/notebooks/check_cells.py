"""The test cell of each question: what the student sees of it, and what stands between the hidden-test marks."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

from gradesmith.model.assessments import Slot
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, CodeKey, FieldsKey
from gradesmith.model.questions import Part
from gradesmith.notebooks.runtime import (
    CHOICE_CHECKS,
    FIELD_CHECK,
    FIELDS_HEAD,
    RETURN_CHECKS,
    TICKS_CHECK,
    TICKS_HEAD,
)
from gradesmith.rules.answers import BETWEEN_LETTERS, NUMBER
from gradesmith.rules.scoring import plain_label, share_of_ticks

HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
NOT_PORTABLE = "# These checks look into figures or models, so only gradesmith's own marks count.\n"


def check_cell(slot: Slot, part: Part) -> str:
    """Return the instructor's test cell of one part; what is hidden stands between nbgrader's marks."""
    if isinstance(part.interaction, Choice) and isinstance(part.key, ChoiceKey):
        wanted = f"{part.interaction.options[0].letter} to {part.interaction.options[-1].letter}"
        if part.interaction.multiple:
            return _answered(slot, f"all that apply of {wanted}", _ticks_checks(slot, part, part.interaction, part.key))
        hidden = CHOICE_CHECKS.format(slot=slot.name, letters=list(part.key.letters), points=part.points)
        return _answered(slot, f"one of {wanted}", hidden)
    if isinstance(part.interaction, Fields) and isinstance(part.key, FieldsKey):
        return _answered(slot, "a number for each", _fields_checks(slot, part, part.interaction, part.key))
    if isinstance(part.key, CodeKey):
        return _code_checks(slot, part.key, part.points)
    message = f"{slot.name}: a {part.interaction.type} has no test cell"
    raise TypeError(message)


def without_hidden(source: str) -> str:
    """Return a test cell as students get it, as nbgrader's ``ClearHiddenTests`` would leave it."""
    lines, hidden = [], False
    for line in source.split("\n"):
        if HIDDEN[0] in line:
            hidden = True
        elif HIDDEN[1] in line:
            hidden = False
        elif not hidden:
            lines.append(line)
    return "\n".join(lines)


def _answered(slot: Slot, wanted: str, hidden: str) -> str:
    return "\n".join([f'answered("{slot.name}", "{wanted}")', HIDDEN[0], hidden, HIDDEN[1]])


def _ticks_checks(slot: Slot, part: Part, choice: Choice, key: ChoiceKey) -> str:
    """Return the checks of a multiple choice: a ladder of what the ticks can earn, each rung worth its rise."""
    of_right = len(key.letters)
    of_wrong = len(choice.options) - of_right
    head = TICKS_HEAD.format(
        slot=slot.name,
        between="".join(sorted(BETWEEN_LETTERS)),
        options="".join(option.letter for option in choice.options),
        letters="".join(key.letters),
        of_right=of_right,
        of_wrong=of_wrong,
    )
    shares = [Fraction(1)] if key.scoring == "all_or_nothing" else _rungs(of_right, of_wrong)
    checks = [
        TICKS_CHECK.format(
            slot=slot.name,
            number=number,
            title=f"The ticks earn at least {share} of the points" if share < 1 else "The right options are chosen",
            share=share,
            points=share - below,
        )
        for number, (below, share) in enumerate(pairwise([Fraction(0), *shares]), start=1)
    ]
    return _run_all(slot, head + "".join(checks), part.points)


def _rungs(of_right: int, of_wrong: int) -> list[Fraction]:
    """Return every share above nothing that ticks can earn, in order."""
    ticks = product(range(of_right + 1), range(of_wrong + 1))
    return sorted({share_of_ticks(right, wrong, of_right, of_wrong) for right, wrong in ticks} - {Fraction(0)})


def _fields_checks(slot: Slot, part: Part, fields: Fields, key: FieldsKey) -> str:
    labels = {field.name: plain_label(field) for field in fields.fields}
    checks = [
        FIELD_CHECK.format(
            slot=slot.name,
            name=field.name,
            title=_docstring(labels[field.name]),
            value=field.value,
            tolerance=field.tolerance,
            points=field.points,
        )
        for field in key.fields
    ]
    head = FIELDS_HEAD.format(slot=slot.name, number=NUMBER.pattern)
    return _run_all(slot, head + "".join(checks), part.points)


def _docstring(text: str) -> str:
    return repr(text) if {"\\", '"'} & set(text) else f'"""{text}"""'


def _run_all(slot: Slot, checks: str, points: Fraction) -> str:
    return f'{checks}\n{RETURN_CHECKS}\n\n\nrun(checks_{slot.name}, points="{points}")'


def _code_checks(slot: Slot, key: CodeKey, points: Fraction) -> str:
    visible, hidden = split(key)
    lines = [
        "\n\n".join(_tidy(visible)),
        f"    {HIDDEN[0]}",
        f"    checks_{slot.name}.seed = {slot.rng_seed}",
        "\n\n".join(_tidy(hidden)),
        f"    {HIDDEN[1]}",
    ]
    remark = "" if key.portable else NOT_PORTABLE
    call = f'run(checks_{slot.name}, points="{points}")'
    return "\n".join([f"{remark}def checks_{slot.name}():", *lines, "", RETURN_CHECKS, "", "", call])


def _tidy(pieces: list[str]) -> Iterator[str]:
    """Keep one-line pieces that belong together (imports) on neighbouring lines."""
    group: list[str] = []
    for piece in pieces:
        if "\n" in piece:
            if group:
                yield "\n".join(group)
            yield piece
            group = []
        else:
            group.append(piece)
    if group:
        yield "\n".join(group)


def split(key: CodeKey) -> tuple[list[str], list[str]]:
    """Split a check file, indented, into what visible checks need and the rest, which is hidden.

    Whatever a visible check does not reach by name stays hidden: a reference implementation must not slip out.
    """
    nodes = [node for node in ast.parse(key.source).body if not _is_docstring(node)]
    wanted = reached(nodes, {check.name for check in key.checks if check.visible})
    pieces = {node: _indented(_source(key.source, node)) for node in nodes}
    return (
        [pieces[node] for node in nodes if node in wanted],
        [pieces[node] for node in nodes if node not in wanted],
    )


def reached(nodes: Sequence[ast.stmt], names: Collection[str]) -> set[ast.stmt]:
    """Return the statements that define these names, and those that define what they use, and so on."""
    shown = [node for node in nodes if _names(node) & set(names)]
    wanted = set(shown)
    while shown:
        used = {name.id for name in ast.walk(shown.pop()) if isinstance(name, ast.Name)}
        fresh = [node for node in nodes if node not in wanted and _names(node) & used]
        wanted.update(fresh)
        shown.extend(fresh)
    return wanted


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _names(node: ast.stmt) -> set[str]:
    """Return the names that a top-level statement defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}


def _source(text: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def _indented(source: str) -> str:
    """Indent code by one level without touching the inside of strings that span lines; docstrings move along."""
    module = ast.parse(source)
    docstrings = {_place_of_docstring(node) for node in ast.walk(module)}
    inside = {
        line
        for node in ast.walk(module)
        if isinstance(node, ast.Constant | ast.JoinedStr) and (node.lineno, node.col_offset) not in docstrings
        for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
    }
    lines = source.split("\n")
    return "\n".join(
        line if number in inside or not line else f"    {line}" for number, line in enumerate(lines, start=1)
    )


def _place_of_docstring(node: ast.AST) -> tuple[int, int] | None:
    """Return where the docstring of a function or class begins, if this is one that has one."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(node):
        return node.body[0].lineno, node.body[0].col_offset
    return None
