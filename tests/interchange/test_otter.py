"""A form goes to otter: ``otter assign`` takes the notebook, and its tests give what our checks give."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from itertools import islice
from pathlib import Path

import nbformat
import pytest

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.keys import CodeKey
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun
from gradesmith.notebooks.otter import otter_notebook, what_otter_cannot_say
from gradesmith.notebooks.responses import answered
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.notebooks.writing import solutions
from gradesmith.rules.scoring import mark
from gradesmith.sandbox.engine import Engine
from gradesmith.workflows.assemble import drawing
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.library import check_file, check_library

SCORES = Path(__file__).with_name("otter_scores.py")
TURNS = 4  # otter has no limit on time, so no turn may be long
SQUARES = "double = lambda x: x * x"
CASES = {
    "perfect": {},
    "wrong": {"q01": 'q01 = "A"', "q02": 'q02 = ["A", "B"]', "q03": 'q03 = {"recall": 2}', "q04": SQUARES},
    "blank": {"q01": 'q01 = ""', "q02": "", "q03": "", "q04": ""},
    "raising": {"q01": "1 / 0", "q04": "def double(x):\n    raise SystemExit"},
    "partly": {"q03": 'q03 = {"accuracy": "84.33 %", "precision": 0.119, "recall": "0,4909", "f1": "no"}'},
}


def otter(folder: Path, *words: str) -> None:
    """Run otter as a program; gradesmith itself never imports it."""
    program = Path(sys.executable).parent
    settings = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}"}
    done = subprocess.run(
        [program / "otter", *words], cwd=folder, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def assigned(form: Form, folder: Path) -> Path:
    """Export a form and let ``otter assign`` make of it what is handed out and what grades; return where that is."""
    folder.mkdir(exist_ok=True)
    (folder / "task.ipynb").write_text(otter_notebook(form), encoding="utf-8")
    for file in {file.name: file for slot in form.slots for file in slot.variant.files}.values():
        (folder / file.name).write_bytes(base64.b64decode(file.content))
    otter(folder, "assign", "task.ipynb", "dist", "--no-run-tests")
    return folder / "dist"


def otters(dist: Path, cases: Mapping[str, object]) -> dict[str, dict[str, list[float]]]:
    """Return what otter's own tests give in each case, by question."""
    path = dist / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    words = [sys.executable, str(SCORES), str(dist / "autograder" / "task.ipynb"), str(path)]
    done = subprocess.run(words, cwd=dist / "autograder", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ours(form: Form, engine: Engine, answers: Mapping[str, str]) -> dict[str, Fraction]:
    """Return what our own sandbox and marking give, by question."""
    earned = {}
    for slot in form.slots:
        for part in slot.variant.parts:
            cell = slot.cell(part.name)
            source = answers[cell]
            if part.key.type == "text":
                continue
            if isinstance(part.key, CodeKey):
                earned[cell] = _asked(form, slot, engine, source)
            else:
                names: dict[str, object] = {}
                with contextlib.suppress(ZeroDivisionError):
                    exec(source, names)
                earned[cell] = mark(part, answered(cell, names.get(cell)), ()).given
    return earned


def _asked(form: Form, slot: Slot, engine: Engine, source: str) -> Fraction:
    (part,) = slot.variant.parts
    checks = ChecksToAsk(
        cell=slot.name, file=check_file(slot), names=tuple(one.name for one in part.key.checks), rng_seed=slot.rng_seed
    )
    cell = CellToRun(id=slot.name, source=source)
    plan = Plan(
        questions=(QuestionRun(slot=slot.name, cells=(cell,), checks=(checks,)),),
        files=slot.variant.files,
        limits=form.limits,
    )
    return mark(part, answered(slot.name, source), engine.run(plan).checks).given


@pytest.fixture(scope="module")
def dist(quiz, tmp_path_factory):
    return assigned(quiz, tmp_path_factory.mktemp("otter") / "quiz")


def test_otter_gives_the_same_points(quiz, dist):
    """Right, wrong, blank, raising and partly right answers of every sort earn the same by otter's tests as by ours."""
    answers = {case: {**solutions(quiz), **other} for case, other in CASES.items()}
    graded = {
        case: {
            "cells": [one for cell, one in given.items() if cell != "q03-judgement"],
            "questions": ["q01", "q02", "q03", "q04"],
        }
        for case, given in answers.items()
    }
    theirs = otters(dist, graded)
    with Engine(check_library((quiz,))) as engine:
        for case, given in answers.items():
            mine = ours(quiz, engine, given)
            assert {name: score for name, (score, _) in theirs[case].items()} == {
                name: pytest.approx(float(points), abs=0.005) for name, points in mine.items()
            }, case
    assert [of for _, of in theirs["perfect"].values()] == pytest.approx([1, 1, 5, 5])
    assert theirs["wrong"]["q04"][0] == pytest.approx(5 / 3)
    assert 0 < theirs["partly"]["q03"][0] < 5


def test_students_get_no_solution_and_no_hidden_test(quiz, dist):
    """What otter hands out holds our starters and visible checks, and nothing that tells a key."""
    text = (dist / "student" / "task.ipynb").read_text(encoding="utf-8")
    for secret in ("reference_solution", "Model-answer", "Rubric-", "secret_oracle", "secret_module", "test_secretly",
                   "Misconception-", str(quiz.slots[3].rng_seed)):  # fmt: skip
        assert secret not in text
    handed = nbformat.reads(text, as_version=4)
    sources = [cell.source for cell in handed.cells if cell.cell_type == "code"]
    assert [one for one in sources if "q01 =" in one or "q02 =" in one] == [
        'q01 = ""  # A, B, C or D',
        'q02 = ""  # A or B',
    ]
    assert "def double(x):\n    ..." in sources
    assert "shared_with_visible" in text


def test_words_are_marked_by_hand(quiz, dist):
    """A judgement becomes a question that otter leaves to a person."""
    handed = nbformat.read(dist / "student" / "task.ipynb", as_version=4)
    assert any("*Write your answer here.*" in cell.source for cell in handed.cells if cell.cell_type == "markdown")
    given = nbformat.read(dist / "autograder" / "task.ipynb", as_version=4)
    assert any("Model-answer-not-alone" in cell.source for cell in given.cells)
    assert "q03_judgement" not in given.metadata.otter.tests


def test_checks_that_need_more_than_otter_has_are_told(practice):
    """A check that asks for our own fixtures is left out with its question, and said; others are only warned of."""
    slot = practice.slots[0]
    (part,) = slot.variant.parts

    def form_with(**changes) -> Form:
        changed = slot.but(variant=slot.variant.but(parts=(part.but(key=part.key.but(**changes)),)))
        return practice.but(items=tuple(changed if item == slot else item for item in practice.items))

    (one,) = what_otter_cannot_say(form_with(source=part.key.source.replace("(student)", "(student, printed)")))
    assert (one.cell, one.left_out, one.what) == ("q01", True, "its checks use printed, for which otter has nothing")
    (one,) = what_otter_cannot_say(form_with(portable=False))
    assert (one.cell, one.left_out) == ("q01", False)
    assert what_otter_cannot_say(practice) == ()
    without = otter_notebook(practice, without=frozenset({"q01"}))
    assert 'name: \\"q01\\"' not in without
    assert 'name: \\"q02\\"' in without


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("turn", range(TURNS))
def test_otter_gives_the_whole_bank_the_same_points(turn, shipped, tmp_path):
    """Every coding task, some of them each turn: its solution, its starter and two wrong answers earn the same in both.

    Those that are not portable may differ here and there: a figure in the student's own process is another figure.
    """
    tasks = [one for one in shipped.questions.values() if one.as_code() is not None][turn::TURNS]
    with SandboxEvaluator() as evaluator:
        draw = drawing(evaluator)
        slots = [
            Slot(name=f"q{place:03}", variant=draw(one, 7), rng_seed=place) for place, one in enumerate(tasks, start=1)
        ]
    form = Form(assessment="task", title="All", kind="practical", minutes=9, code="A", items=tuple(slots), limits={})
    dist = assigned(form, tmp_path / "all")
    cases = {}
    for slot, task in zip(slots, tasks, strict=True):
        code = task.as_code()
        for name, source in {
            "solution": code.solution,
            "starter": code.starter,
            **dict(islice(code.wrong.items(), 2)),
        }.items():
            cases[f"{slot.name}:{name}"] = {"cells": [source], "questions": [slot.name]}
    theirs = otters(dist, cases)
    differ = {}
    by_name = {slot.name: slot for slot in slots}
    with Engine(check_library((form,))) as engine:
        for case, given in cases.items():
            slot = by_name[case.partition(":")[0]]
            mine = float(_asked(form, slot, engine, given["cells"][0]))
            score = theirs[case][slot.name][0]
            if abs(mine - score) > 0.006:
                differ[f"{slot.variant.question} {case}"] = (mine, score, slot.variant.parts[0].key.portable)
    assert {name: both for name, both in differ.items() if both[2]} == {}
    assert len(differ) < 3


@pytest.mark.soak
def test_otter_run_grades_what_students_hand_in(shipped, repository, tmp_path):
    """The autograder that ``otter assign`` makes gives perfect and wrong notebooks our scores."""
    from gradesmith.workflows.assemble import make_form

    form = make_form(shipped, "wt5")
    dist = assigned(form, tmp_path / "wt5")
    (archive,) = dist.glob("autograder/*-autograder_*.zip")
    perfect = solutions(form)
    starters = {one.starter.strip(): one.id for one in skeleton(form) if one.answers}
    for answers in (perfect, {**perfect, "q01": 'q01 = "Z"', "q12": "def drift_alert(*_):\n    return {}"}):
        handed = nbformat.read(dist / "student" / "task.ipynb", as_version=4)
        for cell in handed.cells:
            if cell.source.strip() in starters:
                cell.source = answers[starters[cell.source.strip()]]
        nbformat.write(handed, tmp_path / "wt5" / "handed.ipynb")
        otter(tmp_path / "wt5", "run", "-a", str(archive), "handed.ipynb")
        results = json.loads((tmp_path / "wt5" / "results.json").read_text(encoding="utf-8"))
        scores = {one["name"]: one["score"] for one in results["tests"] if "score" in one}
        with Engine(check_library((form,))) as engine:
            mine = ours(form, engine, answers)
        assert {name: scores[name] for name in mine} == {
            name: pytest.approx(float(points), abs=0.006) for name, points in mine.items()
        }
