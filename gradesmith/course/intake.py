"""Finds what was handed in. Nothing here is trusted: sizes are capped, links are not followed."""

from __future__ import annotations

import base64
import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import Note
from gradesmith.model.submissions import Submission

LARGEST_FILE = 20 * 2**20
MOST_FILES = 50
NEVER_TAKEN = frozenset({"timestamp.txt", "feedback", ".ipynb_checkpoints"})


class _Refused(Exception):
    """A file is not taken; the text says why."""


def find_submissions(course: CourseDirectory, assessment: str) -> tuple[Submission, ...]:
    """Return every submission to an assessment, in the order of the students' ids."""
    return tuple(find_submission(course, student, assessment) for student in who_handed_in(course, assessment))


def who_handed_in(course: CourseDirectory, assessment: str) -> tuple[str, ...]:
    """Return the ids of those of whom there is anything, in their order."""
    if not course.submitted.is_dir():
        return ()
    students = sorted(entry.name for entry in os.scandir(course.submitted) if entry.is_dir(follow_symlinks=True))
    return tuple(student for student in students if os.path.lexists(course.submitted / student / assessment))


def find_submission(course: CourseDirectory, student: str, assessment: str) -> Submission:
    """Read what one student handed in. Never fails: what can't be taken is for a person."""
    folder = course.submitted / student / assessment
    notes: list[Note] = []
    content, problem = b"", ""
    try:
        content = _notebook(folder, assessment, notes)
    except _Refused as refused:
        problem = str(refused)
    files = () if problem else tuple(_other_files(folder, notes))
    digest = hashlib.sha256(content)
    for file in files:
        digest.update(f"\0{file.name}\0{file.content}".encode())
    return Submission(
        student=student,
        assessment=assessment,
        timestamp=_timestamp(folder),
        sha256=hashlib.sha256(problem.encode()).hexdigest() if problem else digest.hexdigest(),
        notebook=content,
        files=files,
        notes=tuple(notes),
        problem=problem,
    )


def _notebook(folder: Path, assessment: str, notes: list[Note]) -> bytes:
    if _is_linked(folder):
        message = "the submission is a symbolic link, which is not followed"
        raise _Refused(message)
    if not folder.is_dir():
        message = "the submission is not a folder"
        raise _Refused(message)
    expected = folder / f"{assessment}.ipynb"
    if os.path.lexists(expected):
        return _read(expected)
    others = sorted(folder.glob("*.ipynb"))
    if len(others) != 1:
        message = f"there is no notebook {assessment}.ipynb" + (f" but {len(others)} others" if others else "")
        raise _Refused(message)
    notes.append(Note(about="repair", message=f"the notebook was named {_shown(others[0].name)}"))
    return _read(others[0])


def _read(path: Path) -> bytes:
    """Read a plain file of decent size and name without following a link, even one put there just now."""
    if _shown(path.name) != path.name:
        raise _Refused(f"{_shown(path.name)} has a name that is not UTF-8")
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        link = path.is_symlink()
        reason = "is a symbolic link, which is not followed" if link else f"can't be read: {error.strerror}"
        raise _Refused(f"{_shown(path.name)} {reason}") from None
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise _Refused(f"{path.name} is not a plain file")
        if facts.st_size > LARGEST_FILE:
            raise _Refused(f"{path.name} is larger than {LARGEST_FILE // 2**20} MB")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(LARGEST_FILE)
    finally:
        os.close(handle)


def _other_files(folder: Path, notes: list[Note]) -> Iterator[DataFile]:
    """Yield the further files of a submission, as long as there are few and they are small."""
    names = sorted(entry.name for entry in os.scandir(folder) if entry.name not in NEVER_TAKEN)
    left = LARGEST_FILE
    names = [name for name in names if not name.endswith(".ipynb")]
    if len(names) > MOST_FILES:
        text = f"{len(names) - MOST_FILES} files were left out: {MOST_FILES} are taken at most"
        notes.append(Note(about="reading", message=text))
    for name in names[:MOST_FILES]:
        try:
            content = _read(folder / name)
        except _Refused as refused:
            notes.append(Note(about="reading", message=f"a file was left out: {refused}"))
            continue
        left -= len(content)
        if left < 0:
            notes.append(Note(about="reading", message=f"{name} was left out: the files are too large together"))
            return
        yield DataFile(name=name, content=base64.b64encode(content).decode("ascii"))


def _is_linked(folder: Path) -> bool:
    return folder.is_symlink() or folder.parent.is_symlink()


def _shown(name: str) -> str:
    """Return a file's name with a question mark for each byte that is no text."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _timestamp(folder: Path) -> datetime:
    """Return when it was handed in: nbgrader's word where it can be read, else the folder's own time."""
    own = datetime.fromtimestamp(folder.lstat().st_mtime, tz=UTC)
    if _is_linked(folder):
        return own
    try:
        text = _read(folder / "timestamp.txt").decode().strip().removesuffix(" UTC")
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (_Refused, ValueError, OverflowError):
        return own
