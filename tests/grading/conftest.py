"""One graded class for all expectations about it, and one notebook at a time."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.assessments import Form
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.writing import answered_notebook
from gradesmith.sandbox.engine import Engine
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.frames import Channel, pair
from gradesmith.workflows import crew
from gradesmith.workflows.duties import CAPS, Duty, as_bytes
from gradesmith.workflows.grade import GradingRun, Settings, grade
from gradesmith.workflows.library import check_library
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import Pupil, simulate
from gradesmith.workflows.understand import graded, understand
from gradesmith.workflows.worker import serve
from tests.grading.courses import new_course
from tests.grading.damage import code


@dataclass(frozen=True)
class GradedClass:
    """A simulated class after grading: who handed in how, and what came of it."""

    course: CourseDirectory
    form: Form
    pupils: tuple[Pupil, ...]
    run: GradingRun
    results: dict[str, GradedSubmission]

    def by_recipe(self, recipe: str) -> GradedSubmission:
        """Return the result of the first pupil with this recipe."""
        return self.results[next(one.record.id for one in self.pupils if one.recipe == recipe)]


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """Twelve pupils, one of each recipe and more, graded in weekly test 5."""
    course = new_course(tmp_path_factory.mktemp("class"), "wt5")
    pupils = simulate(course, "wt5", 12, seed=3)
    run = grade(course, "wt5", Settings(jobs=2))
    with open_gradebook(course) as gradebook:
        results = {one.student: one for one in gradebook.results("wt5")}
        form = gradebook.forms("wt5")[0]
    return GradedClass(course=course, form=form, pupils=pupils, run=run, results=results)


class ThreadWorker(crew.WorkerProcess):
    """A worker that is a thread of the coordinator's process, so that a test can change what it does."""

    def __init__(self, duty: Duty, line: socket.socket) -> None:
        self.under_way = []
        self.channel, theirs = pair(CAPS)
        self._failed: list[Exception] = []
        self._thread = threading.Thread(target=self._serve, args=(theirs, line))
        self._thread.start()
        self.channel.send({}, [as_bytes(duty)])

    def _serve(self, theirs: socket.socket, line: socket.socket) -> None:
        with theirs, line:
            try:
                serve(Channel(theirs, CAPS), Family(line))
            except Exception as error:  # noqa: BLE001 - as a process would end of it
                self._failed.append(error)

    def end(self) -> int:
        self.channel.close()
        self._thread.join()
        return len(self._failed)


@pytest.fixture
def in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grade with workers that live in this process."""
    monkeypatch.setattr(crew, "WorkerProcess", ThreadWorker)


@pytest.fixture(scope="module")
def quiz_with_file(session_course):
    """The quiz, whose coding task comes with a file."""
    quiz = session_course.form("quiz")
    given = DataFile(name="given.csv", content=base64.b64encode(b"x,twice\n2,4\n3,6\n").decode())
    last = quiz.slots[-1]
    with_file = last.but(variant=last.variant.but(files=(given,)))
    return quiz.but(items=(*(one for one in quiz.items if one is not last), with_file))


@pytest.fixture(scope="module")
def judge(quiz_with_file):
    """Grade a notebook with this code in its coding task, and another cell behind it if wanted."""
    form = quiz_with_file
    with Engine(check_library((form,))) as engine:

        def judged(source: str, *further: str) -> tuple[GradedSubmission, Report, str]:
            notebook = json.loads(answered_notebook(form, {"q04": source}))
            notebook["cells"] += [code(one) for one in further]
            content = json.dumps(notebook).encode()
            submission = Submission(
                student="ada",
                assessment="quiz",
                timestamp=datetime(2026, 3, 1, tzinfo=UTC),
                sha256=hashlib.sha256(content).hexdigest(),
                notebook=content,
            )
            understood = understand(form, submission)
            report = engine.run(understood.plan)
            result = graded(understood, report)
            marks, runs = {one.cell: one for one in result.marks}, {one.id: one for one in report.cells}
            return result, report, autograded_notebook(form, understood.found, runs, marks, result.notes)

        yield judged
