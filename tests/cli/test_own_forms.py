"""What is printed when everybody gets a form of their own."""

from __future__ import annotations

import json

import pytest

from tests.grading.own_forms import course_with_own_forms, enrol


@pytest.fixture
def small(tmp_path):
    """The course in which the shell stands."""
    return course_with_own_forms(tmp_path / "course")


def test_releasing_says_who_has_a_form_and_what_comes_next(run, small):
    """First the class is missing; then everybody has a form; then nobody is new; then only the latecomer."""
    code, _, said = run("release", "quiz", "--uncertified")
    assert (code, "gradesmith roster add students.csv" in said) == (1, True)
    enrol(small, ["ada", "bob"])
    code, said, _ = run("release", "quiz", "--uncertified")
    assert "quiz: 2 students have a frozen form (6 questions, 16 points), 2 of them new; hand out" in said
    assert "release/<student>/quiz/" in said
    assert "gradesmith forms quiz" in said
    assert "none of them new" in run("release", "quiz", "--uncertified")[1]
    enrol(small, ["late"])
    code, said, _ = run("release", "quiz", "--uncertified", "--json")
    (facts,) = json.loads(said)
    assert (facts["form"], facts["questions"]) == ("sample", 6)
    assert {student: one["new"] for student, one in facts["students"].items()} == {
        "ada": False,
        "bob": False,
        "late": True,
    }
    code, _, said = run("release", "quiz", "--anew", "--correct")
    assert (code, "choose one of them" in said) == (2, True)
    assert "nothing to correct" in run("release", "quiz", "--correct", "--uncertified")[1]


def test_a_rehearsal_releases_forms_to_its_class(run, small):
    """And lets nobody sit beside real students."""
    code, said, _ = run("simulate", "quiz", "--students", "3", "--uncertified")
    assert (code, "3 simulated students handed in to quiz" in said) == (0, True)
    forms = json.loads(run("forms", "quiz", "--json")[1])
    assert len({one["digest"] for one in forms}) == 3
    assert run("simulate", "quiz", "--students", "3")[0] == 0
    enrol(small, ["ada"])
    code, _, said = run("simulate", "quiz", "--students", "3")
    assert (code, "real students" in said) == (1, True)


def test_a_student_whom_nobody_knows_is_told_from_one_without_a_form(run, small):
    """One is a slip of the pen, the other a latecomer."""
    enrol(small, ["ada"])
    assert run("release", "quiz", "--uncertified")[0] == 0
    enrol(small, ["late"])
    code, _, said = run("forms", "quiz", "--student", "adda")
    assert (code, 'nobody is called "adda"' in said, "did you mean ada?" in said) == (1, True, True)
    code, _, said = run("forms", "quiz", "--student", "late")
    assert (code, "late has no form" in said) == (1, True)


def test_an_id_that_only_letter_case_tells_from_a_registered_one_is_refused(run, small, tmp_path):
    """Some file systems could not tell their folders apart."""
    enrol(small, ["ada"])
    roster = tmp_path / "students.csv"
    roster.write_text("id\nAda\nbob\n")
    code, _, said = run("roster", "add", str(roster))
    assert code == 1
    assert "students.csv:2" in said
    assert "differs from the registered ada in letter case only; write ada" in said
    roster.write_text("id,first_name\nada,Ada\nbob,\n")
    assert "2 students read, 1 of them new" in run("roster", "add", str(roster))[1]
