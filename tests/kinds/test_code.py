"""Checks are read from a pytest file without running it; what could never be marked is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gradesmith.kinds.code import fixtures_of, read_checks

HEAD = "import pytest\n\n"
MARK = "@pytest.mark.check(points=1)\n"


def test_checks_are_read_without_running_them():
    """Name, title, weight and visibility come from the text; the file's top level never runs."""
    text = HEAD + (
        "raise SystemExit('ran')\n"
        "@pytest.mark.check(points=0.1, visible=True)\n"
        "def test_one(student):\n"
        "    '''The first line.\n\n    Not this one.'''\n"
        "def helper_test(): ...\n"
        "@pytest.mark.check(points='1/3')\n"
        "def test_two(student, rng):\n"
        "    '''Two.'''\n"
    )
    one, two = read_checks(text)
    assert (one.name, one.title, one.points, one.visible) == ("test_one", "The first line.", Fraction(1, 10), True)
    assert (two.name, two.title, two.points, two.visible) == ("test_two", "Two.", Fraction(1, 3), False)
    assert fixtures_of(text) == {"student", "rng"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\n", "there is no check"),
        ("", "there is no check"),
        ("def test_one(:\n", "checks.py:1: "),
        ("x = '\0'\n", "checks.py"),
        (MARK + "def test_one(student): ...\n", 'checks.py:2: check "test_one" has no docstring'),
        (MARK + "def test_one(student):\n    '''  '''\n", "has no docstring"),
        ("def test_one(student):\n    '''One.'''\n", 'checks.py:1: check "test_one" has no points'),
        ("@pytest.mark.check\ndef test_one(student):\n    '''One.'''\n", "has no points"),
        ("@pytest.mark.check(2)\ndef test_one(student):\n    '''One.'''\n", "has no points"),
        ("@pytest.mark.check(visible=True)\ndef test_one(student):\n    '''One.'''\n", "has no points"),
        (MARK + MARK + "def test_one(student):\n    '''One.'''\n", "has no points"),
        ("@pytest.mark.check(points=0)\ndef test_one(student):\n    '''One.'''\n", "points is a number above 0"),
        ("@pytest.mark.check(points=-1)\ndef test_one(student):\n    '''One.'''\n", "points is a number above 0"),
        ("@pytest.mark.check(points='1/0')\ndef test_one(student):\n    '''One.'''\n", "points is a number above 0"),
        ("@pytest.mark.check(points=WORTH)\ndef test_one(student):\n    '''One.'''\n", "points is a number above 0"),
        ("@pytest.mark.check(points=1, visible='no')\ndef test_one(student):\n    '''One.'''\n", "True or False"),
        (MARK + "async def test_one(student):\n    '''One.'''\n", 'check "test_one" is async and would never run'),
        ((MARK + "def test_one(student):\n    '''One.'''\n") * 2, 'a second check "test_one" would hide the first'),
    ],
)
def test_a_check_that_could_not_be_marked_is_refused(text, message):
    """What pytest would not run, or nobody could weigh or name, is an error with its line."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        read_checks(text)


def test_a_task_is_portable_while_its_checks_ask_for_student_and_rng_only(small):
    """Another fixture makes the marks of plain nbgrader differ, so the task is no longer portable."""
    (slot,) = [one for one in small.form("quiz").slots if one.variant.kind == "code"]
    assert slot.variant.parts[0].key.portable
    small.edit("unit1/doubling/checks.py", "def test_of_two(student):", "def test_of_two(student, tmp_path):")
    (slot,) = [one for one in small.form("quiz").slots if one.variant.kind == "code"]
    assert not slot.variant.parts[0].key.portable


def test_known_wrong_answers_come_with_the_question(small):
    """The texts of ``wrong/`` are there by name, and not part of what is drawn."""
    question = small.open().question("double-it")
    assert list(question.wrong) == ["squares.py"]
    assert "x * x" not in small.form("quiz").model_dump_json()
