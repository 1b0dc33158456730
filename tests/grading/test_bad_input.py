"""Submissions that are no decent notebook: recorded as what they are, reported, never fatal."""

from __future__ import annotations

import pytest

from gradesmith.errors import Unreleased
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import State
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from tests.grading.courses import new_course


@pytest.fixture
def course(tmp_path):
    made = new_course(tmp_path, "wt5")
    with open_gradebook(made) as gradebook:
        gradebook.register([StudentRecord(id=name) for name in ("big", "link", "folder", "none")])
    return made


def hand_in(course, student):
    folder = course.submitted / student / "wt5"
    folder.mkdir(parents=True)
    return folder / "wt5.ipynb"


def test_what_is_too_large_or_a_link_or_a_stranger_is_told_apart(course) -> None:
    """Each is recorded with its reason; none stops the others, and the file behind a link is not read."""
    hand_in(course, "big").write_bytes(b" " * (20 * 2**20 + 1))
    hand_in(course, "link").symlink_to("/etc/passwd")
    hand_in(course, "folder").mkdir()
    hand_in(course, "stranger").write_bytes((course.release("wt5") / "wt5.ipynb").read_bytes())
    run = grade(course, "wt5", Settings(jobs=1))
    assert not run.failed
    assert run.missing == ("none",)
    reasons = {one.student: (one.state, " ".join(note.message for note in one.notes)) for one in run.graded}
    assert reasons["big"][0] is reasons["link"][0] is reasons["folder"][0] is State.FOR_A_PERSON
    assert "larger than 20 MB" in reasons["big"][1]
    assert "symbolic link" in reasons["link"][1]
    assert "not a plain file" in reasons["folder"][1]
    assert reasons["stranger"] == (State.UNREGISTERED, "this student is not registered")
    assert not course.autograded("stranger", "wt5").exists()


def test_an_assessment_that_was_not_released_is_refused(course) -> None:
    """Grading reads the frozen form only, and says what to type."""
    with pytest.raises(Unreleased, match="gradesmith release practical-07"):
        grade(course, "practical-07", Settings(jobs=1))
    with pytest.raises(Unreleased, match="did you mean wt5"):
        grade(course, "wt6", Settings(jobs=1))


def test_a_full_disk_loses_one_submission_and_no_mark(course, monkeypatch) -> None:
    """A graded copy that can't be written is told; the next run grades that submission."""
    for student in ("big", "link"):
        hand_in(course, student).write_bytes((course.release("wt5") / "wt5.ipynb").read_bytes())
    blocked = course.root / "autograded" / "link"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("in the way")
    run = grade(course, "wt5", Settings(jobs=1))
    assert [one.student for one in run.graded] == ["big"]
    assert "can't be written" in run.failed["link"]
    blocked.unlink()
    assert [one.student for one in grade(course, "wt5", Settings(jobs=1)).graded] == ["link"]
