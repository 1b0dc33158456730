"""Where everything of a course stands: nbgrader's folders, the bank, and the gradebook."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gradesmith.errors import GradesmithError, NotFound


@dataclass(frozen=True, slots=True)
class CourseDirectory:
    """The root folder of a course.

    ```
    root/
      question_bank/                       what authors write
      source/wt5/wt5.ipynb                 instructor notebooks
      release/wt5/wt5.ipynb                student notebooks
      submitted/ada/wt5/wt5.ipynb          what was collected
      autograded/ada/wt5/wt5.ipynb         the same, graded
      feedback/ada/wt5/wt5.html            what students read
      gradebook/gradebook.db               marks
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
    def submitted(self) -> Path:
        """The folder of what was collected."""
        return self.root / "submitted"

    def source(self, assessment: str) -> Path:
        """The folder of an instructor notebook."""
        return self.root / "source" / assessment

    def release(self, assessment: str) -> Path:
        """The folder of a student notebook."""
        return self.root / "release" / assessment

    def autograded(self, student: str, assessment: str) -> Path:
        """The folder of a graded submission."""
        return self.root / "autograded" / student / assessment

    def feedback(self, student: str, assessment: str) -> Path:
        """The folder of a student's feedback."""
        return self.root / "feedback" / student / assessment

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


def write_whole(path: Path, content: str | bytes) -> bool:
    """Write a file so that it is there whole or not at all; return whether its content is new.

    Raises:
        GradesmithError: When it can't be written (a full disk, no permission); the old file stays as it was.
    """
    fresh = content.encode() if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == fresh:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(fresh)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path}: can't be written: {error.strerror}"
        raise GradesmithError(message, "free some space or mend the permissions, then run again") from error
    return True
