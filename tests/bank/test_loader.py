"""A bank is loaded whole or refused whole, with every error in an author's words."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from gradesmith.bank.loader import open_bank, open_course, questions_in
from gradesmith.bank.schema import schemas
from gradesmith.diagnostics import Rejected
from gradesmith.errors import NotFound
from gradesmith.workflows.author import write_schemas

SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
CHOICE, WORDS, TASK, CHECKS = (
    "unit1/choice.yaml",
    "unit1/words.yaml",
    "unit1/doubling/question.yaml",
    "unit1/doubling/checks.py",
)
QUIZ, PRACTICE = "assessments/quiz.yaml", "assessments/practice.yaml"


def test_a_bank_without_errors_loads(small):
    """Every question and every assessment is there, under its id."""
    bank = small.open()
    assert sorted(bank.questions) == ["double-it", "largest-number", "reasons", "screening", "smallest-number"]
    assert sorted(bank.assessments) == ["practice", "quiz"]
    assert bank.course.id == open_course(small.bank).id == "small-course"


def test_all_errors_are_listed_at_once(small):
    """Each of several errors in several files has its path, line, column, question and remedy."""
    small.edit(CHOICE, "prompt: Which is largest?\n", "promt: Which is largest?\n")
    small.edit(CHOICE, "show: 2", "show: 3")
    small.edit("unit1/matrix.yaml", "bloom: apply", "bloom: enjoy")
    small.edit(QUIZ, "kind: weekly_test", "kind: weekly_quiz")
    small.edit(PRACTICE, "question: double-it", "question: double-that")
    found = {
        (one.place.path.name, one.place.line, one.place.column, one.subject): f"{one.message}; {one.hint}"
        for one in small.errors()
    }
    assert found == {
        ("choice.yaml", 1, 3, "largest-number"): 'the field "prompt" is missing; add it',
        ("choice.yaml", 11, 3, "largest-number"): 'unknown field "promt"; did you mean prompt?',
        ("choice.yaml", 18, 3, "smallest-number"): "show: 3 needs 2 distractors, there are 1; ",
        ("matrix.yaml", 7, 3, "screening"): "\"bloom\": input should be 'remember', 'understand', 'apply', "
        "'analyse', 'evaluate' or 'create'; it is now 'enjoy'",
        ("practice.yaml", 10, 5, "practice"): 'there is no question "double-that"; did you mean double-it?',
        ("quiz.yaml", 3, 1, "quiz"): "\"kind\": input should be 'practical', 'weekly_test' or 'exam'; "
        "it is now 'weekly_quiz'",
    }


def test_the_text_of_a_refusal_lists_one_error_a_line(small):
    """What a person reads begins each line with a place to go to, and ends with the count."""
    path = small.edit(CHOICE, "  prompt: Which is largest?\n", "")
    with pytest.raises(Rejected) as caught:
        small.open()
    assert str(caught.value).splitlines() == [
        f'{path}:1:3: largest-number: the field "prompt" is missing; add it',
        "1 error",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (QUIZ, "id: quiz", "forms: 0\nid: quiz", "'0' is neither a number of forms from 1 on nor per_student"),
        (CHOICE, "- id: smallest-number\n  kind: single_choice", "- id: smallest-number\n  kind: single_choise",
         'smallest-number: there is no kind of question "single_choise"; did you mean single_choice?'),
        (WORDS, 'lecture: "1.1"', 'lecture: "1.11"', 'reasons: lecture: "1.11" is not known; did you mean 1.1?'),
        (WORDS, "[counting]", "[countin]", 'reasons: topics: "countin" is not known; did you mean counting?'),
        (WORDS, "[count-things]", "[count-thing]", '"count-thing" is not known; did you mean count-things?'),
        (WORDS, "  prompt:", "  enemies: [screenin]\n  prompt:", '"screenin" is not known; did you mean screening?'),
        (QUIZ, "kind: confusion_matrix", "kind: confusion_matrice",
         'quiz: there is no kind of question "confusion_matrice"; did you mean confusion_matrix?'),
        (QUIZ, "units: [1]", "units: [1, 7]", "quiz: course.yaml declares no unit 7; the units are 1, 2"),
        (PRACTICE, "question: reasons", "question: reason", 'no question "reason"; did you mean reasons?'),
    ],
)  # fmt: skip
def test_a_name_that_is_not_known_suggests_the_nearest(small, file, old, new, complaint):
    """A slip of the pen is answered with the name that was meant."""
    small.edit(file, old, new)
    assert str(small.error()).endswith(complaint)


def test_an_undeclared_topic_is_pointed_at(small):
    """Of several topics the wrong one is named by line and column."""
    small.edit(WORDS, "topics: [counting]", "topics: [counting, sewing]")
    error = small.error()
    assert (error.place.line, error.place.column) == (4, 22)
    assert error.hint == "declare it in course.yaml"


def test_a_second_question_of_the_same_id_names_both_places(small):
    """The second is refused where it stands, and the first is named."""
    path = small.edit(CHOICE, "- id: smallest-number", "- id: largest-number")
    error = small.error()
    assert (error.place.line, error.subject) == (18, "largest-number")
    assert f"the first stands at {path}:1:3" in error.hint


def test_a_second_assessment_of_the_same_id_is_refused(small):
    """Two files may not claim one assessment."""
    small.edit(QUIZ, "id: quiz", "id: practice")
    assert "a second assessment has this id" in small.error().message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- &one {id: a}\n- *one\n", 2, "aliases are not allowed: write it out"),
        ("- id: a\n  kind: written\n  id: b\n", 3, 'the key "id" stands here twice: keep one'),
        ("- id: a\n   kind: b\n", 2, "mapping values are not allowed here"),
        ("- id: [a\n", 2, "expected ',' or ']'"),
        ("- id: !!python/name:os.system x\n", 1, "python/name"),
        ("- id: a\n  kind: 2026-13-45\n", 2, "put it into quotes"),
        ("- id: a\n  minutes: 0x_\n", 2, "put it into quotes"),
        ("- id: a\n  minutes: !!float many\n", 2, "put it into quotes"),
        ("- id: \x07\n", 1, "can't be read as YAML"),
        ("[" * 5000, 1, "nested too deep"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("id: a\n", 1, "a list of questions is expected"),
        ("", 1, "a list of questions is expected"),
        ("- just words\n", 1, "a question is expected"),
    ],
)
def test_what_is_no_yaml_of_ours_is_refused_with_its_line(small, text, line, message):
    """Broken and tricky YAML is a complaint with a place, not a traceback."""
    small.write("unit1/broken.yaml", text)
    error = small.error()
    assert (error.place.path.name, error.place.line) == ("broken.yaml", line)
    assert message in str(error)


@pytest.mark.parametrize("content", [b"\xff\xfe- id: a", b"- id: caf\xe9"])
def test_a_file_that_is_not_utf8_is_refused(small, content):
    """YAML in another encoding is a complaint about that file."""
    small.write("unit1/latin.yaml", content)
    assert "UTF-8" in small.error().message


@pytest.mark.parametrize("name", ["checks.py", "starter.py", "wrong/squares.py"])
def test_python_that_is_not_utf8_is_refused(small, name):
    """A task's file in another encoding is named."""
    path = small.write(f"unit1/doubling/{name}", (small.bank / "unit1/doubling" / name).read_bytes() + b"# caf\xe9\n")
    assert small.error().place.path == path


@pytest.mark.parametrize("name", ["checks.py", "starter.py", "solution.py"])
def test_a_task_without_one_of_its_files_says_which(small, name):
    """The remedy of a missing file is to write it."""
    (small.bank / "unit1/doubling" / name).unlink()
    assert small.error().hint == f"write the file {name} beside the YAML"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@pytest.mark.check(points=2)\n", "", 'checks.py:22: check "test_secretly" has no points'),
        ('    """Fresh numbers."""\n', "", 'checks.py:23: check "test_secretly" has no docstring; students read it'),
        ("def test_secretly(student, rng):", "def test_secretly(student, rng:", "checks.py:23: '(' was never closed"),
    ],
)
def test_a_check_without_mark_or_docstring_is_refused(small, old, new, message):
    """Students read docstrings and marks give the weight, so neither may be missing."""
    small.edit(CHECKS, old, new)
    assert small.error().message.startswith(message)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (TASK, "points: 3", "points: -3", "greater than or equal to 0"),
        (TASK, "points: 3", "points: 1/0", "not a valid fraction"),
        (TASK, "minutes: 2", "minutes: 0", "greater than 0"),
        (TASK, "points: 3", "points: .inf", "inf"),
        (QUIZ, "count: 2", "count: 0", "greater than or equal to 1"),
        (QUIZ, "minutes: 20", "minutes: 0", "greater than 0"),
        (WORDS, "points: 0.1", "points: two", "not a valid fraction"),
        (WORDS, "points: 0.1", "points: [1]", "should be an integer, float, string or fraction"),
    ],
)  # fmt: skip
def test_impossible_numbers_are_refused(small, file, old, new, message):
    """Points below nothing, tests without minutes and sums of words are complaints, not tracebacks."""
    small.edit(file, old, new)
    assert message in small.error().message


def test_a_number_where_a_text_is_wanted_is_to_be_quoted(small):
    """The lecture 1.10 is not the number 1.1."""
    small.edit(WORDS, 'lecture: "1.1"', "lecture: 1.1")
    assert str(small.error()).endswith('"lecture": a text is expected; put it into quotes: "1.1"')


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("flow:\n", "sections:\n  - {title: More, pick: {kind: written}}\nflow:\n", "both flow and sections are there"),
        ("  - text: Read this first.\n", "  - {text: Read, code: a = 1}\n", "a step of the flow is exactly one thing"),
        ("  - text: Read this first.\n", "  - {}\n", "a step of the flow is exactly one thing"),
        ("  - text: Read this first.\n", "  - {text: Read, points: 2}\n", "only a question is worth points"),
        ("  - text: Read this first.\n", "  - question: reasons\n", '"reasons" stands here twice'),
    ],
)
def test_a_flow_is_a_list_of_single_steps(small, old, new, message):
    """A step is a text, a demonstration or a question, and no question comes twice."""
    small.edit(PRACTICE, old, new)
    assert small.error().message == message


def test_an_assessment_consists_of_something(small):
    """Neither a flow nor sections is an error, with what to write."""
    text = (small.bank / QUIZ).read_text(encoding="utf-8")
    small.write(QUIZ, text.partition("sections:")[0])
    assert small.error().message == "neither flow nor sections is there"


@pytest.mark.parametrize("content", [None, "", "title: Half a course\n"])
def test_a_course_that_cannot_be_read_is_refused(small, content):
    """Without a course.yaml there is no bank, and no traceback either."""
    (small.bank / "course.yaml").unlink()
    if content is not None:
        small.write("course.yaml", content)
    assert {one.place.path.name for one in small.errors()} == {"course.yaml"}
    with pytest.raises(Rejected):
        open_course(small.bank)


def test_files_for_students_reach_them_unharmed(small):
    """Data beside a task, Python and YAML among it, is handed out byte for byte and never read as a question."""
    files = {"table.csv": b"a;\xff\n", "tool.py": b"print('=')\n", "settings.yaml": b"- not: a question\n"}
    for name, content in files.items():
        small.write(f"unit1/doubling/data/{name}", content)
    (slot,) = [one for one in small.form("quiz").slots if one.variant.question == "double-it"]
    assert {file.name: base64.b64decode(file.content) for file in slot.variant.files} == files


def test_only_test_questions_of_the_units_are_picked(small):
    """Practical and retired questions are known but never drawn."""
    small.edit(TASK, "points: 3", "points: 3\nuse: practical")
    small.edit(CHOICE, "show: 2", "show: 2\n  retired: true")
    bank = small.open()
    assert [one.id for one in questions_in(bank, (1,))] == ["largest-number", "reasons", "screening"]
    assert list(questions_in(bank, (2,))) == []


def test_a_bank_suggests_the_nearest_question(small):
    """Asking for a question that is not there names the nearest."""
    with pytest.raises(NotFound, match=r"did you mean screening\?"):
        small.open().question("screning")


def test_a_broken_bank_stops_the_command_and_nothing_is_written(small):
    """The exit code is 1, the error stands on standard error, no traceback is printed and no folder appears."""
    small.edit(CHOICE, "  prompt: Which is largest?\n", "")
    command = [sys.executable, "-m", "gradesmith", "--course", str(small.directory.root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"})
    assert done.returncode == 1
    assert "choice.yaml:1:3: largest-number:" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in small.directory.root.iterdir()) == ["question_bank"]


def test_the_shipped_bank_loads(shipped):
    """The questions that come with gradesmith have no error."""
    assert {"practical-07", "wt5"} <= set(shipped.assessments)


def test_the_shipped_schemas_are_fresh(repository):
    """What editors complete with is what the models say."""
    assert write_schemas(repository, check=True) == []


def test_stale_schemas_are_named_and_then_written(small):
    """Checking writes nothing; writing makes them fresh."""
    stale = write_schemas(small.directory, check=True)
    assert {path.name for path in stale} == set(schemas())
    assert not (small.bank / "schema").exists()
    write_schemas(small.directory)
    assert write_schemas(small.directory, check=True) == []


SHIPPED = sorted((Path(__file__).parent.parent.parent / "question_bank").rglob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_shipped_file_names_its_schema_and_keeps_to_it(path):
    """The first line of every YAML file leads to a schema, and the file is valid by it."""
    text = path.read_text(encoding="utf-8")
    first = SCHEMA_LINE.match(text)
    assert first, "the first line names no schema"
    schema = json.loads((path.parent / first[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(text))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_refuses_what_the_loader_refuses(name):
    """An unknown field is an error in the editor, too."""
    validator = jsonschema.Draft202012Validator(json.loads(schemas()[name]))
    assert not validator.is_valid({"no_such_field": 1})


def test_opening_a_folder_that_is_no_bank_says_what_is_missing(tmp_path):
    """An empty folder is refused for its missing course.yaml."""
    with pytest.raises(Rejected, match=r"course\.yaml:1:1: there is no such file"):
        open_bank(tmp_path)
