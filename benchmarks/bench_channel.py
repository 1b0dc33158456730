"""How long a check waits for one answer of the student's process, against what the sockets alone take.

Usage: python benchmarks/bench_channel.py [CALLS]

Prints the median of CALLS calls and their quickest tenth, which other programs disturb least. Wanted: under 200 µs.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import sys
import time

from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun
from gradesmith.sandbox.engine import Engine

WANTED = 200
WARM_UP = 200
NOTEBOOK = """
import numpy as np
def f(x):
    return x
class Model:
    def predict(self, x):
        return x
model = Model()
table = np.zeros((1000, 5))
"""
CHECKS = '''
"""Measures calls, and fails with what it measured."""

import json
import statistics
import time

import numpy as np


def spans(act):
    spans = []
    for _ in range({warm_up} + {calls}):
        begin = time.perf_counter()
        act()
        spans.append(time.perf_counter() - begin)
    return statistics.median(spans[{warm_up}:]), statistics.quantiles(spans[{warm_up}:], n=10)[0]


def test_measure(student):
    """Measured."""
    held, model, table = student.f, student.model, np.zeros((1000, 5))
    measured = {{
        "student.f(3)": spans(lambda: student.f(3)),
        "a held function": spans(lambda: held(3)),
        "model.predict(3)": spans(lambda: model.predict(3)),
        "student.table, 1000 × 5": spans(lambda: student.table),
        "held(table), both ways": spans(lambda: held(table)),
    }}
    raise AssertionError("measured" + json.dumps(measured) + "end")
'''


def floor(calls: int) -> tuple[float, float]:
    """Return the median and the lowest tenth of sending one byte to another process and back, in seconds."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        while theirs.recv(1):
            theirs.send(b"x")
        os._exit(0)
    theirs.close()
    spans = []
    for _ in range(WARM_UP + calls):
        begin = time.perf_counter()
        ours.send(b"x")
        ours.recv(1)
        spans.append(time.perf_counter() - begin)
    ours.close()
    os.wait()
    return statistics.median(spans[WARM_UP:]), statistics.quantiles(spans[WARM_UP:], n=10)[0]


def measured(calls: int) -> dict[str, tuple[float, float]]:
    """Run the check in the sandbox and return the medians and lowest tenths it tells, in seconds."""
    checks = ChecksToAsk(cell="q", file="checks.py", names=("test_measure",), rng_seed=1)
    question = QuestionRun(slot="q", cells=(CellToRun(id="q", source=NOTEBOOK),), checks=(checks,))
    limits = Limits(check_seconds=600, submission_seconds=900)
    with Engine({"checks.py": CHECKS.format(warm_up=WARM_UP, calls=calls)}) as engine:
        (run,) = engine.run(Plan(questions=(question,), files=(), limits=limits)).checks
    told, _, _ = run.detail.partition("measured")[2].partition("end")
    found: dict[str, tuple[float, float]] = json.loads(told)
    return found


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    least = floor(calls)
    print(f"{'':26}{'median':>11}{'tenth':>11}    against the first, by tenths")
    for name, (median, tenth) in {"one byte there and back": least, **measured(calls)}.items():
        print(f"{name:26}{1e6 * median:8.0f} µs{1e6 * tenth:8.0f} µs {tenth / least[1]:6.1f} ×")
    print(f"wanted for a scalar: under {WANTED} µs on an idle machine")


if __name__ == "__main__":
    main()
