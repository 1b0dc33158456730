"""A simulated class hands in what real students could have written."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gradesmith.workflows.release import release
from gradesmith.workflows.simulate import simulate, without_docstring
from tests.conftest import SmallCourse


def test_known_wrong_code_does_not_name_the_checks_that_catch_it(small: SmallCourse) -> None:
    """The docstring in which an author says so is not handed in; the code is, as it was written."""
    release(small.directory, ["quiz"], datetime(2026, 3, 2, tzinfo=UTC), uncertified=True)
    (pupil,) = simulate(small.directory, "quiz", 1, seed=1, recipes=["known_wrong"])
    path = small.directory.submitted / pupil.record.id / "quiz" / "quiz.ipynb"
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]}
    assert cells["q04"].strip() == "double = lambda x: x * x"


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ('"""Doc."""\n\n# why\nx = 1\n', "# why\nx = 1\n"),
        ('# first\n"""Doc\n\nmore é."""; y = "é"\n', '# first\ny = "é"\n'),
        ("'''Doc.'''", ""),
        ('x = 1\n"""no docstring"""\n', 'x = 1\n"""no docstring"""\n'),
        ('f"""{1}"""\n', 'f"""{1}"""\n'),
        ('"""Doc."""\ndef unfinished(:\n', '"""Doc."""\ndef unfinished(:\n'),
        ("", ""),
    ],
)
def test_only_a_modules_docstring_goes(code: str, left: str) -> None:
    """Comments and layout stay; what is no Python stays whole."""
    assert without_docstring(code) == left
