"""Run as a program beside otter: scores cells with the tests that ``otter assign`` made, by otter's own reader of them.

Usage: python otter_scores.py NOTEBOOK CASES: CASES is JSON, {case: {"cells": [source, …], "questions": [name, …]}}, and
what is printed is JSON, {case: {question: [score, of]}}. Each case runs in a namespace of its own.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path


def main(notebook: str, cases: str) -> None:
    from otter.test_files.exception_test import ExceptionTestFile

    metadata = json.loads(Path(notebook).read_text(encoding="utf-8"))["metadata"]["otter"]
    found = {}
    for case, given in json.loads(Path(cases).read_text(encoding="utf-8")).items():
        names: dict[str, object] = {"__name__": "__main__"}
        with contextlib.redirect_stdout(io.StringIO()):
            for source in given["cells"]:
                with contextlib.suppress(Exception):
                    exec(source, names)
            found[case] = {}
            for question in given["questions"]:
                tests = ExceptionTestFile.from_string(metadata["tests"][question])
                tests.run(names)
                found[case][question] = [tests.score, tests.possible]
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
