"""Many submissions in one run, some of them hostile: the others get what they would get without them; nothing grows."""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.outcomes import Mark, Progress
from gradesmith.model.people import StudentRecord
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.simulate import simulate
from tests.grading.courses import new_course
from tests.grading.processes import descendants, named
from tests.hostile.cases import CORPUS

ASKED_FOR = "\ndef drift_alert(*_, **__):\n    return mean([])\n"  # by the question in which all of this is handed in
HOSTILE = {
    "mark-attack": (CORPUS / "patched_pytest" / "answer.py").read_text(encoding="utf-8") + ASKED_FOR,
    "channel-attack": (CORPUS / "announce_verdicts" / "answer.py").read_text(encoding="utf-8") + ASKED_FOR,
    "loop": "while True:\n    pass\n",
    "memory-hog": "held = []\nwhile True:\n    held.append(bytearray(10**7))\n",
    "exit": "import os\nos._exit(0)\n",
    "output-flood": "while True:\n    print('x' * 1000)\n",
    "file-flood": "n = 0\nwhile True:\n    n += 1\n    open(f'file{n}', 'w').write('x' * 100_000)\n",
}
HONEST = ("partly_wrong", "partly_wrong", "perfect", "known_wrong", "duplicated_cell", "deleted_cell", "syntax_error")
PAGE = resource.getpagesize()
OURS = ("gradesmith.workflows.worker", "loader", "hearth", "zygote", "checker")


class Size(NamedTuple):
    """What a process of ours takes, in megabytes."""

    role: str
    pid: int
    megabytes: float


def sizes() -> Iterator[Size]:
    """Measure this process, and every worker, loader, hearth, zygote and checker that it has started."""
    yield Size("coordinator", os.getpid(), resident(os.getpid()))
    for role in OURS:
        for one in named(descendants(os.getpid()), role):
            yield Size(role, one.pid, resident(one.pid))


def resident(pid: int) -> float:
    """Return a process's memory in megabytes; 0 for one that has just ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
    except OSError:
        return 0.0


def marks_of(course: CourseDirectory) -> dict[str, list[tuple]]:
    with open_gradebook(course) as gradebook:
        return {one.student: list(map(essence, one.marks)) for one in gradebook.results("wt5")}


def essence(mark: Mark) -> tuple:
    return mark.cell, mark.given, [outcome.status for outcome in mark.outcomes]


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


def descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


@pytest.fixture
def temporary(monkeypatch):
    """A place for temporary files that nobody else uses."""
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        Path(name).chmod(0o755)  # unlike pytest's own folder, which is closed to the user as whom student code runs
        monkeypatch.setenv("TMPDIR", name)
        yield Path(name)


def withstand(root: Path, temporary: Path, count: int, *, growth: float) -> None:
    """Grade the honest ones alone, then everybody, and compare."""
    course = new_course(root, "wt5")
    attackers = max(count // 20, len(HOSTILE))
    simulate(course, "wt5", count - attackers, seed=9, recipes=HONEST)
    grade(course, "wt5", Settings(jobs=2))
    alone = marks_of(course)
    hostile = let_hostile_hand_in(course, attackers)
    open_before, there_before, seen = descriptors(), descendants(os.getpid()), list[tuple[Size, ...]]()
    run = grade(course, "wt5", Settings(jobs=2, again=True), lambda _done, _of: seen.append(tuple(sizes())))
    together = marks_of(course)
    assert len(run.graded) == count
    assert not run.failed
    assert {name: marks for name, marks in together.items() if name not in hostile} == alone
    for one in run.graded:
        if one.student in hostile:
            assert (one.score.given, one.score.progress) == (15, Progress.FULLY_GRADED)
    assert not set(descendants(os.getpid())).difference(there_before)
    assert descriptors() == open_before
    assert list(temporary.iterdir()) == []
    assert_flat(seen, growth)


def assert_flat(seen: list[tuple[Size, ...]], growth: float) -> None:
    """From a fifth of the run on, no process of ours grows by as much as that; a replaced one is measured anew."""
    later: dict[tuple[str, int], list[float]] = {}
    for moment in seen[len(seen) // 5 :]:
        for role, pid, megabytes in moment:
            if megabytes:
                later.setdefault((role, pid), []).append(megabytes)
    assert {role for role, _ in later} == {"coordinator", *OURS}
    for (role, pid), found in later.items():
        print(f"{role} {pid}: {found[0]:.0f} MB after a fifth of {len(seen)} submissions, {max(found):.0f} MB at most")
        assert max(found) - found[0] < growth, role


def test_a_hundred_submissions_with_seven_hostile_ones(tmp_path, temporary):
    """Attacks on marks and on the line, a loop, an exit and a flood lose their own question; nobody else notices."""
    withstand(tmp_path, temporary, 100, growth=25)


@pytest.mark.soak
def test_a_thousand_submissions_with_fifty_hostile_ones(tmp_path, temporary):
    """The same, ten times as many."""
    withstand(tmp_path, temporary, 1000, growth=100)
