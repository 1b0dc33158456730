"""Every command explains itself with an example; errors are words and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from gradesmith.cli import main as command_line
from gradesmith.cli.main import cli, main
from gradesmith.cli.options import Pace, progress_bar

HEAVY = ["pydantic", "numpy", "nbformat", "sqlalchemy", "yaml", "jinja2", "nbgrader", "IPython", "pandas", "rich"]


def commands(command=cli, path=()):
    """Yield every command with the words to type for it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


COMMANDS = dict(commands())


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "gradesmith")
def test_every_command_has_help_with_an_example(path):
    """``--help`` says what a command does, and shows one line to type that begins with it."""
    done = CliRunner().invoke(cli, [*path, "--help"])
    assert done.exit_code == 0
    example = done.output.partition("Example:")[2].split()
    assert example[: len(path) + 1] == ["gradesmith", *path] if path else example[0] == "gradesmith"


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "gradesmith")
def test_every_option_says_what_it_is_for(path):
    """No option is left without words."""
    options = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_the_list_of_commands_is_true():
    """The one line that the list shows for a command is the beginning of what the command says itself."""
    listed = {name: entry.help for name, entry in command_line.COMMANDS.items()}
    assert set(listed) == {path[0] for path in COMMANDS if path}
    assert all(line.endswith(".") and len(line) < 80 for line in listed.values())


def test_help_loads_no_heavy_library():
    """``gradesmith --help`` answers at once, because nothing is imported that it does not need."""
    code = "import sys\nsys.argv = ['gradesmith', '--help']\nfrom gradesmith.cli.main import main\n"
    code += f"try:\n    main()\nfinally:\n    print('loaded:', [name for name in {HEAVY} if name in sys.modules])\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage:" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("words", [["build"], ["release"], ["simulate"]])
def test_an_unknown_assessment_suggests_the_nearest(run, words):
    """Exit code 1, one line with the remedy, no traceback; nothing is written."""
    code, _, complaint = run(*words, "quizz")
    assert code == 1
    assert "Traceback" not in complaint
    assert 'there is no assessment "quizz"' in complaint
    assert "did you mean quiz" in complaint


@pytest.mark.parametrize(
    "words", [["no-such-command"], ["build", "--no-such-option"], ["release"], ["simulate", "quiz", "--students", "0"]]
)
def test_wrong_usage_is_told_apart(run, words):
    """Exit code 2, with the usage."""
    code, _, complaint = run(*words)
    assert code == 2
    assert "Usage:" in complaint


def test_our_own_fault_is_said_to_be(run, monkeypatch):
    """What nobody foresaw prints its traceback, says whose fault it is, and exits with 3."""
    monkeypatch.setattr("gradesmith.bank.loader.open_bank", lambda root: 1 / 0)
    code, _, complaint = run("bank", "check")
    assert code == 3
    assert "ZeroDivisionError" in complaint
    assert "this is a fault of gradesmith itself" in complaint


def test_a_folder_that_is_no_course_is_said(monkeypatch, tmp_path, capsys):
    """With the option to type."""
    monkeypatch.setattr(sys, "argv", ["gradesmith", "--course", str(tmp_path), "build"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 1
    assert "gradesmith --course PATH" in capsys.readouterr().err


def test_building_and_checking(run, small):
    """Stale notebooks are an exit code of 1 for ``--check``, and are written without it."""
    code, out, complaint = run("build", "--uncertified", "--check")
    assert code == 1
    assert out.count("stale: ") == 4
    assert "gradesmith build" in complaint
    assert not (small.directory.root / "source").exists()
    assert run("build", "--uncertified", "quiz")[:2][0] == 0
    assert run("build", "--uncertified")[1].count("written: ") == 2
    assert run("build", "--uncertified", "--check") == (0, "all notebooks are fresh\n", "")


def test_the_bank_is_checked_and_listed(run, small):
    """For people in words, for programs in JSON; a broken bank exits with 1."""
    assert run("bank", "check")[1] == "5 questions and 2 assessments, no error\n"
    assert json.loads(run("bank", "check", "--json")[1])["assessments"] == ["practice", "quiz"]
    listed = json.loads(run("bank", "list", "--json")[1])
    assert listed[0] | {"id": "double-it", "kind": "code", "lecture": "1.1"} == listed[0]
    assert "screening" in run("bank", "list")[1]
    small.edit("unit1/words.yaml", "bloom: apply", "bloom: enjoy")
    code, out, complaint = run("bank", "check")
    assert (code, out) == (1, "")
    assert "words.yaml:7:3: reasons:" in complaint


def test_schemas_are_written_and_checked(run, small):
    """``--check`` exits with 1 while a schema is missing or stale."""
    assert run("bank", "schema", "--check")[0] == 1
    assert not (small.bank / "schema").exists()
    assert run("bank", "schema")[0] == 0
    assert run("bank", "schema", "--check")[0] == 0


def test_students_are_registered(run, small):
    """Read from CSV, counted, listed; a second reading registers nobody anew."""
    path = small.directory.root / "students.csv"
    path.write_text("id,first_name,last_name\nada,Ada,Lovelace\nbob,Bob,\n")
    assert run("roster", "add", str(path))[1] == "2 students read, 2 of them new\n"
    assert run("roster", "add", str(path))[1] == "2 students read, 0 of them new\n"
    assert [one["id"] for one in json.loads(run("roster", "list", "--json")[1])] == ["ada", "bob"]


def test_releasing_freezes_a_form(run, small):
    """The digest of the frozen form is printed, and the notebook to hand out is there."""
    (facts,) = json.loads(run("release", "quiz", "--uncertified", "--json")[1])
    assert facts["digest"] == small.form("quiz").digest
    assert (small.directory.release("quiz") / "quiz.ipynb").is_file()
    code, out, _ = run("simulate", "quiz", "--students", "12", "--seed", "3")
    assert (code, out) == (0, "12 simulated students handed in to quiz; next: gradesmith grade quiz\n")
    assert len(list(small.directory.submitted.iterdir())) == 12


def test_the_doctor_says_how_student_code_is_confined(run):
    """What the machine offers and what the canary proved; a machine that can't confine is a finding."""
    code, out, _ = run("doctor", "--json")
    found = json.loads(out)
    assert {"system", "python", "landlock", "seccomp"} < set(found)
    assert (code == 0) is bool(found["confinement"]) is not bool(found["refusal"])


def test_where_nobody_looks_progress_is_a_line_now_and_then(capsys):
    """Not before some time has passed, and for steps that follow each other together."""
    clock = iter([0.0, 5.0, 61.0, 62.0, 130.0])
    pace = Pace(60, lambda: next(clock))
    show, end = progress_bar("3 of 9, one: junk", pace)
    show(1, 20)
    show(2, 20)
    end()
    show, end = progress_bar("3 of 9, one: mutants", pace)
    show(1, 7)
    show(2, 7)
    end()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "3 of 9, one: junk: 2 of 20\n3 of 9, one: mutants: 2 of 7\n"
