"""Finds what was handed in. Nothing here is trusted: sizes are capped, links are not followed."""

from __future__ import annotations

import base64
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from unicodedata import category

from gradesmith.course.archives import BadArchive, unzipped
from gradesmith.course.directories import CourseDirectory
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import Note
from gradesmith.model.submissions import Submission

LARGEST_FILE = 20 * 2**20
MOST_FILES = 50
SECRET = "submission_secret.txt"  # noqa: S105 - the file's name
LONGEST_SECRET = 1000
NEVER_TAKEN = frozenset({"timestamp.txt", SECRET, "feedback", ".ipynb_checkpoints"})


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
    files: tuple[DataFile, ...] = ()
    content, problem = b"", ""
    try:
        source = _source(folder, notes)
        content = _notebook(source, assessment, notes)
        files = tuple(_other_files(source, notes))
    except _Refused as refused:
        problem = str(refused)
    stamp = _stamp(folder)
    digest = hashlib.sha256(content)
    for file in files:
        digest.update(f"\0{file.name}\0{file.content}".encode())
    return Submission(
        student=student,
        assessment=assessment,
        timestamp=stamp or datetime.fromtimestamp(folder.lstat().st_mtime, tz=UTC),
        stamped=stamp is not None,
        sha256=hashlib.sha256(problem.encode()).hexdigest() if problem else digest.hexdigest(),
        notebook=content,
        files=files,
        notes=tuple(notes),
        problem=problem,
    )


def exchange_secret(course: CourseDirectory, student: str, assessment: str) -> str:
    """Return the secret that nbgrader's exchange has given a submission, by which feedback finds back; "" if none."""
    folder = course.submitted / student / assessment
    if _is_linked(folder):
        return ""
    try:
        return _read(folder / SECRET).decode("ascii")[:LONGEST_SECRET].strip()
    except (_Refused, UnicodeDecodeError):
        return ""


class _Source(Protocol):
    """Where the files of one submission are: a folder or an archive."""

    def names(self) -> list[str]:
        """Return the names of what there is, sorted."""
        ...

    def read(self, name: str) -> bytes:
        """Return the content of a file, or raise `_Refused`."""
        ...


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    def names(self) -> list[str]:
        try:
            return sorted(entry.name for entry in os.scandir(self.path))
        except OSError as error:
            raise _Refused(f"{_shown(self.path.name)} can't be read: {error.strerror}") from None

    def read(self, name: str) -> bytes:
        return _read(self.path / name)


@dataclass(frozen=True, slots=True)
class _Archive:
    files: dict[str, bytes]

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        return self.files[name]


def _source(folder: Path, notes: list[Note]) -> _Source:
    """Return where the notebook is: the folder itself, or the one archive or folder in it if that is all there is."""
    if _is_linked(folder):
        message = "the submission is a symbolic link, which is not followed"
        raise _Refused(message)
    if not folder.is_dir():
        message = "the submission is not a folder"
        raise _Refused(message)
    here = _Folder(folder)
    names = [name for name in here.names() if name not in NEVER_TAKEN]
    if any(map(_is_notebook, names)):
        return here
    archives = [name for name in names if name.lower().endswith(".zip")]
    folders = [name for name in names if (folder / name).is_dir() and not (folder / name).is_symlink()]
    if len(archives) + len(folders) != 1:
        return here
    (name,) = archives + folders
    notes.append(Note(about="repair", message=f"the notebook was handed in within {_shown(name)}"))
    return _Folder(folder / name) if folders else _archive(folder / name)


def _archive(path: Path) -> _Archive:
    try:
        return _Archive(unzipped(_read(path), LARGEST_FILE))
    except BadArchive as bad:
        raise _Refused(f"{_shown(path.name)} {bad}") from None


def _is_notebook(name: str) -> bool:
    return name.endswith(".ipynb") and not name.startswith(".")


def _notebook(source: _Source, assessment: str, notes: list[Note]) -> bytes:
    expected = f"{assessment}.ipynb"
    found = list(filter(_is_notebook, source.names()))
    others = [name for name in found if name != expected]
    if expected in found:
        if others:
            text = f"only {expected} was graded; there was also {_shown(', '.join(others))}"
            notes.append(Note(about="reading", message=text))
        return source.read(expected)
    if len(others) != 1:
        message = f"there is no notebook {expected}" + (f" but {len(others)} others" if others else "")
        raise _Refused(message)
    notes.append(Note(about="repair", message=f"the notebook was named {_shown(others[0])}"))
    return source.read(others[0])


def _read(path: Path) -> bytes:
    """Read a plain file of decent size and name without following a link, even one put there just now."""
    if _shown(path.name) != path.name:
        raise _Refused(f"{_shown(path.name)} has a name that can't be shown")
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


def _other_files(source: _Source, notes: list[Note]) -> Iterator[DataFile]:
    """Yield the further files of a submission, as long as there are few and they are small."""
    left = LARGEST_FILE
    names = [name for name in source.names() if name not in NEVER_TAKEN and not name.endswith(".ipynb")]
    if len(names) > MOST_FILES:
        text = f"{len(names) - MOST_FILES} files were left out: {MOST_FILES} are taken at most"
        notes.append(Note(about="reading", message=text))
    for name in names[:MOST_FILES]:
        try:
            content = source.read(name)
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
    """Return a file's name with a question mark for each byte that is no text, and for what acts on a terminal."""
    return "".join("?" if category(one) in {"Cc", "Cs"} else one for one in name)


def _stamp(folder: Path) -> datetime | None:
    """Return when it was handed in by nbgrader's word, where that can be read."""
    if _is_linked(folder):
        return None
    try:
        text = _read(folder / "timestamp.txt").decode().strip().removesuffix(" UTC")
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (_Refused, ValueError, OverflowError):
        return None
