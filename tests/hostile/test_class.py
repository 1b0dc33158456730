"""A class of nothing but attackers is graded to the end, and nothing of theirs is live on any page or in any table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import State
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.grade import GradingRun, Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from gradesmith.workflows.results import export, feedback, report
from tests.conftest import FILES, SmallCourse
from tests.hostile.cases import CASES
from tests.hostile.rendering import live_in, live_parts

NOTEBOOKS = {case.name: case for case in CASES if case.is_notebook}
LIMITS = "limits: {cell_seconds: 4, check_seconds: 3, submission_seconds: 25, disk_mb: 8, output_kb: 300}\n"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
WIDTH = re.compile(r"style=width:[\d.]+%")  # of the page's own bars
NAMED = {
    "name-markup": "<img src=x onerror=alert(1)>.ipynb",
    "name-formula": "=HYPERLINK(1).ipynb",
    "name-terminal": "\x1b]0;title\x07\x1b[2J.ipynb",
    "name-markdown": "[x](javascript:alert(1)) # q04-check.ipynb",
}
DATA = ("<svg onload=alert(1)>.csv", "\x1b[2J.csv", "@SUM(1).csv", "..csv", "a\nb.csv")


class Graded:
    """The course after grading."""

    def __init__(self, course: CourseDirectory, run: GradingRun) -> None:
        self.course = course
        self.run = run


@pytest.fixture(scope="module")
def attackers(tmp_path_factory) -> Iterator[Graded]:
    small = SmallCourse(CourseDirectory(tmp_path_factory.mktemp("attackers") / "course"))
    for name, text in FILES.items():
        small.write(name, text)
    small.edit("assessments/quiz.yaml", "seed: 4711\n", f"seed: 4711\n{LIMITS}")
    course = small.directory
    release(course, ("quiz",), NOW, uncertified=True)
    with open_gradebook(course) as gradebook:
        students = [*NOTEBOOKS, *NAMED, "honest"]
        gradebook.register(StudentRecord(id=one, first_name="=1+1", last_name="<b>x</b>") for one in students)
        form = gradebook.forms("quiz")[0]
    right = answered_notebook(form, solutions(form)).encode()
    for student in students:
        folder = course.submitted / student / "quiz"
        folder.mkdir(parents=True)
        notebook = NOTEBOOKS[student].notebook if student in NOTEBOOKS else right
        (folder / NAMED.get(student, "quiz.ipynb")).write_bytes(notebook)
    for name in DATA:
        (course.submitted / "name-markup" / "quiz" / name).write_text("x")
    return Graded(course, grade(course, "quiz", Settings(jobs=2)))


def test_everybody_is_graded(attackers: Graded) -> None:
    """No attack costs the run, or anybody else's result; the marks are those of each alone.

    A notebook whose name would act on a terminal waits for a person.
    """
    assert attackers.run.failed == {}
    given = {one.student: one.score.given for one in attackers.run.graded}
    assert {name: given[name] for name in NOTEBOOKS} == {name: case.marks for name, case in NOTEBOOKS.items()}
    states = {one.student: one.state for one in attackers.run.graded}
    assert [name for name, state in states.items() if state is not State.GRADED] == ["name-terminal"]
    assert {given[name] for name in (*NAMED, "honest") if name != "name-terminal"} == {Fraction(12)}


def test_no_copy_is_live(attackers: Graded) -> None:
    """What formgrader opens: also the notes about how a submission was found."""
    for student in NAMED:
        path = attackers.course.autograded(student, "quiz") / "quiz.ipynb"
        assert live_parts(path.read_text(encoding="utf-8"), {"q04-check"}) == [], path


def test_no_page_is_live(attackers: Graded) -> None:
    """The class report and every feedback page hold no more than an honest student's page."""
    pages = {path.parent.parent.name: path for path in feedback(attackers.course, "quiz")}
    own = set(live_in(pages["honest"].read_text(encoding="utf-8"), set()))
    for path in pages.values():
        page = path.read_text(encoding="utf-8")
        strange = set(live_in(page, set())) - own - {"<svg>"}  # of the page's own signs
        assert {part for part in strange if not WIDTH.fullmatch(part)} == set(), path
        assert "\x1b" not in page
    page = report(attackers.course, "quiz", NOW).read_text(encoding="utf-8")
    live = live_in(page, set())
    assert [part for part in live if part.startswith("on") or "alert" in part or "javascript" in part] == []
    assert "\x1b" not in page


def test_no_table_is_a_formula(attackers: Graded, tmp_path: Path) -> None:
    """A spreadsheet that opens the exported tables computes nothing."""
    for path in export(attackers.course, "quiz", tmp_path):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []


def test_no_terminal_is_led(attackers: Graded) -> None:
    """The notes, which commands print, hold no control characters."""
    notes = [note.message for one in attackers.run.graded for note in one.notes]
    assert notes
    assert [note for note in notes if any(ord(one) < 32 or ord(one) == 127 for one in note)] == []


def test_attempts_are_told_without_accusing(attackers: Graded) -> None:
    """The class report names who tried what, under a heading that leaves room for innocent reasons."""
    page = report(attackers.course, "quiz", NOW).read_text(encoding="utf-8")
    section = page.partition('id="attempts"')[2].partition("</section>")[0]
    for student in ("values_of_the_wrong_form", "files_by_magic", "unlocked_checks"):
        assert student in section
    for word in ("cheat", "fraud", "attack", "guilty", "malicious"):
        assert word not in section.lower()
