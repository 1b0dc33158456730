"""Whoever takes a wrong turn is told where they are, and which way leads on."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from gradesmith.cli.group import CommandGroup
from gradesmith.cli.main import cli
from gradesmith.sandbox.confinement import Layer
from gradesmith.sandbox.confinement.canary import Finding
from gradesmith.sandbox.proof import Proof

ROSTER = "id,first_name\nada,Ada\nalan,Alan\ngrace,Grace\n"


@pytest.fixture
def roster(small):
    """Write a roster of three and return its path."""
    path = small.directory.root / "students.csv"
    path.write_text(ROSTER)
    return str(path)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["grad"], "did you mean grade"),
        (["bank", "chek"], "did you mean check"),
        (["roster", "lst"], "did you mean list"),
        (["xyzzy"], "there are bank, build"),
    ],
)
def test_a_mistyped_command_is_guessed(run, words, hint):
    """Exit code 2, and the nearest command."""
    code, _, complaint = run(*words)
    assert code == 2
    assert f'there is no command "{words[-1]}"' in complaint
    assert hint in complaint


@pytest.mark.parametrize("path", [[], ["bank"], ["roster"]])
def test_no_line_of_help_is_cut(path):
    """A list of commands tells whole sentences."""
    listed = CliRunner().invoke(cli, [*path, "--help"]).output.partition("Commands:")[2]
    assert listed
    assert "..." not in listed
    assert "…" not in listed


def test_an_unreleased_assessment_is_not_said_to_exist(run, small):
    """Nobody knows whether it does; what is near is suggested."""
    assert run("release", "quiz", "--uncertified")[0] == 0
    code, _, complaint = run("grade", "quizz")
    assert code == 1
    assert complaint.startswith('no assessment "quizz" has been released\n  did you mean quiz?')


def test_an_unknown_student_is_named(run, roster):
    """One who is registered but handed nothing in is told from one whom nobody knows."""
    run("release", "quiz", "--uncertified")
    run("roster", "add", roster)
    code, out, complaint = run("grade", "quiz", "--student", "alna", "--student", "ada")
    assert (code, out) == (1, "")
    assert complaint == 'nobody is called "alna"; ada has handed in no quiz\n  did you mean alan or ada?\n'


def test_a_missing_roster_is_said_in_words(run):
    """No error number; and what was not done."""
    code, _, complaint = run("roster", "add", "nobody.csv")
    assert code == 1
    assert complaint == "nobody.csv:1:1: can't be read: No such file or directory\n1 error; no student was read\n"


def test_places_are_told_from_where_one_stands(run, small, monkeypatch):
    """A path below the current folder is relative; only what writes says that nothing was written."""
    monkeypatch.chdir(small.directory.root)
    small.edit("unit1/words.yaml", "bloom: apply", "bloom: enjoy")
    checked, built = run("bank", "check")[2], run("build")[2]
    assert checked.startswith("question_bank/unit1/words.yaml:7:3: reasons: ")
    assert checked.endswith("\n1 error\n")
    assert built.endswith("\n1 error; nothing was written\n")


@pytest.mark.parametrize("words", [["marks"], ["roster", "list"]])
def test_a_course_without_students_says_how_to_begin(run, words):
    """Instead of a table without rows; programs get an empty list."""
    assert run(*words) == (0, "nobody is registered yet: gradesmith roster add students.csv\n", "")
    assert json.loads(run(*words, "--json")[1]) == []


def test_a_course_without_marks_says_what_comes_next(run, roster):
    """Release, then grade; nothing is written before."""
    run("roster", "add", roster)
    assert run("marks")[1] == "nothing is released yet: gradesmith release ASSESSMENT\n"
    run("release", "quiz", "--uncertified")
    for command in ("feedback", "report"):
        assert run(command, "quiz") == (1, "", "nothing of quiz is graded yet\n  gradesmith grade quiz\n")


def test_a_long_table_of_marks_can_be_short(run, roster, tmp_path):
    """The rest is counted, with the command that shows it; the CSV has everybody."""
    run("release", "quiz", "--uncertified")
    run("roster", "add", roster)
    path = tmp_path / "marks.csv"
    lines = run("marks", "quiz", "--top", "2", "--csv", str(path))[1].splitlines()
    assert lines[-1] == "… and 1 more: gradesmith marks quiz"
    assert not any("grace" in line for line in lines)
    assert "grace" in path.read_text()
    assert "more:" not in run("marks", "--top", "3")[1]


LEAKING = Proof(
    findings=(
        Finding(name="be root", layer=None, held=True, detail="powerless"),
        Finding(name="read a file outside", layer=Layer.LANDLOCK, held=False, detail="read a secret"),
        Finding(name="list a folder outside", layer=Layer.LANDLOCK, held=True, detail="EACCES"),
    )
)


def test_the_doctor_shows_a_hole_and_its_remedy(run, monkeypatch):
    """Layer by layer, with an exit code of 1; engines are not even started."""
    monkeypatch.setattr("gradesmith.workflows.examine.prove", lambda _family: LEAKING)
    monkeypatch.delattr("gradesmith.workflows.examine.Engine")
    code, out, complaint = run("doctor")
    assert code == 1
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if line.startswith("│")]
    assert ["landlock", "files, other people's processes", "2", "1", "OPEN"] in rows
    assert ["all together", "rights", "1", "0", "holds"] in rows
    assert ["landlock", "read a file outside", "GOT THROUGH", "read a secret"] in rows
    assert "list a folder outside" not in out
    assert "list a folder outside" in run("doctor", "--all")[1]
    assert "1 of its ways out are open" in complaint
    assert "landlock: boot a kernel of 5.13 or later" in complaint
    (layer,) = [one for one in json.loads(run("doctor", "--json")[1])["layers"] if one["name"] == "landlock"]
    assert [one["act"] for one in layer["attempts"] if not one["stopped"]] == ["read a file outside"]


def test_the_doctor_tells_why_nothing_could_be_tried(run, monkeypatch):
    """With what to do about it."""
    refused = Proof(refusal="no Landlock", remedy="boot with it")
    monkeypatch.setattr("gradesmith.workflows.examine.prove", lambda _family: refused)
    code, _, complaint = run("doctor")
    assert code == 1
    assert complaint.startswith("nothing is graded here: no Landlock\n  boot with it\n")


def test_every_group_guesses():
    """No group of commands is left out."""
    context = click.Context(cli)
    commands = [cli.get_command(context, name) for name in cli.list_commands(context)]
    assert {type(one) for one in commands if isinstance(one, click.Group)} == {CommandGroup}
