"""``gradesmith paper`` as it is typed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from gradesmith.cli.main import cli


@pytest.fixture
def run(course):
    """Type a command in the course, and return its exit code and what it said."""

    def run(*words):
        done = CliRunner().invoke(cli, ["--course", str(course.root), "paper", *words])
        return done.exit_code, done.output

    return run


def test_the_usual_command_needs_no_name(run, course):
    """``paper quiz`` prints; several documents and formats are written at once, and told as JSON."""
    code, said = run("quiz", "--format", "html", "--format", "pdf", "--key", "--json")
    assert code == 0
    names = [path.rpartition("/")[2] for path in json.loads(said)["written"]]
    assert names == ["quiz-A-key.html", "quiz-A-key.pdf"]
    assert sorted(path.name for path in course.papers.iterdir()) == names


def test_own_rules_stand_on_the_cover(run, course, tmp_path):
    """What the instructor writes, as Markdown."""
    rules = tmp_path / "rules.md"
    rules.write_text("You may use **one** sheet of notes.")
    assert run("quiz", "--rules", str(rules), "--format", "html", "--out", str(tmp_path / "out"))[0] == 0
    assert "You may use <strong>one</strong> sheet of notes." in (tmp_path / "out" / "quiz-A.html").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("quiz", "--class", "--student", "ada"), "choose one of --form, --student and --class"),
        (("templat", "quiz"), "did you mean template?"),
        (("quiz", "--paper", "a3"), "'a3' is not one of"),
    ],
)
def test_what_makes_no_sense_is_a_matter_of_usage(run, words, said):
    """Exit code 2, and what was meant."""
    code, output = run(*words)
    assert code == 2
    assert said in output


def test_there_and_back_again(run, course):
    """A template, typed into, checked, entered, entered again."""
    path = course.root / "r.csv"
    assert run("template", "quiz", "--out", str(path))[0] == 0
    path.write_text(path.read_text().replace("cleo,cleo,,", "cleo,cleo,A,"))
    code, said = run("enter", "quiz", str(path), "--check")
    assert code == 0
    assert "1 paper: 1 to enter, 0 as they were" in said
    assert "nothing was entered: this was a check" in said
    facts = json.loads(run("enter", "quiz", str(path), "--json")[1])
    assert facts["blank"] == ["ada", "bob"]
    (cleo,) = facts["entered"]
    assert (cleo["student"], cleo["given"], cleo["maximum"]) == ("cleo", 0, 14)
    assert cleo["waiting"] == ["q03-judgement", "q04"]
    assert "1 paper: 0 entered, 1 as they were" in run("enter", "quiz", str(path))[1]
