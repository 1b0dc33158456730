"""Submitting: into a folder of one's own that only its maker and the instructor can look into, and with a receipt."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit
from nbgrader.utils import ignore_patterns

from gradesmith.course.exchange.access import ENTER, READ, WRITE, NotKept, restrict
from gradesmith.course.exchange.places import FormExchange

RECEIPT = "receipt.txt"
ALL = READ | WRITE | ENTER


class SubmitPrivately(FormExchange, ExchangeSubmit):  # type: ignore[misc]
    """Copies what was worked on into the exchange, for the instructor alone, and says what arrived."""

    def init_dest(self) -> None:
        """Choose a name that nobody can foretell, in a folder where nobody touches what others have added."""
        self.must_be_trusted()
        if not self.authenticator.has_access(self.coursedir.student_id, self.coursedir.course_id):
            self.refuse("You do not have access to this course.")
        mode = self.inbox.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            self.refuse(
                f"others could remove what you add to {self.inbox}",
                f"ask your instructor to release again with this plug, or for: chmod +t {self.inbox}",
            )
        self.cache_path = os.path.join(self.cache, self.coursedir.course_id)  # noqa: PTH118 - nbgrader's are texts
        what = f"{_name_of_user()}+{self.coursedir.assignment_id}+{self.timestamp}"
        self.assignment_filename = f"{what}+{secrets.token_urlsafe(9)}"

    def init_release(self) -> None:
        """Find what was handed out, to compare the names of the notebooks."""
        own = self.own_folder(self.outbound)
        if own is None:
            super().init_release()
        else:
            self.release_path = str(own)

    def copy_files(self) -> None:
        """Copy the files for the instructor, keep a copy, and write the receipt."""
        if self.get_size(self.src_path) > 1000 * self.coursedir.max_dir_size:
            most = self.coursedir.max_dir_size // 1000
            self.refuse(
                f"nothing was submitted: the folder holds more than {most} MB", "move away what is not asked for"
            )
        self.init_release()
        self.check_filename_diff()
        secret = secrets.token_hex(64)
        place = self.inbox / self.assignment_filename
        self._add(place, secret)
        kept = Path(self.cache_path) / self.assignment_filename.rpartition("+")[0]
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._fill(Path(self.src_path), kept, 0)
        _leave_notes(kept, self.timestamp, secret)
        receipt = self._receipt(place)
        for folder in (kept, Path(self.src_path)):
            (folder / RECEIPT).write_text(receipt, encoding="utf-8")
        self.log.info("Submitted as: %s %s %s", self.coursedir.course_id, self.coursedir.assignment_id, self.timestamp)
        self.log.info("Keep this receipt, it is in %s, too:\n%s", Path(self.src_path) / RECEIPT, receipt)

    def _add(self, place: Path, secret: str) -> None:
        """Make the submission: nobody can look into it before the instructor may, and then they alone."""
        instructor = {self.inbox.stat().st_uid: ALL}
        group = ALL if self.inbox.stat().st_mode & stat.S_IRGRP else 0
        place.mkdir(mode=0o700)
        try:
            self._fill(Path(self.src_path), place, 0)
            _leave_notes(place, self.timestamp, secret)
            for path in [*place.rglob("*"), place]:
                rights = ALL if path.is_dir() else READ | WRITE
                restrict(path, dict.fromkeys(instructor, rights), group=group & rights)
        except (NotKept, OSError) as error:
            shutil.rmtree(place, ignore_errors=True)
            self.refuse(f"nothing was submitted: {error}", "tell your instructor, and keep your notebook")

    def _fill(self, source: Path, place: Path, depth: int) -> None:
        """Copy the files and folders that nbgrader would submit, each for oneself alone."""
        ignore = ignore_patterns(
            exclude=[*self.coursedir.ignore, RECEIPT],
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        names = [one.name for one in source.iterdir()]
        for name in sorted(set(names) - set(ignore(str(source), names))):
            if (source / name).is_dir():
                if depth < MOST_FOLDERS:
                    (place / name).mkdir(mode=0o700, exist_ok=True)
                    self._fill(source / name, place / name, depth + 1)
            elif (source / name).is_file():
                _copy(source / name, place / name)

    def _receipt(self, place: Path) -> str:
        digests = [
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in sorted(place.glob("*.ipynb"))
        ]
        head = f"{self.coursedir.assignment_id} of {_name_of_user()}, handed in at {self.timestamp}"
        return "\n".join([head, "SHA-256 of what arrived:", *digests, ""])


MOST_FOLDERS = 5


def _name_of_user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _copy(source: Path, place: Path) -> None:
    with source.open("rb") as content:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(content, file)


def _leave_notes(folder: Path, timestamp: str, secret: str) -> None:
    """Write what nbgrader looks for: when it was handed in, and the secret by which feedback finds back."""
    for name, text in {"timestamp.txt": timestamp, "submission_secret.txt": secret}.items():
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
