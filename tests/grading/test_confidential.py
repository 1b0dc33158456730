"""What a student's code can't see: keys, marks, and other people's work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gradesmith.errors import SandboxRefused
from gradesmith.model.people import StudentRecord
from gradesmith.notebooks.writing import answered_notebook
from gradesmith.sandbox.confinement import environment
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import simulate
from tests.grading.courses import new_course

PEEK = """
import os
tried = {tried!r}
for path in tried:
    try:
        held = os.listdir(path) if os.path.isdir(path) else open(path, "rb").read()
        print("READ", path, len(held))
    except OSError as problem:
        print("closed", type(problem).__name__)
print("uid", os.getuid())
try:
    open(tried[0] + "/planted", "w")
    print("WROTE")
except OSError:
    print("closed")
for pid in (os.getppid(), *range(1, 400)):
    try:
        print("READ memory of", pid, len(open(f"/proc/{{pid}}/environ", "rb").read()))
    except OSError:
        pass
"""


@pytest.fixture
def folder():
    """A place that an ordinary user can reach: pytest's own is closed to everybody else."""
    with tempfile.TemporaryDirectory(prefix="course-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def seen(folder: Path, *, ordinary: bool) -> dict:
    course = new_course(folder / "course", "wt5")
    with open_gradebook(course) as gradebook:
        gradebook.register([StudentRecord(id="eve"), StudentRecord(id="ada")])
        form = gradebook.forms("wt5")[0]
    other = course.submitted / "ada" / "wt5" / "wt5.ipynb"
    tried = [course.bank, course.bank / "course.yaml", course.gradebook, course.submitted, other, course.source("wt5")]
    for student in ("ada", "eve"):
        path = course.submitted / student / "wt5" / "wt5.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(answered_notebook(form, {"q12": PEEK.format(tried=[str(one) for one in tried])}))
    script = Path(__file__).with_name("peek.py")
    command = [str(script), str(course.root), "eve"]
    if ordinary:
        command = [str(Path(__file__).with_name("ordinary.py")), str(folder), *command]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("ordinary", [True, False], ids=["ordinary user", "as started"])
def test_nothing_outside_can_be_read_or_written(folder: Path, *, ordinary: bool) -> None:
    """Neither bank, gradebook, source nor another submission opens, whoever grades; and never as root."""
    found = seen(folder, ordinary=ordinary)
    assert (found["uid"] == 0) is (os.geteuid() == 0 and not ordinary)
    assert found["printed"].count("closed") == 7, found["printed"]
    assert "READ" not in found["printed"]
    assert "WROTE" not in found["printed"]
    assert "uid 0\n" not in found["printed"]
    assert found["given"] == 0
    assert "Landlock" in found["by"]
    assert "seccomp" in found["by"]


def test_a_course_among_the_libraries_is_not_graded(tmp_path, monkeypatch, in_a_thread):
    """Whatever student code may read, keys and other people's work do not lie in it."""
    course = new_course(tmp_path / "course", "wt5")
    simulate(course, "wt5", 1, recipes=("perfect",), seed=1)
    monkeypatch.setattr(environment, "_SYSTEM_FOLDERS", (*environment._SYSTEM_FOLDERS, str(tmp_path)))
    with pytest.raises(SandboxRefused, match=r"question_bank lies in .*, which student code must be able to read"):
        grade(course, "wt5", Settings(jobs=1))


KEPT = """
import threading, matplotlib.pyplot as plt
seen, drawn = [], []
def double(x):
    seen.append(x)
    print("called with", x)
    threading.Timer(0.05, lambda: print("late", x)).start()
    drawn.append(plt.figure(num=f"of {x}"))
    plt.plot([x, x])
    return 2 * x
"""
SHOWING = "import time; time.sleep(0.3)\nplt.show()\nprint('kept', seen, [one.get_label() for one in drawn])"


def test_no_later_cell_shows_what_checks_asked(judge):
    """The function remembers its calls, prints late and keeps its figures: it earns its marks and shows nothing."""
    result, report, copy = judge(KEPT, SHOWING, "drawn + seen")
    (mark,) = (mark for mark in result.marks if mark.cell == "q04")
    assert mark.given == mark.maximum
    shown = str([cell.outputs for cell in report.cells])
    assert "kept [] []" in shown
    assert not [word for word in ("called with", "late", "image/png") if word in shown]
    assert "image/png" not in copy
