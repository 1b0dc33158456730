"""Tricks that earn full marks where checks run in the student's process, and earn nothing here."""

from __future__ import annotations

import pytest

from gradesmith.model.assessments import Limits
from gradesmith.model.outcomes import Status
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun
from gradesmith.sandbox.engine import Engine
from tests.hostile.naive import earns_full_marks

CHECKS = '''
import builtins
import numpy as np
import pytest

@pytest.mark.check(points=1, visible=True)
def test_small(student):
    """A small example"""
    assert student.mean([1, 2, 6]) == pytest.approx(3)

@pytest.mark.check(points=1)
def test_fresh(student, rng):
    """Fresh numbers"""
    numbers = rng.normal(size=20)
    np.testing.assert_allclose(student.mean(numbers), numbers.mean())

@pytest.mark.check(points=1)
def test_far(student, rng):
    """Not far from the middle"""
    numbers = rng.normal(size=9)
    assert abs(student.mean(numbers) - numbers.mean()) < 1e-9
'''
NAMES = ("test_small", "test_fresh", "test_far")

HONEST = "import numpy as np\ndef mean(numbers):\n    return float(np.mean(numbers))\n"

LIAR = """
class Liar(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return Liar(0)
    def __rsub__(self, other): return Liar(0)
    def __abs__(self): return Liar(0)
    def __lt__(self, other): return True
    def __array__(self, *a, **k):
        import numpy as np
        return np.asarray(0.0)
    __hash__ = None
"""

TRICKS = {
    "prints that all passed, and ends": """
print("3 passed in 0.01s")
print("✓ A small example\\n✓ Fresh numbers\\n✓ Not far from the middle\\n3.0", flush=True)
raise SystemExit(0)
""",
    "ends the process with success": "import os\nos._exit(0)\n",
    "ends the process when asked": "import os\ndef mean(numbers):\n    os._exit(0)\n",
    "patches pytest": LIAR + """
import numpy, pytest
pytest.approx = lambda *a, **k: Liar(0)
numpy.testing.assert_allclose = lambda *a, **k: None
def mean(numbers): return Liar(0)
""",
    "patches numpy.testing": """
import numpy, pytest, builtins
numpy.testing.assert_allclose = lambda *a, **k: None
def mean(numbers):
    return 3.0 if len(numbers) == 3 else Near()
class Near:
    def __sub__(self, other): return 0.0
""",
    "patches builtins": """
import builtins, numpy, pytest
builtins.abs = lambda number: 0.0
numpy.testing.assert_allclose = lambda *a, **k: None
def mean(numbers): return 3.0
""",
    "returns an object equal to everything": LIAR + """
import numpy
numpy.testing.assert_allclose = lambda *a, **k: None
def mean(numbers): return Liar(7)
""",
    "rewrites the checks that called it": """
import sys
def mean(numbers):
    frame = sys._getframe(1)
    for name in list(frame.f_globals):
        if name.startswith("test_"):
            frame.f_globals[name].__code__ = (lambda student, rng=None: None).__code__
    raise SystemExit(0)
""",
    "takes the answer from the caller's frame": """
import sys
def mean(numbers):
    import numpy as np
    real = sys.modules["numpy"]
    return float(sum(sys._getframe(1).f_locals.get("numbers", [1, 2, 6])) / len(sys._getframe(1).f_locals.get("numbers", [1, 2, 6])))
""",
}


@pytest.fixture(scope="module")
def engine():
    with Engine({"checks_mean.py": CHECKS}) as made:
        yield made


def run(engine, answer):
    asked = ChecksToAsk(cell="q01", file="checks_mean.py", names=NAMES, rng_seed=5)
    question = QuestionRun(slot="q01", cells=(CellToRun(id="q01", source=answer),), checks=(asked,))
    limits = Limits(cell_seconds=5, check_seconds=3, submission_seconds=30)
    report = engine.run(Plan(questions=(question,), files=(), limits=limits))
    return {check.name: check.status for check in report.checks}


def test_an_honest_answer_earns_everything(engine, tmp_path) -> None:
    """Both runners give an honest answer its marks, so what follows is the tricks' doing."""
    assert earns_full_marks(tmp_path, HONEST, CHECKS)
    assert set(run(engine, HONEST).values()) == {Status.PASSED}


def test_a_wrong_answer_earns_nothing(engine, tmp_path) -> None:
    """Both runners refuse a wrong answer."""
    wrong = "def mean(numbers):\n    return -1.0\n"
    assert not earns_full_marks(tmp_path, wrong, CHECKS)
    assert set(run(engine, wrong).values()) == {Status.FAILED}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_fools_the_naive_runner_and_not_us(engine, tmp_path, trick) -> None:
    """What earns full marks in process earns not one hidden check here, and the next submission is graded as ever."""
    assert earns_full_marks(tmp_path, TRICKS[trick], CHECKS)
    statuses = run(engine, TRICKS[trick])
    assert Status.PASSED not in {statuses.get("test_fresh"), statuses.get("test_far")}
    assert set(run(engine, HONEST).values()) == {Status.PASSED}
