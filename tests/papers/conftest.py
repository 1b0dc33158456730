"""A small course with three students whose quiz is released, and its papers in every format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.assessments import Form
from gradesmith.model.people import StudentRecord
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.paper import Document, Order, print_papers
from gradesmith.workflows.release import release
from tests.conftest import small_course
from tests.papers.rows import COLUMNS, NOW

STUDENTS = (
    StudentRecord(id="ada", first_name="Ada", last_name='Löwe "#panic()" <b>'),
    StudentRecord(id="bob", first_name="Bob", last_name="O'Neill"),
    StudentRecord(id="cleo"),
)


@dataclass(frozen=True)
class Printed:
    """A PDF: its pages as text, each with its spaces made one."""

    reader: PdfReader

    @property
    def pages(self) -> list[str]:
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def read(path: Path) -> Printed:
    return Printed(PdfReader(io.BytesIO(path.read_bytes())))


def released(root: Path, *names: str) -> CourseDirectory:
    """Make the small course with its students, and release some of its assessments."""
    course = small_course(root).directory
    with open_gradebook(course) as gradebook:
        gradebook.register(STUDENTS)
    release(course, names or ("quiz",), NOW, uncertified=True)
    return course


@pytest.fixture
def course(tmp_path: Path) -> CourseDirectory:
    """The small course with its quiz released, to be changed."""
    return released(tmp_path / "course")


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> CourseDirectory:
    """The same course, to be left as it is."""
    return released(tmp_path_factory.mktemp("papers") / "course", "quiz", "practice")


@pytest.fixture(scope="session")
def frozen(standing: CourseDirectory) -> Form:
    with open_gradebook(standing) as gradebook:
        return gradebook.form_for("quiz", "ada")


@pytest.fixture(scope="session")
def printed(standing: CourseDirectory, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Print something of the standing course, once."""
    folder = tmp_path_factory.mktemp("printed")
    made: dict[str, Path] = {}

    def print_(document: Document = Document.PAPER, kind: str = "pdf", **order: object) -> Path:
        key = repr((document, kind, order))
        if key not in made:
            wanted = {"assessment": "quiz", **order}
            place = folder / str(len(made))
            ordered = Order(documents=(document,), formats=(kind,), folder=place, **wanted)
            (made[key],) = print_papers(standing, ordered, pytest.fail)
        return made[key]

    return print_


@pytest.fixture
def form(course):
    with open_gradebook(course) as gradebook:
        return gradebook.form_for("quiz", "ada")


@pytest.fixture
def write(course):
    """Write a file of responses, a row for each student named."""

    def write(separator=",", encoding="utf-8", columns=COLUMNS, **rows):
        path = course.root / "responses.csv"
        with path.open("w", newline="", encoding=encoding) as file:
            writer = csv.DictWriter(file, columns, delimiter=separator)
            writer.writeheader()
            writer.writerows({"student": student, **row} for student, row in rows.items())
        return path

    return write
