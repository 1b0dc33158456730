"""A shell in the small course."""

from __future__ import annotations

import sys

import pytest

from gradesmith.cli.main import main


@pytest.fixture
def run(small, monkeypatch, capsys):
    """Type a command in the small course; return exit code, output and complaints."""

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["gradesmith", "--course", str(small.directory.root), *words])
        try:
            main()
            code = 0
        except SystemExit as done:
            code = done.code or 0
        return code, *capsys.readouterr()

    return typed
