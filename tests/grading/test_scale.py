"""Many submissions in one run, some of them hostile: the others get what they would get without them; nothing grows."""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.outcomes import Progress
from gradesmith.model.people import StudentRecord
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import simulate
from tests.grading.courses import new_course
from tests.grading.processes import descendants

HOSTILE = {
    "loop": "while True:\n    pass\n",
    "memory-hog": "held = []\nwhile True:\n    held.append(bytearray(10**7))\n",
    "exit": "import os\nos._exit(0)\n",
    "output-flood": "while True:\n    print('x' * 1000)\n",
    "file-flood": "n = 0\nwhile True:\n    n += 1\n    open(f'file{n}', 'w').write('x' * 100_000)\n",
}
HONEST = ("partly_wrong", "partly_wrong", "perfect", "known_wrong", "duplicated_cell", "deleted_cell", "syntax_error")
PAGE = resource.getpagesize()


def resident() -> float:
    """Return this process's memory in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def marks_of(course: CourseDirectory) -> dict[str, tuple]:
    with open_gradebook(course) as gradebook:
        return {
            one.student: tuple((mark.cell, mark.given, [outcome.status for outcome in mark.outcomes]) for mark in one.marks)
            for one in gradebook.results("wt5")
        }


def let_hostile_hand_in(course: CourseDirectory, count: int) -> set[str]:
    names = {f"{list(HOSTILE)[number % len(HOSTILE)]}-{number:03}" for number in range(count)}
    with open_gradebook(course) as gradebook:
        gradebook.register(StudentRecord(id=name) for name in names)
        form = gradebook.forms("wt5")[0]
    for name in names:
        path = course.submitted / name / "wt5" / "wt5.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(answered_notebook(form, {**solutions(form), "q12": HOSTILE[name.rpartition("-")[0]]}))
    return names


def withstand(root: Path, count: int, *, growth: float) -> None:
    """Grade the honest ones alone, then everybody, and compare."""
    course = new_course(root, "wt5")
    simulate(course, "wt5", count - count // 20, seed=9, recipes=HONEST)
    grade(course, "wt5", Settings(jobs=2))
    alone = marks_of(course)
    hostile = let_hostile_hand_in(course, count // 20)
    temporary = set(os.listdir(tempfile.gettempdir()))
    open_before, sizes = set(os.listdir("/proc/self/fd")), []
    run = grade(course, "wt5", Settings(jobs=2, again=True), lambda _done, _of: sizes.append(resident()))
    together = marks_of(course)
    assert len(run.graded) == count
    assert not run.failed
    assert {name: marks for name, marks in together.items() if name not in hostile} == alone
    for one in run.graded:
        if one.student in hostile:
            assert (one.score.given, one.score.progress) == (15, Progress.FULLY_GRADED)
    assert not descendants(os.getpid())
    assert set(os.listdir("/proc/self/fd")) == open_before
    assert not {name for name in set(os.listdir(tempfile.gettempdir())) - temporary if name.startswith("gradesmith-")}
    warm = sizes[len(sizes) // 5]
    print(f"{count} submissions: {warm:.0f} MB after a fifth, {max(sizes):.0f} MB at most")
    assert max(sizes) - warm < growth


def test_a_hundred_submissions_with_five_hostile_ones(tmp_path):
    """Loop, memory hog, exit, output flood and file flood lose their own question; nobody else notices."""
    withstand(tmp_path, 100, growth=25)


@pytest.mark.soak
def test_a_thousand_submissions_with_fifty_hostile_ones(tmp_path):
    """The same, ten times as many."""
    withstand(tmp_path, 1000, growth=100)
