"""The run-time that every notebook carries: one check's failure costs that check, however it fails."""

from __future__ import annotations

import sys
import types

import pytest

from gradesmith.notebooks.runtime import SETUP


def fails_by_assertion(student):
    """A wrong value"""
    assert student.double(2) == 5


def misses_an_error(student):
    """An error that should be raised"""
    with pytest.raises(ValueError, match="negative"):
        student.double(-1)


def leaves(student):
    """Code that ends the program"""
    sys.exit(1)


def passes(student):
    """The right value"""
    assert student.double(2) == 4


@pytest.fixture
def run(monkeypatch):
    """The notebook's own `run`, beside a student's function."""
    notebook = types.ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", notebook)
    exec(SETUP, notebook.__dict__)
    notebook.double = lambda x: 2 * x
    return notebook.run


@pytest.mark.parametrize("failing", [fails_by_assertion, misses_an_error, leaves])
def test_a_check_that_fails_leaves_the_points_of_the_others(run, failing, capsys):
    marked = [pytest.mark.check(points=1)(check) for check in (failing, passes)]
    assert run(lambda: marked, points="3") == 1.5
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("✗")
    assert said[1] == "✓ The right value"


def test_an_interrupt_is_heeded(run):
    """Whoever stops a cell means all of it."""

    @pytest.mark.check(points=1)
    def interrupted(student):
        """Stopped"""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(lambda: [interrupted], points="1")
