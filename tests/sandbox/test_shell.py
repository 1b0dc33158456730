"""The shell of a child is IPython with less work, and makes of a cell what IPython makes of it."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from IPython.core.inputtransformer2 import EscapedCommand, TransformerManager
from IPython.core.interactiveshell import InteractiveShell

from gradesmith.sandbox.shell import NotebookShell, Transformers

SIGNS = "x % %time %%time !ls ? ?? = == != ( ) [ ] { } ' \" # /f ,a ;b ; : @ . 5 return def lambda é $ -> x?"
PIECES = [*SIGNS.split(), '"""', *"\n\n\t\r\f\u2028 ", "\\\n", "    ", "if x:", "x = %who", "y = !pwd", "a, b"]


@pytest.mark.filterwarnings("ignore")
def test_cells_become_what_ipython_makes_of_them():
    """Whatever is put together from Python's and IPython's signs; what is no Python may fail in one of them only."""
    draw = random.Random(3)
    magics = 0
    for _ in range(2_000):
        cell = "".join(draw.choices(PIECES, k=draw.randint(1, 9)))
        try:
            wanted = TransformerManager().transform_cell(cell)
        except SyntaxError:
            continue
        assert Transformers().transform_cell(cell) == wanted
        magics += "get_ipython" in wanted
    assert magics > 200


def test_a_transformer_of_ones_own_sees_all_cells():
    class Shout(EscapedCommand):
        @classmethod
        def find(cls, tokens_by_line):
            return cls((1, 0)) if tokens_by_line[0][0].string == "shout" else None

        def transform(self, _lines):
            return ["print('!')\n"]

    manager = Transformers()
    manager.token_transformers.append(Shout)
    assert manager.transform_cell("shout") == "print('!')\n"


@pytest.mark.parametrize(
    "cell",
    [
        "await f()",
        "x = [one async for one in f()]",
        "async with f(): pass",
        "async def f(): await g()",
        "'await'",
        "return 1",
        "awaited = (",
    ],
)
def test_what_awaits_at_its_top_level_is_known(cell):
    ask = {"transformed_cell": cell, "preprocessing_exc_tuple": None}
    shells = [kind.__new__(kind) for kind in (NotebookShell, InteractiveShell)]
    ours, theirs = (shell.should_run_async(cell, **ask) for shell in shells)
    assert ours == theirs


def test_an_error_that_nobody_sees_is_remembered_and_not_drawn():
    """A traceback takes longer than the cell; what runs unseen need not have it."""
    script = (
        "import sys\n"
        "from types import ModuleType\n"
        "from gradesmith.sandbox.shell import hear, make_shell, run_cell\n"
        "sys.modules['__main__'] = main = ModuleType('__main__')\n"
        "shell, out = make_shell(main), sys.stdout\n"
        "hear(shell)\n"
        "seen, unseen = (run_cell(shell, '1 / 0', room) for room in (100_000, 0))\n"
        "assert seen['outputs'][0]['ename'] == 'ZeroDivisionError' and not unseen['outputs']\n"
        "assert seen['status'] == unseen['status'] == 'raised'\n"
        "run_cell(shell, 'import sys; kind = sys.last_type.__name__', 0)\n"
        "assert main.kind == 'ZeroDivisionError'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
