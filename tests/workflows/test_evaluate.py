"""What a bank file may run is run confined, and whatever goes wrong is said with its line."""

from __future__ import annotations

import math

import pytest

from gradesmith.bank.loader import Bank
from gradesmith.errors import CannotCompute, CannotDraw, GradesmithError
from gradesmith.kinds.registry import kind_named
from gradesmith.model.questions import Part
from gradesmith.sandbox.engine import Engine
from gradesmith.workflows import evaluate
from gradesmith.workflows.assemble import drawing, make_form
from gradesmith.workflows.evaluate import SandboxEvaluator
from tests.kinds.marking import both, right_fields
from tests.kinds.test_numeric import COMMON


@pytest.fixture(scope="module")
def evaluator():
    with SandboxEvaluator(seconds=2) as started:
        yield started


def test_code_runs_on_what_is_given(evaluator):
    """Names go in, expressions come out as plain values; the usual libraries are there."""
    given = {"p": [0.1, 0.9], "n": 3, "word": 'a "b" {c}'}
    wanted = ("n + 1", "total", "np.array(p) * 2", "scipy.stats.entropy(p)", "math.pi", "word", "table", "None")
    found = evaluator.evaluate("total = sum(p)\ntable = {'x': np.float64(0.5)}", given, wanted)
    assert found == {
        "n + 1": 4,
        "total": 1.0,
        "np.array(p) * 2": [0.2, 1.8],
        "scipy.stats.entropy(p)": pytest.approx(0.325083),
        "math.pi": math.pi,
        "word": 'a "b" {c}',
        "table": {"x": 0.5},
        "None": None,
    }
    assert evaluator.evaluate("", {}, ("sklearn.metrics.accuracy_score([1, 0], [1, 1])",)).popitem()[1] == 0.5


def test_evaluations_do_not_see_each_other(evaluator):
    """Each has a process of its own."""
    evaluator.evaluate("np.left_behind = left = 1", {}, ("left",))
    with pytest.raises(CannotCompute, match="NameError: name 'left' is not defined"):
        evaluator.evaluate("", {}, ("left",))
    with pytest.raises(CannotCompute, match="left_behind"):
        evaluator.evaluate("", {}, ("np.left_behind",))


def test_dividing_by_zero_gives_no_number(evaluator):
    """In an expression, in Python's way or NumPy's; huge powers, too."""
    found = evaluator.evaluate("", {"n": 0}, ("1 / n", "np.float64(0) / n", "10.0 ** 999"))
    assert all(math.isnan(value) for value in found.values())


@pytest.mark.parametrize(
    ("code", "wanted", "message"),
    [
        ("x = 1\ny = x + nowhere", "x", ", line 2: NameError: name 'nowhere' is not defined"),
        ("x = 1\n\ndef f():\n    return 1 / 0\nf()", "x", ", line 4: ZeroDivisionError"),
        ("x = 1", "y", ": y: NameError: name 'y' is not defined"),
        ("while True:\n    pass", "x", ", line [12]: took longer than 2 seconds"),
        ("raise SystemExit('bye')", "x", ", line 1: SystemExit: bye"),
        ("import os\nos._exit(0)", "x", r" was stopped \(killed\)"),
        ("x = object()", "x", ": x is no number, text, list or dictionary"),
        ("x = 1j", "x", ": x is no number, text, list or dictionary"),
        ("open('/etc/passwd-of-mine', 'w')", "1", ", line 1: PermissionError"),
    ],
)
def test_what_goes_wrong_is_said(evaluator, code, wanted, message):
    """Exceptions, missing names, endless loops and values that are not plain."""
    with pytest.raises(CannotCompute, match=message):
        evaluator.evaluate(code, {}, (wanted,))


def test_an_error_names_question_and_line(evaluator):
    """An author learns which question, which line, and with which numbers."""
    asked = kind_named("numeric").question.model_validate({**COMMON, "compute": "total = 1\nquotient = 1 / (a - a)"})
    with pytest.raises(CannotCompute, match=r"sums: compute, line 2: ZeroDivisionError: .* \(with a = -?\d+, b = "):
        drawing(evaluator)(asked, 1)


def test_a_numeric_question_in_the_sandbox(evaluator):
    """Drawn twice it is the same, and its key earns its marks."""
    asked = kind_named("numeric").question.model_validate(COMMON)
    for seed in range(3):
        variant = drawing(evaluator)(asked, seed)
        part: Part = variant.parts[0]
        assert both(variant, right_fields(part)) == 3
        assert variant == drawing(evaluator)(asked, seed)


def test_a_bank_without_numeric_questions_starts_no_engine(session_course, monkeypatch):
    """The engine is started when it is first asked, not before."""

    def never(*_args, **_settings):
        raise AssertionError("an engine was started")

    monkeypatch.setattr(evaluate, "Engine", never)
    assert make_form(session_course.open(), "quiz").slots
    with pytest.raises(AssertionError, match="started"), SandboxEvaluator() as lazy:
        lazy.evaluate("", {}, ())


def test_a_kind_that_draws_nonsense_is_stopped(quiz, session_course, evaluator):
    """Whatever the kind, an unsound variant never gets into a form."""
    bank: Bank = session_course.open()
    question = bank.question("largest-number")
    draw = drawing(evaluator)
    sound = draw(question, 1)
    assert sound.parts[0].key.letters
    kind = kind_named("single_choice")
    with pytest.MonkeyPatch.context() as patch:
        twice = sound.but(parts=(sound.parts[0].but(key=sound.parts[0].key.but(letters=("A", "B"))),))
        patch.setattr(type(kind), "draw", lambda *_: twice)
        with pytest.raises(CannotDraw, match="2 options are right where one may be chosen"):
            draw(question, 1)


def test_engines_are_closed(monkeypatch):
    """Leaving the context ends the processes; entering again starts new ones when asked."""
    closed = []
    monkeypatch.setattr(Engine, "__init__", lambda *_: None)
    monkeypatch.setattr(Engine, "run", lambda *_: (_ for _ in ()).throw(GradesmithError("no")))
    monkeypatch.setattr(Engine, "close", lambda engine: closed.append(engine))  # noqa: PLW0108 - a method
    with pytest.raises(GradesmithError, match="no"), SandboxEvaluator() as one:
        one.evaluate("", {}, ())
    assert len(closed) == 1
