"""What authors type: lint, stats, show, search, new and import."""

from __future__ import annotations

import json
import sys

import pytest

from gradesmith.cli.main import main


@pytest.fixture
def run(small, monkeypatch, capsys):
    """Type a command in the small course's folder; return exit code, output and complaints."""
    monkeypatch.chdir(small.directory.root)

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["gradesmith", "bank", *words])
        try:
            main()
            code = 0
        except SystemExit as done:
            code = done.code or 0
        return code, *capsys.readouterr()

    return typed


def test_lint_lists_places_and_counts(run, small):
    """Warnings alone exit with 0, an error with 1."""
    code, out, _ = run("lint")
    assert code == 0
    assert "question_bank/unit1/choice.yaml:29:3: warning option-count: smallest-number: 2 options are shown" in out
    small.edit("unit1/choice.yaml", "key: One of ten", "key: All of the above")
    code, out, _ = run("lint")
    assert code == 1
    assert out.splitlines()[-1].startswith("1 error, ")


def test_lint_speaks_json(run, small):
    """Complaints, what was waived and why, counts."""
    small.edit("unit1/choice.yaml", "show: 2", "show: 2\n  lint_ignore: {option-count: There are only two.}")
    found = json.loads(run("lint", "smallest-number", "--json")[1])
    (waived,) = found["waived"]
    assert (waived["code"], waived["reason"], waived["line"]) == ("option-count", "There are only two.", 29)
    assert set(found["counts"]) == {"error", "warning", "note"}
    assert {"code", "severity", "subject", "message", "hint", "path", "line", "column"} == set(found["complaints"][0])


def test_lint_by_rule(run):
    """Only that rule is heard; one that is not there suggests the nearest."""
    out = run("lint", "--rule", "option-count")[1]
    assert out.count("option-count") == 1
    assert out.splitlines()[-1] == "0 errors, 1 warning, 0 notes"
    code, _, complaint = run("lint", "--rule", "option-cont")
    assert (code, "did you mean option-count" in complaint) == (1, True)
    rules = json.loads(run("lint", "--rules", "--json")[1])
    assert {"code": "todo", "severity": "error", "finds": "A text still says TODO."} in rules
    assert "all-of-the-above" in run("lint", "--rules")[1]


def test_lint_writes_its_pages(run, small):
    """``--check`` exits with 1 while one is stale, and writes nothing."""
    assert run("lint", "--write-docs", "--check")[0] == 1
    assert not (small.directory.root / "docs").exists()
    assert run("lint", "--write-docs")[0] == 0
    assert (small.directory.root / "docs/author/rules/todo.md").is_file()
    assert run("lint", "--write-docs", "--check") == (0, "", "")
    assert run("lint", "--write-docs", "pages")[0] == 0
    assert (small.directory.root / "pages/todo.md").is_file()


def test_stats_count_and_warn(run):
    """Tables for people, all numbers for programs."""
    out = run("stats")[1]
    assert 'warning: quiz, "Choose": write 4 more (single_choice)' in out
    found = json.loads(run("stats", "--json")[1])
    assert found["cells"] == [{"unit": 1, "bloom": "apply", "difficulty": "easy", "questions": 5}]
    assert found["supplies"][0] | {"alternatives": 1.0, "missing": 4} == found["supplies"][0]


def test_a_question_is_shown(run, small):
    """Without its key unless asked; as a page; as JSON; the same for the same seed."""
    out = run("show", "largest-number", "--seed", "4")[1]
    assert "Which is largest?" in out
    assert "Misconception" not in out
    assert out == run("show", "largest-number", "--seed", "4")[1]
    assert "Misconception-of-" in run("show", "largest-number", "--seed", "4", "--key")[1]
    assert json.loads(run("show", "largest-number", "--json")[1])["question"] == "largest-number"
    assert run("show", "screening", "--html", "page.html")[1] == "written: page.html\n"
    assert "A test for an illness." in (small.directory.root / "page.html").read_text()
    code, _, complaint = run("show", "largest-numbr")
    assert (code, "did you mean largest-number" in complaint) == (1, True)


@pytest.mark.parametrize("name", ["screening", "double-it", "reasons"])
def test_every_kind_can_be_shown_with_its_key(run, name):
    """Whatever there is to answer."""
    code, out, _ = run("show", name, "--key")
    assert code == 0
    assert "Because it is so." in out


def test_questions_are_searched(run):
    """The table names id, prompt and topics."""
    assert [one["id"] for one in json.loads(run("search", "number", "--json")[1])] == [
        "largest-number",
        "smallest-number",
    ]
    assert "Which is largest?" in run("search", "largest")[1]
    assert run("search", "xylophone")[1] == "no question holds all of these words\n"


def test_a_question_is_begun(run, small):
    """The next command to type is printed, and works."""
    code, out, _ = run("new", "single_choice", "question_bank/unit1/fresh.yaml", "--id", "fresh-one")
    assert code == 0
    assert out.splitlines()[-1] == "fill in what says TODO, then: gradesmith bank lint fresh-one"
    assert run("lint", "fresh-one")[0] == 1
    assert run("check")[0] == 0


def test_a_place_outside_the_units_is_told_from_here(run):
    """What to type begins at the current folder, as PATH does."""
    code, _, complaint = run("new", "written", "unit1/fresh.yaml")
    assert code == 1
    assert "PATH is taken from the current folder: write question_bank/unit1/…" in complaint


def test_warnings_count_where_lint_is_strict(run, small):
    """An option count is but a warning; `make lint` takes it as seriously as the tests do."""
    assert run("lint", "smallest-number", "--rule", "option-count")[0] == 0
    assert run("lint", "smallest-number", "--rule", "option-count", "--strict")[0] == 1


def test_questions_are_imported(run, small):
    """The format follows from the name unless it is given."""
    (small.directory.root / "old.gift").write_text("Which?{=this ~that ~those}\n\nHow many? {#3}\n")
    code, out, _ = run("import", "old.gift", "--lecture", "1.1", "--to", "question_bank/unit1/old.yaml")
    assert code == 0
    passed_over, written, _ = out.splitlines()
    assert passed_over == "passed over: old.gift:3:1: a number is no choice; write it by hand"
    assert written == "written: question_bank/unit1/old.yaml (1 question)"
    code, _, complaint = run(
        "import", "old.gift", "--format", "json", "--lecture", "1.1", "--to", "question_bank/unit1/b.yaml"
    )
    assert code == 1
    assert "old.gift:1: " in complaint.replace("old.gift:1:1", "old.gift:1")
    assert "this is not JSON" in complaint
