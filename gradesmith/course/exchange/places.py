"""What all plugs share: where things stand in the exchange, who is who, and what must hold before it is trusted."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.exchange.default import Exchange
from traitlets import Dict, Unicode

STICKY_AND_OPEN = 0o3733  # add to it, but neither list it nor touch what others added; the group goes on downwards
HIDDEN_NAMES = 0o711


class FormExchange(Exchange):  # type: ignore[misc] # nbgrader has no types
    """An exchange that tells its users apart.

    ``students`` names the unix user (or its number) of each student whose id is not their user name; instructors need
    it, students don't. ``instructor`` may name the user who alone may own the course's folder.
    """

    students = Dict(help="The unix user, by name or number, of each student whose id is not their user name.").tag(
        config=True
    )
    instructor = Unicode("", help="The unix user who must own the course's folder in the exchange.").tag(config=True)

    @property
    def course(self) -> Path:
        """The course's folder in the exchange."""
        if not self.coursedir.course_id:
            self.refuse("no course is named", "add --course COURSE, or set c.CourseDirectory.course_id")
        return Path(str(self.root), str(self.coursedir.course_id))

    @property
    def outbound(self) -> Path:
        """The folder of an assessment that is handed out."""
        return self.course / "outbound" / str(self.coursedir.assignment_id)

    @property
    def inbox(self) -> Path:
        """The folder to which submissions are added."""
        return self.course / "inbound"

    @property
    def is_single(self) -> bool:
        """Whether everybody gets the same notebook of the assessment, as far as the exchange shows."""
        return (self.outbound / f"{self.coursedir.assignment_id}.ipynb").is_file()

    def own_folder(self, outbound: Path) -> Path | None:
        """Return where an assessment's form for the user of this process is, if there is one."""
        folder = outbound / str(os.getuid())
        return folder if folder.is_dir() else None

    def ensure_root(self) -> None:
        """See that the exchange is there; nobody needs to write to its root but who begins a course."""
        if not os.access(self.root, os.R_OK | os.X_OK):
            self.refuse(f"there is no exchange {self.root}", "ask your instructor where it is: c.Exchange.root")

    def must_be_trusted(self) -> None:
        """See that nobody but its owner can have put the course's folders where they are.

        In a folder that all may write to, anybody could put a course of their own in this one's place, unless the
        folder is sticky.
        """
        root = os.stat(self.root)  # noqa: PTH116 - nbgrader's is a text
        if root.st_mode & stat.S_IWOTH and not root.st_mode & stat.S_ISVTX:
            self.refuse(f"anybody can replace what is in {self.root}", f"have its owner say: chmod +t {self.root}")
        owner = self._facts(self.course).st_uid
        if self.instructor and owner != uid_of(self.instructor):
            self.refuse(f"{self.course} is not owned by {self.instructor}", "tell your instructor")
        for folder in (self.course, self.course / "outbound", self.inbox):
            facts = self._facts(folder)
            if facts.st_uid != owner or (folder != self.inbox and facts.st_mode & stat.S_IWOTH):
                self.refuse(f"{folder} may have been put there by somebody else", "tell your instructor")

    def _facts(self, folder: Path) -> os.stat_result:
        try:
            facts = folder.lstat()
        except OSError:
            facts = None
        if facts is None or not stat.S_ISDIR(facts.st_mode):
            self.refuse(f"there is no folder {folder}", "ask your instructor whether the course has begun")
        return facts

    def refuse(self, what: str, remedy: str = "") -> NoReturn:
        """End this with what is the matter and what to do, as nbgrader's commands end."""
        self.fail(f"{what}\n  {remedy}" if remedy else what)
        raise AssertionError  # nbgrader's fail() raises

    def user_of(self, student: str) -> int | None:
        """Return the number of a student's unix user, if there is one."""
        return uid_of(self.students.get(student, student))

    def student_of(self, uid: int) -> str | None:
        """Return whose work the files of a unix user are, if it is a student's."""
        by_user = {uid_of(user): student for student, user in self.students.items()}
        if uid in by_user:
            return str(by_user[uid])
        try:
            name = pwd.getpwuid(uid).pw_name
        except KeyError:
            return None
        # who bears the name of a student that is mapped to another user is somebody else
        return None if name in self.students else name


def uid_of(user: Any) -> int | None:
    """Return the number of a unix user that is named or numbered, if there is such a one."""
    if isinstance(user, int):
        return user
    try:
        return pwd.getpwnam(str(user)).pw_uid
    except KeyError:
        return None
