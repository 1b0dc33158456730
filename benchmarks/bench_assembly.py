"""Five hundred forms of their own: how long they take, whether each is as asked, and how alike they are in truth.

Usage: python benchmarks/bench_assembly.py [STUDENTS] [REPETITIONS]

Makes STUDENTS (500) forms of wt5's shape from a generated bank of 300 questions, drawn and frozen, and lets the checker
of the tests, which shares no code with the solver, look at every constraint. Wanted: under 60 s, nothing wrong.

Then simulates REPETITIONS (8) banks: true difficulties are drawn, estimated from 60 responses, and 100 forms are
assembled by the estimates. Their spread is held against that of forms drawn at random within section and topic from the
same bank. Wanted: fitted at most 0.1 of it, true at most 0.5.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import fmean, stdev

sys.path.insert(0, str(Path(__file__).parent.parent))  # the generated bank and the checker belong to the tests

from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.difficulty import expectations
from tests.assembly.checker import Checker
from tests.assembly.generated import blueprint, generated_bank, material, roster
from tests.assembly.simulation import compared

WANTED_SECONDS = 60
WANTED_FITTED, WANTED_TRUE = 0.1, 0.5
SIMULATED = 100


def main() -> int:
    """Measure, and return 1 when something is not as wanted."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    return int(not all([class_of(students), simulated(repetitions)]))


def class_of(students: int) -> bool:
    """Make the forms of a class, check them, and print how long it took."""
    bank, assessment = generated_bank(), blueprint()
    begin, cpu = time.perf_counter(), time.process_time()
    forms = assemble_all(assessment, material(bank), Roll(students=roster(students), root="benchmark"))
    digests = {form.digest for form in forms.values()}
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    shares = {name: one.share for name, one in expectations(bank).items()}
    wrong = Checker(assessment=assessment, pool=bank, shares=shares).wrong(forms)
    print(f"{len(digests)} different forms of {len(bank)} questions: {seconds:.1f} s ({cpu:.1f} s of one core)")
    print(f"  wanted: under {WANTED_SECONDS} s; what the checker found wrong: {len(wrong)}")
    for line in wrong[:10]:
        print(f"    {line}")
    return seconds < WANTED_SECONDS and not wrong and len(digests) == students


def simulated(repetitions: int) -> bool:
    """Compare assembled with random forms in simulated banks, and print the ratios of their spreads."""
    runs = [compared(seed, SIMULATED) for seed in range(1, repetitions + 1)]
    fitted, true, bound = (
        [getattr(run, name) for run in runs] for name in ("fitted_ratio", "true_ratio", "bound_ratio")
    )
    foretold = [run.true / run.predicted.predicted for run in runs]
    print(f"{repetitions} simulated banks, {SIMULATED} forms each, 60 responses to a question")
    print(f"  spread of random forms:             {_told([run.random_true for run in runs])} (share of the points)")
    print(f"  fitted spread, of random forms':    {_told(fitted)} (wanted: at most {WANTED_FITTED})")
    print(f"  true spread, of random forms':      {_told(true)} (wanted: at most {WANTED_TRUE})")
    print(f"  bound by estimation error, of them: {_told(bound)}")
    print(f"  true spread, of the predicted:      {_told(foretold)}")
    return fmean(fitted) <= WANTED_FITTED and fmean(true) <= WANTED_TRUE


def _told(values: list[float]) -> str:
    spread = f" ± {stdev(values):.3f}" if len(values) > 1 else ""
    return f"{fmean(values):.3f}{spread}, {min(values):.3f} to {max(values):.3f}"


if __name__ == "__main__":
    sys.exit(main())
