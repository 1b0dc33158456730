"""Small coding tasks, most of them with a fault that verifying must find."""

from __future__ import annotations

from tests.conftest import COMMON

YAML = f"""\
id: {{id}}
kind: code
{COMMON.replace(chr(10) + "  ", chr(10))}
use: practical
points: 3
prompt: Write `f(x)`, which doubles a number. The double of 4 is 8.
{{more}}"""
FEW = "few_mutants: A product of two has few places for a fault.\n"

STARTER = "def f(x):\n    ...\n"
SOLUTION = "def f(x):\n    return 2 * x\n"
SQUARES = '"""Squares.\n\nCaught by: test_example, test_fresh\n"""\n\n\ndef f(x):\n    return x * x\n'
NOTHING = '"""Gives nothing.\n\nCaught by: test_example, test_fresh\n"""\n\n\ndef f(x):\n    return None\n'
REMEMBERS = '"""Knows the example.\n\nCaught by: test_fresh\n"""\n\n\ndef f(x):\n    return 8\n'
WRONG = {"wrong/squares.py": SQUARES, "wrong/nothing.py": NOTHING, "wrong/remembers.py": REMEMBERS}

HEAD = "import numpy as np\nimport pytest\n\n\n"
EXAMPLE = '''\
@pytest.mark.check(points=1, visible=True)
def test_example(student):
    """The example."""
    assert student.f(4) == 8


'''
FRESH = '''\
@pytest.mark.check(points=2)
def test_fresh(student, rng):
    """Fresh numbers."""
    for number in (0, 1, int(rng.integers(10, 99))):
        assert student.f(number) == 2 * number


'''


def hidden(name: str, title: str, body: str) -> str:
    """Return the text of one more hidden check."""
    return f'@pytest.mark.check(points=1)\ndef test_{name}(student, rng):\n    """{title}"""\n    {body}\n\n\n'


def task(id: str, *checks: str, more: str = FEW, **files: str) -> dict[str, str]:
    """Return the files of one task; known-wrong answers are given as ``wrong_name=…``."""
    folder = f"unit1/{id}"
    named = {name.replace("wrong_", "wrong/") + ".py": text for name, text in files.items()}
    parts = {
        "question.yaml": YAML.format(id=id, more=more),
        "starter.py": STARTER,
        "solution.py": SOLUTION,
        "checks.py": HEAD + (EXAMPLE + FRESH if not checks else "".join(checks)),
        **({} if any(name.startswith("wrong") for name in files) else WRONG),
        **named,
    }
    return {f"{folder}/{name}": text for name, text in parts.items()}


# What lets answers through that are none: each hidden check has a fault of its own.
LOOSE = (
    EXAMPLE,
    FRESH,
    hidden("is_there", "The function can be called.", "student.f(3)"),
    hidden("example_again", "The example, once more.", "assert student.f(4) == 8"),
    hidden("type", "Refuses words.", 'with pytest.raises(ValueError):\n        student.f("words")'),
    "@pytest.fixture\ndef doubled(student):\n    return student.f(5) + 0\n\n\n"
    '@pytest.mark.check(points=1)\ndef test_fixture(doubled):\n    """By a fixture."""\n    assert doubled == 10\n\n\n',
)
TYPED = 'def f(x):\n    if isinstance(x, str):\n        raise ValueError("no words")\n    return 2 * x\n'

UNNAMED = '"""Squares and says nothing."""\n\n\ndef f(x):\n    return x * x\n'
MISNAMED = SQUARES.replace("test_example, test_fresh", "test_fresh")

LUCKY = "COUNT = []\n\n\ndef f(x):\n    COUNT.append(x)\n    return 2 * x if len(COUNT) < 6 else None\n"
SLOW = "import time\n\n\ndef f(x):\n    time.sleep(0.6 if x > 9 else 0)\n    return 2 * x\n"
ROOMY = """\
def f(x):
    rest = x - 10
    if rest > 0:
        return x + x
    if x > 3:
        return 2 * x
    return x + x
"""
LONG = "def f(x):\n" + "".join(f"    x = x + {number} - {number}\n" for number in range(2, 9)) + "    return 2 * x\n"
IN_ORDER = "SEEN = []\n\n\ndef f(x):\n    SEEN.append(x)\n    return 2 * x if SEEN[0] == 4 else None\n"
ROOM = '''\
@pytest.fixture
def doubled(student):
    try:
        return student.f(5)
    except MemoryError:
        raise RuntimeError("nobody thought of this") from None


@pytest.mark.check(points=1)
def test_room(doubled):
    """In little room."""
    assert doubled == 10


'''
IDLE = hidden("idle", "Something.", "assert rng is not None")
EASY = hidden("easy", "A hundred.", "assert student.f(100) == 200")

TASKS = {
    **task("sound"),
    **task("wrong-solution", solution="def f(x):\n    return 3 * x\n"),
    **task("remembers-calls", solution=LUCKY),
    **task("loose", *LOOSE, solution=TYPED),
    **task("misnamed", wrong_squares=MISNAMED, wrong_unnamed=UNNAMED),
    **task("tells", EXAMPLE, FRESH, hidden("tells", "The double of 21 is 42.", "assert student.f(21) == 42")),
    **task("slow", solution=SLOW),
    **task("weak", EXAMPLE, EASY, IDLE, solution=ROOMY, wrong_nothing=NOTHING.replace("fresh", "easy")),
    **task("short", more=""),
    **task("long", solution=LONG),
    **task("in-order", solution=IN_ORDER),
    **task("started", starter="def f(x):\n    return 8\n"),
    **task("runs-out", EXAMPLE, FRESH, ROOM),
    **task("waives", more=FEW + "equivalent_mutants: {m000000000: It is gone., FAULT: It looked the same.}\n"),
}
ASSESSMENT = """\
id: trial
title: A trial
kind: practical
units: [1]
minutes: 30
seed: 1
limits: {check_seconds: 1.5}
flow:
  - question: slow
"""
NUMBERS = f"""\
- id: sums
  kind: numeric
  {COMMON}
  prompt: Add {{{{ a }}}} and {{{{ b }}}}.
  parameters: {{a: {{integers: [1, 9]}}, b: {{integers: [11, 19]}}}}
  compute: total = a + b
  answers: [{{name: total, value: total, tolerance: 0.1, points: 1}}]
  mistakes: [{{answer: total, value: b - a, feedback: "You subtracted {{{{ a }}}}, as in example 15."}}]
- id: blurts
  kind: numeric
  {COMMON}
  prompt: Add {{{{ a }}}} and {{{{ b }}}}.
  parameters: {{a: {{integers: [1, 9]}}, b: {{integers: [11, 19]}}}}
  compute: total = a + b
  answers: [{{name: total, value: total, tolerance: 0.1, points: 1}}]
  mistakes: [{{answer: total, value: b - a, feedback: "You subtracted {{{{ a }}}}; both make {{{{ total }}}}."}}]
- id: dice
  kind: numeric
  {COMMON}
  prompt: Guess {{{{ a }}}}.
  parameters: {{a: {{integers: [1, 9]}}}}
  compute: guess = float(np.random.default_rng().random())
  answers: [{{name: guess, value: guess, tolerance: 0.0001, points: 1}}]
- id: shares
  kind: numeric
  {COMMON}
  prompt: Divide by {{{{ a }}}}.
  parameters: {{a: {{integers: [0, 3]}}}}
  compute: share = 1 / a
  answers: [{{name: share, value: share, tolerance: 0.001, points: 1}}]
"""
