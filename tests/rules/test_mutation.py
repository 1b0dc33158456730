"""Each operator puts in the fault that it is named for, and the author's text stays as it is around it."""

from __future__ import annotations

import ast

import pytest

from gradesmith.rules.mutation import OPERATORS, mutants

NAMED = {operator.__name__: operator for operator in OPERATORS}
EXAMPLES = [
    ("axis_changed", "x.mean(axis=0)", ["x.mean(axis=1)", "x.mean()"]),
    ("axis_changed", "x.mean(axis=1)", ["x.mean(axis=0)", "x.mean()"]),
    ("ddof_changed", "np.std(x)", ["np.std(x, ddof=1)"]),
    ("ddof_changed", "x.var(ddof=1)", ["x.var(ddof=0)"]),
    ("summary_exchanged", "np.mean(x)", ["np.sum(x)", "np.median(x)"]),
    ("summary_exchanged", "x.sum()", ["x.mean()"]),
    ("extreme_exchanged", "max(x)", ["min(x)"]),
    ("extreme_exchanged", "x.argmin()", ["x.argmax()"]),
    ("fitted_on_test", "scaler.transform(x)", ["scaler.fit_transform(x)"]),
    ("matrix_transposed", "x.T", ["x"]),
    ("matrix_transposed", "x.transpose()", ["x"]),
    ("matrix_transposed", "x @ w", ["w @ x"]),
    ("metric_exchanged", "metrics.precision_score(x, y)", ["metrics.recall_score(x, y)"]),
    ("average_exchanged", "f1(x, average='macro')", ["f1(x, average='micro')", "f1(x, average='weighted')"]),
    ("abs_forgotten", "abs(x - y)", ["x - y"]),
    ("abs_forgotten", "x.abs()", ["x"]),
    ("log_base_changed", "np.log(x)", ["np.log2(x)", "np.log10(x)"]),
    ("epsilon_forgotten", "x / (y + 1e-9)", ["x / y"]),
    ("epsilon_forgotten", "x + epsilon", ["x"]),
    ("epsilon_forgotten", "np.maximum(x, 1e-12)", ["x"]),
    ("sorting_forgotten", "sorted(x)", ["list(x)", "sorted(x, reverse=True)"]),
    ("sorting_forgotten", "np.sort(x)", ["x"]),
    ("sorting_forgotten", "np.argsort(x)", ["np.argsort(-x)"]),
    ("sorting_forgotten", "np.unique(x)", ["x"]),
    ("input_changed", "x.copy()", ["x"]),
    ("input_changed", "np.array(x)", ["np.asarray(x)"]),
    ("input_changed", "sorted(x)", ["x.sort() or x"]),
    ("seed_forgotten", "Tree(depth=2, random_state=0)", ["Tree(depth=2)"]),
    ("seed_forgotten", "np.random.default_rng(7)", ["np.random.default_rng()"]),
    ("slice_off_by_one", "x[1:]", ["x[:]"]),
    ("slice_off_by_one", "x[:n]", ["x[:]", "x[:n + 1]", "x[:n - 1]"]),
    ("slice_off_by_one", "x[::-1]", ["x[:]"]),
    ("comparison_shifted", "x < y", ["x <= y"]),
    ("comparison_shifted", "x == y", ["x != y"]),
    ("comparison_turned", "x >= y", ["x <= y"]),
    ("and_or", "x and y", ["x or y"]),
    ("arithmetic_exchanged", "x + y", ["x - y"]),
    ("arithmetic_exchanged", "x * y", ["x / y"]),
    ("arithmetic_exchanged", "x & y", ["x | y"]),
    ("operand_dropped", "x + y", ["x", "y"]),
    ("condition_negated", "x if x > 0 else y", ["x if not x > 0 else y"]),
    ("branch_forgotten", "x if w else y", ["x", "y"]),
    ("filter_forgotten", "[one for one in x if one]", ["[one for one in x if True]"]),
    ("sign_dropped", "-x", ["x"]),
    ("sign_dropped", "x & ~y", ["x & y"]),
    ("truth_flipped", "f(x, strict=True)", ["f(x, strict=False)"]),
    ("constant_moved", "x[2]", ["x[3]", "x[1]"]),
    ("constant_moved", "x > 0.5", ["x > 1.5", "x > -0.5"]),
    ("arguments_swapped", "f(x, y, w)", ["f(y, x, w)"]),
    ("results_swapped", "(x, y)", ["(y, x)"]),
    ("keyword_dropped", "f(x, zero_division=0)", ["f(x)"]),
]
STATEMENTS = [
    ("train_test_swapped", "x_train, x_test = split(x)\nfit(x_train)", ["fit(x_test)"]),
    ("metric_exchanged", "tpr, fpr = rates(x)\ndraw(tpr)", ["draw(fpr)"]),
    ("input_changed", "x = x - y", ["x -= y"]),
    ("update_exchanged", "x += y", ["x -= y"]),
    ("branch_forgotten", "if x:\n    y = 2", ["y = 2", "pass"]),
    ("statement_dropped", "x.fit(y)", ["pass"]),
    ("statement_dropped", "x = y / 2", ["pass"]),
    ("returned_early", "share = x / y", ["return x / y"]),
    ("loop_left_early", "for one in x:\n    y += one", ["break"]),
]


def program(body: str) -> str:
    indented = "\n".join(f"    {line}" for line in body.split("\n"))
    return f"def f(x, y, w, n):\n{indented}\n"


def of(name: str, source: str) -> list[str]:
    return [one.source for one in mutants(source, (NAMED[name],))]


@pytest.mark.parametrize(("name", "before", "after"), EXAMPLES)
def test_an_expression_is_changed_as_its_operator_says(name, before, after):
    """Exactly these mutants, in this order."""
    expected = [ast.unparse(ast.parse(program(f"return {one}"))) for one in after]
    assert [ast.unparse(ast.parse(one)) for one in of(name, program(f"return {before}"))] == expected


@pytest.mark.parametrize(("name", "before", "after"), STATEMENTS)
def test_a_statement_is_changed_as_its_operator_says(name, before, after):
    """Every such line stands in a mutant of its own."""
    found = of(name, program(before + "\nreturn y"))
    assert len(found) == len(after)
    for source, line in zip(found, after, strict=True):
        assert line in source.replace("        ", "").replace("    ", "").split("\n")


def test_every_operator_has_an_example_and_words():
    """What an operator is for can be read, and is tried here."""
    assert {name for name, _, _ in [*EXAMPLES, *STATEMENTS]} == set(NAMED)
    assert [name for name, operator in NAMED.items() if not (operator.__doc__ or "").endswith(".")] == []


SOURCE = '''\
import numpy as np  # never changed: 1 + 1


def f(x: int = 3, *, figsize=(1, 2)) -> "1 + 1":
    """A text with 1 + 1 in it."""
    y = f"{1 + 1} ä"  # a comment with ü stays
    return (x + 1,  # over two lines
            np.mean(y))
'''


def test_only_the_fault_differs():
    """Comments, quotes, blank lines and line breaks stay; nothing else is touched than what computes."""
    found = mutants(SOURCE)
    assert len(found) > 5
    for one in found:
        assert one.source != SOURCE
        assert "# never changed: 1 + 1" in one.source
        assert '"""A text with 1 + 1 in it."""' in one.source
        assert "{1 + 1} ä" in one.source
        assert one.diff.count("\n+") <= 2
    assert any("return (x - 1,  # over two lines" in one.source for one in found)


def test_mutants_differ_from_each_other_and_keep_their_names():
    """No program comes twice; a hash outlives changes elsewhere in the file, and begins with a letter for YAML."""
    found = mutants(SOURCE)
    assert len({ast.unparse(ast.parse(one.source)) for one in found}) == len(found)
    assert len({one.hash for one in found}) == len(found)
    moved = mutants("def g(a):\n    return a * 2\n\n\n" + SOURCE.replace("    return", "\n    return"))
    assert {one.hash for one in found} < {one.hash for one in moved}
    assert all(one.hash[0] == "m" and one.hash[1:].isalnum() for one in found)


def test_looks_are_nobodys_mistake():
    """How large a figure is and which colours it has is not mutated."""
    assert mutants("def f(ax):\n    ax.plot(figsize=(3, 4), color='grey', lw=2)\n", (NAMED["constant_moved"],)) == ()


def test_the_same_mutants_again():
    """Mutants are the same in every run."""
    assert mutants(SOURCE) == mutants(SOURCE)
