"""From a program to its mutants. Pure: the same text gives the same mutants, in the same order, for ever."""

from __future__ import annotations

import ast
import hashlib
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from gradesmith.rules.mutation.operators import OPERATORS
from gradesmith.rules.mutation.sites import Fault, Operator, Site, sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A program with one fault.

    ``hash`` names the fault by what it changes into what, in which function; it survives changes elsewhere and in the
    layout. ``line`` is where the fault stands, ``diff`` what it changed.
    """

    hash: str
    operator: str
    line: int
    source: str
    diff: str


def mutants(source: str, operators: tuple[Operator, ...] = OPERATORS) -> tuple[Mutant, ...]:
    """Return every mutant of a program that is another program, each once.

    Raises:
        SyntaxError: When the program is not Python.
    """
    tree = ast.parse(source)
    known = {ast.unparse(tree)}
    times = Counter[str]()
    found = []
    for site in sites(tree):
        for operator, fault in _faults(site, operators):
            mutated = _mutated(tree, site, fault)
            if mutated is None or mutated in known:
                continue
            known.add(mutated)
            text = _spliced(source, site, fault, mutated)
            found.append(_mutant(source, text, site, operator, _hash(site, operator, fault, times)))
    return tuple(found)


def _faults(site: Site, operators: tuple[Operator, ...]) -> Iterator[tuple[str, Fault]]:
    return ((operator.__name__, fault) for operator in operators for fault in operator(site))


def _mutated(tree: ast.Module, site: Site, fault: Fault) -> str | None:
    """Return the whole program with the fault, in its normal form; ``None`` when it would be no program."""
    site.put(fault)
    try:
        text = ast.unparse(tree)
        compile(text, "mutant", "exec")
    except (SyntaxError, ValueError):
        return None
    else:
        return text
    finally:
        site.restore(fault)


def _mutant(source: str, text: str, site: Site, operator: str, name: str) -> Mutant:
    lines = unified_diff(source.splitlines(), text.splitlines(), lineterm="", n=1)
    diff = "\n".join(line for line in lines if not line.startswith(("---", "+++")))
    return Mutant(hash=name, operator=operator, line=_line(site), source=text, diff=diff)


def _line(site: Site) -> int:
    return getattr(site.node, "lineno", getattr(site.parent, "lineno", 1))


def _hash(site: Site, operator: str, fault: Fault, times: Counter[str]) -> str:
    told = "\n".join([operator, site.scope, ast.unparse(site.node), _text(fault)])
    times[told] += 1
    # It begins with a letter, so that YAML never takes it for a number.
    return "m" + hashlib.sha256(f"{told}\n{times[told]}".encode()).hexdigest()[:9]


def _text(fault: Fault) -> str:
    return "\n".join(map(ast.unparse, fault)) if isinstance(fault, list) else ast.unparse(fault)


# Splicing: the author's own text, comments and all, with nothing changed but the fault


def _spliced(source: str, site: Site, fault: Fault, mutated: str) -> str:
    """Return the program as it is laid out, with the fault in its place; in its normal form if that can't be done."""
    span = _span(source, site.node)
    if span is not None:
        before, after, column = span
        text = textwrap.indent(_text(fault), " " * column).lstrip(" ")
        for candidate in (text, f"({text})"):
            whole = (before + candidate.encode() + after).decode()
            if _normal(whole) == mutated:
                return whole
    return mutated


def _normal(source: str) -> str:
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError):
        return ""


def _span(source: str, node: ast.AST) -> tuple[bytes, bytes, int] | None:
    """Return what stands before and after a node, in bytes (as Python counts columns), and its column."""
    if not isinstance(node, ast.expr | ast.stmt) or node.end_lineno is None or node.end_col_offset is None:
        return None
    lines = source.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    whole = b"".join(lines)
    return whole[:start], whole[end:], node.col_offset
