"""Whatever is killed, and whenever: nothing graded is lost or counted twice, and the next run does the rest."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.course.lock import CourseBusy, locked
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.outcomes import Mark
from gradesmith.model.submissions import GradedSubmission
from gradesmith.sandbox.engine import Engine
from gradesmith.sandbox.stations import sweep
from gradesmith.workflows import grade as grading
from gradesmith.workflows.crew import WorkerFailed
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from gradesmith.workflows.simulate import simulate
from tests.grading.courses import NOW, new_course
from tests.grading.processes import descendants, gone, named

COORDINATOR = Path(__file__).with_name("coordinator.py")
RECIPES = ("partly_wrong", "perfect", "known_wrong", "duplicated_cell", "deleted_cell", "syntax_error", "not_json")
pytestmark = pytest.mark.timeout(400)
VICTIMS = ("coordinator", "gradesmith.workflows.worker", "loader", "hearth", "zygote", "checker")


@dataclass(frozen=True)
class Place:
    """A course that has handed in, a folder for whatever grading needs on the way, and the marks of a quiet run."""

    course: CourseDirectory
    temporary: Path
    quiet: dict[str, GradedSubmission]

    def start(self, *options: str) -> subprocess.Popen:
        """Start grading in a process of its own."""
        command = [sys.executable, str(COORDINATOR), str(self.course.root), "wt5", *options]
        environment = {**os.environ, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def results(self) -> dict[str, GradedSubmission]:
        with open_gradebook(self.course) as gradebook:
            return {one.student: one for one in gradebook.results("wt5")}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> tuple[CourseDirectory, dict[str, GradedSubmission]]:
    """A course that waits to be graded, and what grading it in peace leads to."""
    course = new_course(tmp_path_factory.mktemp("template") / "course", "wt5")
    simulate(course, "wt5", 8, seed=5, recipes=RECIPES)
    quiet = CourseDirectory(tmp_path_factory.mktemp("quiet") / "course")
    shutil.copytree(course.root, quiet.root)
    grade(quiet, "wt5", Settings(jobs=2))
    with open_gradebook(quiet) as gradebook:
        return course, {one.student: one for one in gradebook.results("wt5")}


@pytest.fixture
def place(template) -> Iterator[Place]:
    course, quiet = template
    # Not pytest's own folder, which is closed to the user as whom student code runs.
    with tempfile.TemporaryDirectory(prefix="crashes-") as name:
        root = Path(name)
        root.chmod(0o755)
        shutil.copytree(course.root, root / "course")
        (root / "temporary").mkdir()
        yield Place(course=CourseDirectory(root / "course"), temporary=root / "temporary", quiet=quiet)


def essence(marks: tuple[Mark, ...]) -> list[object]:
    """Return what marks say, without what a traceback shows of a moment."""
    return [mark.but(outcomes=tuple(one.but(detail="") for one in mark.outcomes)) for mark in marks]


def same_marks(found: dict[str, GradedSubmission], wanted: dict[str, GradedSubmission]) -> None:
    assert {name: (one.state, one.score, essence(one.marks)) for name, one in found.items()} == {
        name: (one.state, one.score, essence(one.marks)) for name, one in wanted.items()
    }


def is_consistent(place: Place, *, tried_again: int) -> None:
    """Every grading in the history is whole, and says what the quiet run said unless it was to be tried again."""
    with sqlite3.connect(place.course.gradebook) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (copies,) = connection.execute(
            "SELECT count(*) - count(DISTINCT student_id) FROM submitted_assignment"
        ).fetchone()
        assert copies == 0
    others = 0
    with open_gradebook(place.course) as gradebook:
        for student, quiet in place.quiet.items():
            for one in gradebook.history("wt5", student):
                assert [mark.cell for mark in one.marks] == [mark.cell for mark in quiet.marks]
                assert len(one.outcomes) == len(quiet.outcomes)
                others += essence(one.marks) != essence(quiet.marks)
                assert essence(one.marks) == essence(quiet.marks) or one.plan_digest != quiet.plan_digest
    assert others <= tried_again


def kill_one(running: subprocess.Popen, victim: str, chance: random.Random) -> bool:
    """Kill the coordinator, having looked at its family, or one of ours at random; say whether it was there."""
    if victim == "coordinator":
        running.send_signal(signal.SIGSTOP)
        family = descendants(running.pid)
        running.kill()
        running.wait()
        assert gone(family, 20), "processes outlived their coordinator"
        return True
    there = named(descendants(running.pid), victim)
    if there:
        os.kill(chance.choice(there).pid, signal.SIGKILL)
    return bool(there)


def crash(place: Place, chance: random.Random, kills: int) -> int:
    """Kill so many times in all, each run several times before its coordinator goes; return how many were not it."""
    done = others = 0
    while done < kills:
        with place.start("again") as running:
            while running.poll() is None and done < kills:
                time.sleep(chance.uniform(0.0, 2.5))
                victim = chance.choice(VICTIMS)
                if running.poll() is None and kill_one(running, victim, chance):
                    done += 1
                    others += victim != "coordinator"
            if running.poll() is None:
                running.wait(120)
    return others


def survive(place: Place, seed: int, kills: int) -> None:
    others = crash(place, random.Random(seed), kills)
    with place.start() as running:
        said, _ = running.communicate(timeout=180)
    assert running.returncode == 0, said
    same_marks(place.results(), place.quiet)
    is_consistent(place, tried_again=others)
    assert list(place.temporary.iterdir()) == []
    assert not [path for path in place.course.root.rglob(".*") if path.name.endswith(".part")]
    with place.start() as running:
        assert running.communicate(timeout=60)[0].startswith("0 8 ")


def test_ten_kills_change_no_mark(place):
    """Coordinator, workers, zygotes and checkers are killed at seeded moments; then one quiet run finishes the work."""
    survive(place, 1, 10)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 10))
def test_two_hundred_kills_change_no_mark(place, seed):
    """The same, 25 times for each of eight seeds."""
    survive(place, seed, 25)


def test_a_checker_lost_twice_is_tried_again_by_the_next_run(place, monkeypatch, in_a_thread):
    """What was begun twice in vain is recorded for a person, and not taken for graded."""
    examine = Engine.examine

    def lose(engine, child, *more):
        engine._partners["checker"]._process.kill()
        return examine(engine, child, *more)

    student = next(
        name for name, one in place.quiet.items() if any(mark.cell == "q12" and mark.given for mark in one.marks)
    )
    monkeypatch.setattr(Engine, "examine", lose)
    run = grade(place.course, "wt5", Settings(jobs=1, students=(student,)))
    assert [mark.given for mark in run.graded[0].marks if mark.cell == "q12"] == [None]
    assert not run.failed
    monkeypatch.undo()
    assert [one.student for one in grade(place.course, "wt5", Settings(jobs=1, students=(student,))).graded] == [
        student
    ]
    assert essence(place.results()[student].marks) == essence(place.quiet[student].marks)


def test_a_worker_that_fails_stops_the_run_and_says_so(place, monkeypatch, in_a_thread):
    """A fault of ours is not tried again and again, and nobody waits for ever for an answer that will not come."""
    monkeypatch.setattr(Engine, "run", lambda *_: 1 // 0)
    before = descendants(os.getpid())
    with pytest.raises(WorkerFailed):
        grade(place.course, "wt5", Settings(jobs=2))
    assert not set(descendants(os.getpid())).difference(before)


def test_a_submission_that_takes_its_worker_along_twice_is_told_and_costs_no_other(place):
    """The first worker is killed, and the one that came in its place as well; the others are graded."""
    killed = set()
    with place.start("alone") as running:
        while running.poll() is None:
            for one in named(descendants(running.pid), "gradesmith.workflows.worker"):
                if len(killed) < 2 and one not in killed:
                    os.kill(one.pid, signal.SIGKILL)
                    killed.add(one)
            time.sleep(0.02)
        said = running.stdout.read()
    assert running.returncode == 1, said
    assert "lost twice" in said
    (lost,) = place.quiet.keys() - place.results().keys()
    assert [one.student for one in grade(place.course, "wt5", Settings(jobs=1)).graded] == [lost]
    same_marks(place.results(), place.quiet)


# The database


def test_a_database_that_is_locked_for_long_loses_nothing(place, monkeypatch):
    """What could not be recorded is told, and done by the next run."""
    monkeypatch.setattr(grading, "open_gradebook", impatient)
    with sqlite3.connect(place.course.gradebook, isolation_level=None) as other:
        locks = iter([True])

        def lock(_done: int, _of: int) -> None:
            if next(locks, False):
                other.execute("BEGIN IMMEDIATE")

        run = grade(place.course, "wt5", Settings(jobs=1), lock)
        other.execute("ROLLBACK")
    assert len(run.failed) == 8
    assert "another program is writing to it" in next(iter(run.failed.values()))
    assert len(grade(place.course, "wt5", Settings(jobs=1)).graded) == 8
    same_marks(place.results(), place.quiet)


def test_a_database_that_vanishes_is_missed_and_not_replaced(place):
    """No empty gradebook takes its place; once it is back, the next run does the rest."""
    kept = place.course.gradebook.with_name("kept.db")

    def vanish(done: int, _of: int) -> None:
        if done == 3:
            place.course.gradebook.rename(kept)

    run = grade(place.course, "wt5", Settings(jobs=1), vanish)
    assert len(run.graded) == 3
    assert all("can't be written or opened" in why for why in run.failed.values())
    assert not place.course.gradebook.exists()
    kept.rename(place.course.gradebook)
    again = grade(place.course, "wt5", Settings(jobs=1))
    assert len(again.unchanged) >= 3
    assert len(again.graded) == 8 - len(again.unchanged)
    same_marks(place.results(), place.quiet)


def impatient(course: CourseDirectory) -> Gradebook:
    return Gradebook.open(course.gradebook, course="machine-learning", patience_seconds=0.1)


# The disk


def limited(place: Place, most_kilobytes: int) -> subprocess.Popen:
    """Start grading where no file can grow beyond a size, as on a disk that is full."""
    grade_it = [sys.executable, str(COORDINATOR), str(place.course.root), "wt5"]
    command = ["bash", "-c", f'ulimit -f {most_kilobytes}; trap "" XFSZ; exec "$@"', "bash", *grade_it]
    environment = {**os.environ, "TMPDIR": str(place.temporary)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_gradebook_that_cannot_grow_loses_nothing(place):
    """Each submission that could not be recorded is told; with room again, the next run does them."""
    size = place.course.gradebook.stat().st_size
    with limited(place, size // 1024 + 20) as running:
        said, _ = running.communicate(timeout=120)
    assert running.returncode == 1, said
    assert "not recorded" in said
    assert 0 < len(place.results()) < 8
    left = 8 - len(place.results())
    assert len(grade(place.course, "wt5", Settings(jobs=1)).graded) == left
    same_marks(place.results(), place.quiet)
    is_consistent(place, tried_again=0)


def fill(filler: Path, but_for: int) -> None:
    """Fill a disk with a file, but for some bytes."""
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"0" * 4096):
            pass
    os.truncate(filler, filler.stat().st_size - but_for)


def room_for(folder: Path) -> int:
    """Return how many bytes a small disk must have for a folder, in whole pages, and some more."""
    pages = sum(1 + path.lstat().st_size // 4096 for path in folder.rglob("*"))
    return 4096 * pages + 1_000_000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_loses_nothing(place):
    """The course lies on a disk of its own that fills up in the middle; then somebody makes room."""
    small = place.temporary.parent / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={room_for(place.course.root)}", "none", str(small)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copytree(place.course.root, small, dirs_exist_ok=True)
        course = CourseDirectory(small)
        filler = small / "filler"
        fill(filler, but_for=150_000)
        run = grade(course, "wt5", Settings(jobs=1))
        assert run.failed
        assert len(run.graded) + len(run.failed) == 8
        filler.unlink()
        assert len(grade(course, "wt5", Settings(jobs=1)).graded) == len(run.failed)
        same_marks(Place(course=course, temporary=place.temporary, quiet={}).results(), place.quiet)
    finally:
        subprocess.run(["umount", str(small)], check=True)


# One at a time


def test_two_cannot_grade_at_once(place):
    """The second is told who grades, since when, and how to end it; when the first is killed, the course is free."""
    with place.start() as running:
        while not place.course.lock.read_text() and running.poll() is None:
            time.sleep(0.01)
        assert running.poll() is None, running.communicate()[0]
        running.send_signal(signal.SIGSTOP)  # or it may be through before the second has read the bank
        for refused in (
            lambda: grade(place.course, "wt5", Settings(jobs=1)),
            lambda: release(place.course, ["wt5"], NOW),
        ):
            with pytest.raises(CourseBusy, match=rf"grading wt5 since .* process {running.pid} on") as caught:
                refused()
            assert f"kill {running.pid}" in caught.value.remedy
        running.send_signal(signal.SIGCONT)
        assert place.results() is not None  # reading waits for nobody
        running.kill()
    with locked(place.course, "looking"):
        pass


def test_two_threads_cannot_either(place):
    """Nor two in one process, as on the instructor's pages."""
    tried: list[GradesmithError] = []

    def try_it() -> None:
        with pytest.raises(CourseBusy) as caught, locked(place.course, "second"):
            pass
        tried.append(caught.value)

    with locked(place.course, "first"):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert "first since" in tried[0].message
    with locked(place.course, "third"):
        pass


def test_a_lock_that_says_nothing_or_cannot_be_made_is_told(place):
    """A holder that has not written its name yet, a link in place of the file, and a folder that is a file."""
    with locked(place.course, "first"):
        place.course.lock.write_text("{")
        with pytest.raises(CourseBusy, match="somebody who has not said who"), locked(place.course, "second"):
            pass
    place.course.lock.unlink()
    place.course.lock.symlink_to("/etc/passwd")
    with pytest.raises(GradesmithError, match="can't be locked"), locked(place.course, "third"):
        pass
    assert Path("/etc/passwd").read_text().startswith("root:")


# Sweeping


def test_only_what_an_engine_left_is_swept_up(tmp_path):
    """Folders of others, of live engines, with other things in them, and links are left alone."""
    dead, alive = tmp_path / "gradesmith-dead1234", tmp_path / "gradesmith-alive123"
    for folder in (dead, alive):
        (folder / "box-1" / "deep" / "deeper").mkdir(parents=True)
        (folder / "zygote-1.log").touch()
    notes, linked, empty = (tmp_path / f"gradesmith-{name}" for name in ("my_notes", "linked12", "empty123"))
    notes.mkdir()
    (notes / "thoughts.txt").touch()
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "box-1").mkdir(parents=True)
    linked.symlink_to(elsewhere)
    empty.mkdir()
    (dead / "box-1" / "way-out").symlink_to(elsewhere)
    (dead / "box-1" / "deep").chmod(0)
    (tmp_path / "gradesmith-course").mkdir()
    handle = os.open(alive, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        sweep(tmp_path)
    finally:
        os.close(handle)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {
        "elsewhere",
        "gradesmith-alive123",
        "gradesmith-my_notes",
        "gradesmith-linked12",
        "gradesmith-course",
    }
    assert (elsewhere / "box-1").is_dir()
