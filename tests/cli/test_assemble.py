"""``gradesmith assemble`` shows what a class would get, and gives nobody anything."""

from __future__ import annotations

import json

import pytest

ROSTER = "id,first_name\nada,Ada\nalan,Alan\ngrace,Grace\n"
OTHERS = """
- id: other-screening
  kind: confusion_matrix
  lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: hard
  bloom: apply
  minutes: 2
  explanation: Because it is so.
  source: The book, chapter 1
  prompt: Another test for an illness.
  classes: [Disease, Normal]
  counts: {tp: [200, 290], fn: [300, 400], fp: [2000, 2500], tn: [12000, 13000]}
  ask: {accuracy: 1, precision: 1, recall: 1, specificity: 1, f1: 1}
  judgement:
    prompt: Would you use it?
    points: 2
    rubric: [{text: Names the misses, points: 2}]
"""


@pytest.fixture
def several(small):
    """The small course, whose quiz has a form for every student; return the path of a roster of three."""
    small.edit("assessments/quiz.yaml", "seed: 4711\n", "seed: 4711\nforms: per_student\nbalance: {tolerance: 0.1}\n")
    small.write("unit1/others.yaml", OTHERS)
    path = small.directory.root / "students.csv"
    path.write_text(ROSTER)
    return str(path)


def test_a_plan_is_printed_and_nothing_else_is_done(run, small, several):
    """Blueprint against forms, spread and warnings; no gradebook, no secret, no notebook comes to be."""
    before = sorted(small.directory.root.rglob("*"))
    code, output, complaints = run("assemble", "quiz", "--roster", several)
    assert code == 0
    assert "3 forms for 3 students" in output
    assert "drawn from the seed 4711; nothing is released: gradesmith release quiz" in output
    assert "predicted spread: 0." in output
    assert 'warning: section "Choose": 2 questions for q01–q02, fewer than 3 for each' in complaints
    assert sorted(small.directory.root.rglob("*")) == before


def test_a_page_and_facts_can_be_had(run, small, several):
    """The page stands with the gradebook, or where it is wanted; programs get everything."""
    facts = json.loads(run("assemble", "quiz", "--roster", several, "--report", "--json")[1])
    assert all(line["holds"] for line in facts["blueprint"])
    assert sorted(student for form in facts["forms"] for student in form["students"]) == ["ada", "alan", "grace"]
    assert facts["exposure"]["double-it"] == 3
    assert facts["spread"]["predicted"] >= facts["spread"]["bound"]
    page = small.directory.plan("quiz")
    assert str(page) == facts["page"]
    assert "A quiz" in page.read_text()
    elsewhere = small.directory.root / "plan.html"
    assert run("assemble", "quiz", "--roster", several, "--out", str(elsewhere))[0] == 0
    assert elsewhere.is_file()


def test_another_seed_plans_other_forms(run, several):
    """Whoever wants to see how much is chance draws again."""
    codes = [
        [form["code"] for form in json.loads(run("assemble", "quiz", "--roster", several, *more, "--json")[1])["forms"]]
        for more in ((), (), ("--seed", "5"))
    ]
    assert codes[0] == codes[1]
    assert not set(codes[0]) & set(codes[2])


def test_what_is_planned_is_what_is_released(run, small, several):
    """With the course's secret there, a plan shows the forms that release gives; who has one keeps it."""
    assert run("roster", "add", several)[0] == 0
    assert run("release", "quiz", "--uncertified")[0] == 0
    more = small.directory.root / "more.csv"
    more.write_text(f"{ROSTER}zoe,Zoe\n")
    planned = json.loads(run("assemble", "quiz", "--roster", str(more), "--json")[1])
    assert planned["standing"] == 3
    assert planned["drawn_from"] == "the course's secret"
    run("roster", "add", str(more))
    run("release", "quiz", "--uncertified")
    held = {one["student"]: one["form"] for one in json.loads(run("forms", "quiz", "--json")[1])}
    assert held == {student: form["code"] for form in planned["forms"] for student in form["students"]}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["quizz"], "did you mean quiz?"),
        (["quiz"], "there is nobody to plan for"),
        (["quiz", "--roster", "none.csv"], "can't be read"),
    ],
)
def test_wrong_turns_are_named(run, several, words, complaint):
    """Another name, nobody to plan for, no such roster."""
    code, _, said = run("assemble", *words)
    assert code == 1
    assert complaint in said


def test_a_faulty_roster_is_refused_as_elsewhere(run, small, several):
    """Ids that are there twice, can't name a folder or are an assessment's."""
    path = small.directory.root / "faulty.csv"
    path.write_text("id\nada\nAda\n../alan\nquiz\n")
    code, _, said = run("assemble", "quiz", "--roster", str(path))
    assert code == 1
    for words in ("faulty.csv:3", "faulty.csv:4", "faulty.csv:5"):
        assert words in said


def test_an_impossible_blueprint_says_what_to_write(run, small, several):
    """No traceback, and never "infeasible"."""
    small.edit("assessments/quiz.yaml", "count: 2, points: 1", "count: 4, points: 1")
    code, _, said = run("assemble", "quiz", "--roster", several, "--report")
    assert code == 1
    assert "write 2 more" in said
    assert not small.directory.plan("quiz").exists()
