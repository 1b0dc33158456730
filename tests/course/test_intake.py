"""What was handed in is found and nothing of it is trusted: sizes are capped and links are not followed."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime, timedelta

import pytest

from gradesmith.course import intake
from gradesmith.course.directories import CourseDirectory, find_course, write_whole
from gradesmith.course.intake import find_submissions
from gradesmith.errors import GradesmithError, NotFound


@pytest.fixture
def course(tmp_path):
    return CourseDirectory(tmp_path / "course")


@pytest.fixture
def hand_in(course):
    """Hand in files, under a student's name, and return the folder."""

    def handed_in(student="ada", **files):
        folder = course.submitted / student / "quiz"
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name.replace("__", ".")).write_bytes(content)
        return folder

    return handed_in


def only(course):
    (found,) = find_submissions(course, "quiz")
    return found


def test_nothing_handed_in_is_no_submission(course, hand_in):
    """No folder, an empty one, and work for another assessment all mean nothing."""
    assert find_submissions(course, "quiz") == ()
    (course.submitted / "ada" / "other").mkdir(parents=True)
    (course.submitted / "a-file").write_text("not a student")
    assert find_submissions(course, "quiz") == ()


def test_a_submission_is_found_with_its_files(course, hand_in):
    """Notebook, further files and time of handing in; what tools leave behind is not taken."""
    folder = hand_in(quiz__ipynb=b"{}", data__csv=b"a;\xff", timestamp__txt=b"2026-03-01 10:00:00.5 UTC\n")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "feedback").mkdir()
    found = only(course)
    assert (found.student, found.assessment, found.notebook, found.problem) == ("ada", "quiz", b"{}", "")
    assert [(file.name, base64.b64decode(file.content)) for file in found.files] == [("data.csv", b"a;\xff")]
    assert found.timestamp == datetime(2026, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)
    assert found.notes == ()


def test_students_come_in_the_order_of_their_ids(course, hand_in):
    """Whatever order the disk has."""
    for student in ("cleo", "ada", "bob"):
        hand_in(student, quiz__ipynb=b"{}")
    assert [one.student for one in find_submissions(course, "quiz")] == ["ada", "bob", "cleo"]


def test_equal_work_has_equal_digests_and_other_work_has_not(course, hand_in):
    """A change of notebook, file name or file content shows in the digest; the time does not."""
    hand_in("a", quiz__ipynb=b"{}", x__csv=b"1", timestamp__txt=b"2026-03-01 10:00:00 UTC")
    hand_in("b", quiz__ipynb=b"{}", x__csv=b"1", timestamp__txt=b"2026-03-02 10:00:00 UTC")
    hand_in("c", quiz__ipynb=b"{ }", x__csv=b"1")
    hand_in("d", quiz__ipynb=b"{}", y__csv=b"1")
    hand_in("e", quiz__ipynb=b"{}", x__csv=b"2")
    one, two, *others = (found.sha256 for found in find_submissions(course, "quiz"))
    assert one == two
    assert len({one, *others}) == 4


def test_a_notebook_of_another_name_is_taken_and_noted(course, hand_in):
    """If there is just one, it is meant."""
    hand_in(final_version__ipynb=b"{}")
    found = only(course)
    assert (found.notebook, found.problem) == (b"{}", "")
    assert [note.message for note in found.notes] == ["the notebook was named final_version.ipynb"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "there is no notebook quiz.ipynb"),
        ({"quiz__pdf": b""}, "there is no notebook quiz.ipynb"),
        ({"one__ipynb": b"", "two__ipynb": b""}, "there is no notebook quiz.ipynb but 2 others"),
    ],
)
def test_a_missing_notebook_is_said(course, hand_in, files, problem):
    """Which of several is meant is not guessed."""
    hand_in(**files)
    found = only(course)
    assert (found.problem, found.notebook, found.files) == (problem, b"", ())


def test_a_notebook_over_20_mb_is_refused(course, hand_in):
    """Neither read nor graded; a person is told why. Just 20 MB are read."""
    folder = hand_in(quiz__ipynb=b"")
    os.truncate(folder / "quiz.ipynb", 20 * 2**20 + 1)
    assert only(course).problem == "quiz.ipynb is larger than 20 MB"
    os.truncate(folder / "quiz.ipynb", 20 * 2**20)
    assert len(only(course).notebook) == 20 * 2**20


def test_a_linked_notebook_is_not_followed(course, hand_in, tmp_path):
    """A symbolic link to somebody else's file hands in nothing."""
    (tmp_path / "secret.ipynb").write_text("the solution")
    (hand_in() / "quiz.ipynb").symlink_to(tmp_path / "secret.ipynb")
    found = only(course)
    assert found.problem == "quiz.ipynb is a symbolic link, which is not followed"
    assert found.notebook == b""


@pytest.mark.parametrize("level", ["submission", "student"])
def test_a_linked_folder_is_not_followed(course, tmp_path, level):
    """Neither a student's folder nor that of a submission may be a link."""
    real = tmp_path / "elsewhere" / "quiz"
    real.mkdir(parents=True)
    (real / "quiz.ipynb").write_text("the solution")
    (real / "timestamp.txt").write_text("2020-01-01 10:00:00 UTC")
    course.submitted.mkdir(parents=True)
    if level == "student":
        (course.submitted / "ada").symlink_to(real.parent)
    else:
        (course.submitted / "ada").mkdir()
        (course.submitted / "ada" / "quiz").symlink_to(real)
    found = only(course)
    assert found.problem == "the submission is a symbolic link, which is not followed"
    assert (found.notebook, found.files) == (b"", ())
    assert found.timestamp.year > 2020


def test_a_dangling_link_and_a_file_are_submissions_for_a_person(course):
    """Something was handed in, if only a link to nowhere or a file where a folder should be."""
    (course.submitted / "ada").mkdir(parents=True)
    (course.submitted / "bob").mkdir()
    (course.submitted / "ada" / "quiz").symlink_to("/nowhere")
    (course.submitted / "bob" / "quiz").write_text("here it is")
    problems = [one.problem for one in find_submissions(course, "quiz")]
    assert problems == [
        "the submission is a symbolic link, which is not followed",
        "the submission is not a folder",
    ]


@pytest.mark.timeout(10)
def test_a_pipe_is_not_waited_for(course, hand_in):
    """A FIFO that nobody writes into does not stop the grader, as notebook or beside it."""
    os.mkfifo(hand_in("ada") / "quiz.ipynb")
    os.mkfifo(hand_in("bob", quiz__ipynb=b"{}") / "pipe.csv")
    os.mkfifo(hand_in("cleo", quiz__ipynb=b"{}") / "timestamp.txt")
    ada, bob, cleo = find_submissions(course, "quiz")
    assert ada.problem == "quiz.ipynb is not a plain file"
    assert [note.message for note in bob.notes] == ["a file was left out: pipe.csv is not a plain file"]
    assert cleo.timestamp.year > 2020


def test_files_that_cannot_be_taken_are_left_out_and_noted(course, hand_in, tmp_path):
    """Folders, links and names that are no text are left out; the notebook is graded all the same."""
    folder = hand_in(quiz__ipynb=b"{}", good__csv=b"1")
    (folder / "folder").mkdir()
    (folder / "link.csv").symlink_to(tmp_path)
    with open(os.fsencode(folder) + b"/caf\xe9.csv", "wb"):  # noqa: PTH123 - a name that is no text
        pass
    found = only(course)
    assert (found.problem, [file.name for file in found.files]) == ("", ["good.csv"])
    assert sorted(note.message for note in found.notes) == [
        "a file was left out: caf?.csv has a name that can't be shown",
        "a file was left out: folder is not a plain file",
        "a file was left out: link.csv is a symbolic link, which is not followed",
    ]


def test_a_notebook_whose_name_is_no_text_is_for_a_person(course, hand_in):
    """Its name is shown with a question mark."""
    with open(os.fsencode(hand_in()) + b"/caf\xe9.ipynb", "wb"):  # noqa: PTH123
        pass
    assert only(course).problem == "caf?.ipynb has a name that can't be shown"


def test_many_files_are_capped_and_said(course, hand_in):
    """The first fifty are taken, in the order of their names."""
    hand_in(quiz__ipynb=b"{}", **{f"file{number:03}__csv": b"" for number in range(53)})
    found = only(course)
    assert [file.name for file in found.files] == [f"file{number:03}.csv" for number in range(50)]
    assert [note.message for note in found.notes] == ["3 files were left out: 50 are taken at most"]


def test_large_files_are_capped_together(course, hand_in, monkeypatch):
    """Files are taken until they are too large together."""
    monkeypatch.setattr(intake, "LARGEST_FILE", 10)
    hand_in(quiz__ipynb=b"{}", a__csv=b"123456", b__csv=b"123456")
    found = only(course)
    assert [file.name for file in found.files] == ["a.csv"]
    assert "b.csv was left out" in found.notes[0].message


@pytest.mark.parametrize("text", [b"", b"yesterday", b"\xff", b"0001-01-01T00:00:00+14:00"])
def test_a_time_that_cannot_be_read_gives_way_to_the_folders_own(course, hand_in, text):
    """There is always a time, and it has a zone."""
    hand_in(quiz__ipynb=b"{}", timestamp__txt=text)
    assert datetime.now(UTC) - only(course).timestamp < timedelta(minutes=5)


def test_a_course_is_found_from_any_folder_within(course):
    """From the root and from far below; outside there is none."""
    below = course.root / "question_bank" / "unit1"
    below.mkdir(parents=True)
    assert find_course(below).root == find_course(course.root).root == course.root.resolve()
    with pytest.raises(NotFound, match="neither this folder nor one above it"):
        find_course(course.root.parent)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    """Writing says whether the content is new, leaves nothing beside it, and a failure leaves the old file."""
    path = tmp_path / "a" / "b.txt"
    assert write_whole(path, "old")
    assert not write_whole(path, b"old")
    assert write_whole(path, "new")
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]
    (tmp_path / "folder").mkdir()
    with pytest.raises(GradesmithError, match="can't be written"):
        write_whole(tmp_path / "folder", "x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "folder"]
