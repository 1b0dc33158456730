"""The small parts of verifying, without an engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradesmith.diagnostics import Place
from gradesmith.kinds.registry import kind_named
from gradesmith.model.assessments import Limits
from gradesmith.model.keys import Mistake
from gradesmith.workflows.verify import recorder
from gradesmith.workflows.verify.answers import JUNK, hard_coded, junk, public_names
from gradesmith.workflows.verify.asking import Task
from gradesmith.workflows.verify.bench import Bench
from gradesmith.workflows.verify.drawing import verify_drawn
from gradesmith.workflows.verify.findings import Findings
from gradesmith.workflows.verify.judging import Judge, caught_by
from gradesmith.workflows.verify.leaks import leaks, states

STARTER = "def f(x):\n    ...\n\n\nclass Model:\n    def fit(self, x):\n        ...\n"
SOLUTION = "def f(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    ("text", "told", "leaked"),
    [
        ("The double of 21 is 42.", ["42"], ["42"]),
        ("The share is 0.67.", ["0.6666666"], ["0.67"]),
        ("The share is 0.5.", ["0.5"], ["0.5"]),
        ("The share is 0.5.", ["0.48"], []),
        ("The first of 3 groups.", ["3"], []),
        ("All 120 people, as in the prompt.", ["120"], []),
        ("Finds the spammers.", ["spammers", "abc"], ["spammers"]),
        ("Version 1.42.3 of x42.", ["42"], []),
        ("Fresh numbers.", ["nan", "inf", "1e400"], []),
        ("The double of 2 gives 4.", ["4"], ["4"]),
        ("The double of 2 is $= 4$.", ["4"], ["4"]),
        ("Sorts 4 names; returns 1.", ["4", "1"], []),
        ("The share is 84.3 %.", ["0.843"], ["84.3"]),
    ],
)
def test_what_a_text_gives_away(text, told, leaked):
    """Numbers and words that come out of a right answer, if nobody was told them before."""
    assert list(leaks(text, told, "There are 120 people.")) == leaked


@pytest.mark.parametrize(
    ("text", "key", "leaked"),
    [
        ("It is 7.", "7.0", ["7"]),
        ("It is about 0.7.", "0.66", ["0.7"]),
        ("It is about 0.6.", "0.66", []),
        ("It is 120.", "120.0", []),
        ("Shares add up to 1.", "1.0", []),
    ],
)
def test_what_gives_a_key_away(text, key, leaked):
    """Whatever would be marked right, however small and rough, but for what the prompt says, 0 and 1."""
    assert list(leaks(text, [key], "There are 120 people.", tolerance=0.05)) == leaked


@pytest.mark.parametrize(
    ("reason", "key", "stated"),
    [
        ("No: it is the *true  positive* rate.", "The true positive rate", True),
        ("No: that is precision.", "Precision", False),
        ("It comes to 14 %, not more.", "14%", True),
        ("It comes to 14.5 %, not more.", "14%", False),
        ("The upper halves of 8 and 9 are alike.", "8", False),
        ("All 120 people are counted.", "120", False),
    ],
)
def test_what_states_an_option(reason, key, stated):
    """The option word for word; a single word, or a small number, may be what the reason is about."""
    assert states(reason, key, "There are 120 people.") is stated


def test_calls_are_told_apart_by_what_they_are_given():
    """Equal arguments make equal keys, whatever is long; other types and values make others."""
    long = np.arange(5000.0)
    frame = pd.DataFrame({"a": [1, 2]})
    assert recorder.key_of("f", (long.copy(),), {}) == recorder.key_of("f", (long,), {})
    values = [long, long + 1, long.astype(int), frame, frame + 1, [1, 2], (1, 2), {"a": [long]}, {"a": [long + 1]}, "1"]
    assert len({recorder.key_of("f", (value,), {}) for value in values}) == len(values)
    assert recorder.key_of("f", (1,), {}) != recorder.key_of("g", (1,), {}) != recorder.key_of("g", (), {"x": 1})


def test_what_came_back_is_told_in_plain_texts():
    """Numbers and words within lists, arrays and dictionaries; of other objects nothing."""
    value = {"key": [1, (2.5, "word")], "array": np.array([[3, 4]]), "none": None, "truth": True, "object": object()}
    assert list(recorder.scalars(value)) == ["1", "2.5", "word", "3", "4"]


def test_recording_and_replaying():
    """A replayed solution knows what was recorded, and nothing else."""
    names = {"f": lambda x: 2 * x}
    keys, told = recorder.record(names, ["f", "missing"])
    assert names["f"](21) == 42
    assert told == ["42"]
    silent, raising = {}, {}
    exec(hard_coded(SOLUTION, ["f"], keys, raising=False), silent)
    exec(hard_coded(SOLUTION, ["f"], keys, raising=True), raising)
    assert (silent["f"](21), silent["f"](22), raising["f"](21)) == (42, None, 42)
    with pytest.raises(ValueError, match="not one of the examples"):
        raising["f"](22)


def test_junk_for_functions_and_classes():
    """Each function and method of the starter does the same nothing, whatever it is given."""
    assert public_names(STARTER) == ["f", "Model"]
    names = {}
    exec(junk(STARTER, JUNK["zero"]), names)
    assert names["f"](1, 2, x=3) == names["Model"]().fit([1]) == 0


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ('"""Wrong.\n\nCaught by: test_a, `test_b`.\n"""', {"test_a", "test_b"}),
        ('"""Wrong."""', None),
        ("x = 1", None),
        ("def", None),
    ],
)
def test_what_a_docstring_names(source, named):
    """The last line counts."""
    assert caught_by(source) == named


class _Careless:
    """A kind that draws what may not be set."""

    def __init__(self, spoil):
        self.draw = lambda question, seed, evaluator: spoil(kind_named(question.kind).draw(question, seed, evaluator))


def _first_part(variant, **changes):
    return variant.but(parts=(variant.parts[0].but(**changes), *variant.parts[1:]))


def _with_key(variant, **changes):
    return _first_part(variant, key=variant.parts[0].key.but(**changes))


def _with_mistake(variant):
    """Let the first quantity's right value be a known mistake as well."""
    first, *others = variant.parts[0].key.fields
    slip = Mistake(value=first.value, feedback="You slipped.")
    return _with_key(variant, fields=(first.but(mistakes=(slip,)), *others))


SPOILT = {
    "unsound-variant": ("smallest-number", lambda one: one.but(seed=one.seed + 1)),
    "key-does-not-earn": ("smallest-number", lambda one: _with_key(one, letters=("Z",))),
    "mistake-unexplained": ("smallest-number", lambda one: _with_key(one, reasons={})),
    "mistake-earns": ("screening", _with_mistake),
}


def _found(small, name, spoil, code):
    """Return what is found with one code about a question of the small course that a careless kind draws."""
    question = small.open().questions[name]
    findings = Findings(question, None)
    with Bench({}, 1) as bench:  # it starts no engine, as there is nothing to compute
        verify_drawn(question, _Careless(spoil), bench, range(30), findings)
    return [one.message for one in findings.found if one.code == code]


@pytest.mark.parametrize("code", SPOILT)
def test_a_careless_kind(small, code):
    """A kind from elsewhere may forget what ours see to; it is told with the seeds, three examples at most."""
    found = _found(small, *SPOILT[code], code)
    assert 0 < len(found) <= 3
    assert "and 29 more)" in found[0] or "(seed " in found[0]


def test_a_certificate_remembers_nothing_that_a_clock_said(small):
    """Checks that take long stop nothing, and on another machine they may not."""
    task = Task(small.open().questions["double-it"], Limits())
    findings = Findings(task.question, Place(path=Path("question.yaml"), line=1))
    judge = Judge(task, findings)
    judge.costs_little(0.1)
    assert not findings.found
    judge.costs_little(0.456)
    findings.note("few-mutants", "there are few")
    assert [one.code for one in findings.found] == ["slow-checks", "few-mutants"]
    assert [one.code for one in findings.remarks()] == ["few-mutants"]
    assert not findings.stop


def test_reasons_that_name_the_key(small):
    """Of a distractor's reason, which whoever chose it reads."""
    assert _found(small, "smallest-number", lambda one: one, "feedback-leaks") == []
    blurted = dict.fromkeys("AB", "No: it is *one* of ten.")
    (told,) = _found(small, "smallest-number", lambda one: _with_key(one, reasons=blurted), "feedback-leaks")
    assert told.endswith('students read "No: it is *one* of ten.", and One of ten is what is right')
