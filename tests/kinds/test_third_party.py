"""A kind that comes in a package of its own: installed, it is used like ours, from the bank to the marks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

KIND = """\
from typing import Literal

from gradesmith.kinds.kind import first_sound, variant_of
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey
from gradesmith.model.questions import Part, Question


class Doubling(Question):
    kind: Literal["doubling"]
    largest: int


class DoublingKind:
    name = "doubling"
    question = Doubling
    folder = {}

    def draw(self, question, seed, evaluator):
        def attempt(chance):
            number = chance.randint(1, question.largest)
            key = FieldKey(name="double", value=2 * number, tolerance=0.1, points=question.points)
            fields = Fields(fields=(Field(name="double", label="Twice the number"),))
            part = Part(interaction=fields, key=FieldsKey(fields=(key,)), points=question.points)
            return variant_of(question, seed, parts=(part,), prompt=question.prompt.replace("NUMBER", str(number)))

        return first_sound(question, seed, attempt)

    def wrong_answers(self, question):
        return {}


KIND = DoublingKind()
"""
QUESTION = """\
- id: twice
  kind: doubling
  lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: easy
  bloom: apply
  minutes: 2
  explanation: So it is.
  source: The book
  prompt: What is twice NUMBER?
  largest: 9
"""
QUIZ = """\
id: twice-quiz
title: Twice
kind: weekly_test
units: [1]
minutes: 5
seed: 1
sections:
  - title: Compute
    pick: {kind: doubling}
"""


def hand_in(small, student, answer):
    """Write the released notebook with this answer as a student's submission."""
    notebook = json.loads((small.directory.release("twice-quiz") / "twice-quiz.ipynb").read_text())
    for cell in notebook["cells"]:
        if cell["id"] == "q01":
            cell["source"] = answer
    folder = small.directory.submitted / student / "twice-quiz"
    folder.mkdir(parents=True)
    (folder / "twice-quiz.ipynb").write_text(json.dumps(notebook))


def test_an_installed_package_brings_a_kind(small, tmp_path):
    """Found by its entry point, it loads, is verified, draws, is graded, and gets a schema."""
    installed = tmp_path / "installed"
    facts = installed / "doubling-1.0.dist-info"
    facts.mkdir(parents=True)
    (installed / "doubling.py").write_text(KIND)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: doubling\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[gradesmith.kinds]\ndoubling = doubling:KIND\n")
    small.write("unit1/twice.yaml", QUESTION)
    small.write("assessments/twice-quiz.yaml", QUIZ)

    def run(*words):
        command = [sys.executable, "-m", "gradesmith", "--course", str(small.directory.root), *words]
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    (verified,) = json.loads(run("bank", "verify", "twice", "--json"))
    assert (verified["findings"], verified["certificate"]["variants"]) == ([], 9)
    run("build", "twice-quiz")
    notebook = json.loads((small.directory.source("twice-quiz") / "twice-quiz.ipynb").read_text())
    prompt, answer = ("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] in {"q01-prompt", "q01"})
    number = int(prompt.rpartition("twice ")[2].rstrip("?\n"))
    assert f'"double": {2.0 * number}' in answer
    run("release", "twice-quiz")
    (tmp_path / "students.csv").write_text("id\nada\nben\n")
    run("roster", "add", str(tmp_path / "students.csv"))
    hand_in(small, "ada", f'q01 = {{"double": {2 * number}}}')
    hand_in(small, "ben", f'q01 = {{"double": {2 * number + 1}}}')
    graded = json.loads(run("grade", "twice-quiz", "--json"))["graded"]
    assert [(one["student"], one["given"], one["maximum"]) for one in graded] == [("ada", 1, 1), ("ben", 0, 1)]
    run("bank", "schema")
    schema = json.loads((small.bank / "schema" / "questions.json").read_text())
    assert "doubling" in schema["items"]["properties"]["kind"]["enum"]
