"""Where everything of a course stands: nbgrader's folders, the bank, and the gradebook."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gradesmith.errors import GradesmithError, NotFound


@dataclass(frozen=True, slots=True)
class CourseDirectory:
    """The root folder of a course.

    ```
    root/
      question_bank/                       what authors write
      source/wt5/wt5.ipynb                 instructor notebooks
      release/wt5/wt5.ipynb                student notebooks
      release/ada/wt5/wt5.ipynb            ada's own, where everybody has a form of their own
      submitted/ada/wt5/wt5.ipynb          what was collected
      autograded/ada/wt5/wt5.ipynb         the same, graded
      feedback/ada/wt5/wt5.html            what students read
      gradebook/gradebook.db               marks
      gradebook/gradesmith.lock            who grades or releases just now
      gradebook/secret                     what forms of students' own are drawn from
      gradebook/papers/wt5-A.pdf           papers, keys and answer sheets
    ```
    """

    root: Path

    @property
    def bank(self) -> Path:
        """The folder of the question bank."""
        return self.root / "question_bank"

    @property
    def gradebook(self) -> Path:
        """The file of the gradebook."""
        return self.root / "gradebook" / "gradebook.db"

    @property
    def lock(self) -> Path:
        """The file that whoever grades or releases has locked."""
        return self.root / "gradebook" / "gradesmith.lock"

    @property
    def secret(self) -> Path:
        """The file of the course's secret."""
        return self.root / "gradebook" / "secret"

    @property
    def papers(self) -> Path:
        """The folder of papers to print and their keys: kept as closed as the gradebook."""
        return self.root / "gradebook" / "papers"

    @property
    def submitted(self) -> Path:
        """The folder of what was collected."""
        return self.root / "submitted"

    @property
    def hidden(self) -> tuple[Path, ...]:
        """The folders that student code must never read: keys, marks, and other people's work."""
        places = ("source", "autograded", "feedback")
        return (self.bank, self.submitted, self.gradebook.parent, *(self.root / place for place in places))

    def source(self, assessment: str) -> Path:
        """The folder of an instructor notebook."""
        return self.root / "source" / assessment

    def release(self, assessment: str) -> Path:
        """The folder of a student notebook."""
        return self.root / "release" / assessment

    def release_to(self, student: str, assessment: str) -> Path:
        """The folder of the notebook that one student has to themselves."""
        return self.root / "release" / student / assessment

    def autograded(self, student: str, assessment: str) -> Path:
        """The folder of a graded submission."""
        return self.root / "autograded" / student / assessment

    def feedback(self, student: str, assessment: str) -> Path:
        """The folder of a student's feedback."""
        return self.root / "feedback" / student / assessment

    def plan(self, assessment: str) -> Path:
        """The file of the page about the forms that a class would get."""
        return self.root / "gradebook" / f"{assessment}-plan.html"

    def report(self, assessment: str) -> Path:
        """The file of the instructor's report."""
        return self.root / "gradebook" / f"{assessment}-report.html"


def find_course(start: Path) -> CourseDirectory:
    """Return the course that a folder belongs to: itself or the nearest parent with a question bank."""
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / "question_bank").is_dir():
            return CourseDirectory(folder)
    message = f"{start}: neither this folder nor one above it holds a question_bank/"
    raise NotFound(message, "change into the course's folder, or name it: gradesmith --course PATH …")


def write_whole(path: Path, content: str | bytes, *, closed: bool = False) -> bool:
    """Write a file so that it is there whole or not at all; return whether its content is new.

    A ``closed`` one can be read by its owner alone, as the gradebook itself.

    Raises:
        GradesmithError: When it can't be written (a full disk, no permission); the old file stays as it was.
    """
    fresh = content.encode() if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == fresh:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, fresh, 0o600 if closed else 0o644)
    except OSError as error:
        message = f"{path}: can't be written: {error.strerror}"
        raise GradesmithError(message, "free some space or mend the permissions, then run again") from error
    return True


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write beside it, then put that in its place.

    The name beside it is always the same, so that what a killed process left there is used up by the next one; whoever
    writes holds it locked, so that two never write into one.
    """
    part = path.with_name(f".{path.name}.part")
    with _opened_alone(part) as file:
        try:
            os.fchmod(file.fileno(), 0o600)
            file.truncate(0)
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _opened_alone(path: Path) -> BinaryIO:
    """Open a file for writing when nobody else writes into it, waiting for those who do."""
    while True:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        file = os.fdopen(handle, "wb")
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_called(path, handle):
            return file
        file.close()  # the one we waited for has put it in its place


def _is_called(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False
