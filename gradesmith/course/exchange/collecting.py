"""Collecting: by whom a submission is, the kernel says; whatever lies in it is read without following a link."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

from gradesmith.course.exchange.places import FormExchange

MOST_FILES = 500
MOST_FOLDERS = 5
PATIENCE = timedelta(minutes=5)
NO_LINK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class CollectSafely(FormExchange, ExchangeCollect):  # type: ignore[misc]
    """Copies each student's latest submission into ``submitted/``, and leaves what was planted."""

    def init_src(self) -> None:
        """Find the submissions: of each owner the one that counts."""
        self.src_records = []
        if not self.inbox.is_dir():
            self.refuse(
                f"there is no folder {self.inbox}", f"nbgrader release_assignment {self.coursedir.assignment_id}"
            )
        due = self._due()
        by_student: dict[str, list[Found]] = {}
        for found in self._found():
            by_student.setdefault(found.student, []).append(found)
        for student in sorted(by_student):
            in_order = sorted(by_student[student], key=lambda one: (one.moment, one.path.name))
            in_time = [one for one in in_order if due is None or one.moment <= due]
            self.src_records.append((in_time or in_order)[-1] if self.before_duedate else in_order[-1])

    def _due(self) -> datetime | None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(self.coursedir.assignment_id).duedate
            except MissingEntry:
                return None
        return due.replace(tzinfo=UTC) if due is not None else None

    def _found(self) -> Iterator[Found]:
        wanted = self.coursedir.student_id
        for entry in sorted(os.scandir(self.inbox), key=lambda one: one.name):
            name, assignment, stamp = _said(entry.name)
            if assignment != self.coursedir.assignment_id:
                continue
            facts = entry.stat(follow_symlinks=False)
            student = self.student_of(facts.st_uid)
            claimed = _moment(stamp)
            if not stat.S_ISDIR(facts.st_mode) or claimed is None:
                self._leave(entry.name, "it is no folder that was submitted")
            elif student is None:
                self._leave(entry.name, f"its owner, user number {facts.st_uid}, is no student")
            elif name not in {student, str(facts.st_uid), *self._names_of(student)}:
                self._leave(entry.name, f"it says that it is by {name}, and it was made by {student}")
            elif wanted in {"*", "", student}:
                moment = _settled(Path(entry.path), claimed)
                yield Found(student, facts.st_uid, Path(entry.path), claimed, moment)

    def _names_of(self, student: str) -> set[str]:
        return {str(self.students.get(student, student))}

    def _leave(self, name: str, why: str) -> None:
        self.log.warning("not collected: %r: %s", name, why)

    def copy_files(self) -> None:
        """Copy the submissions that are new; with ``--update`` later ones take the place of those collected."""
        if not self.src_records:
            self.log.warning("there is nothing of %s to collect", self.coursedir.assignment_id)
        for found in self.src_records:
            place = Path(self._place(found.student))
            if place.is_dir() and not self._is_wanted(found, place):
                continue
            self.log.info("Collecting submission: %s %s", found.student, self.coursedir.assignment_id)
            self._take(found, place)

    def _place(self, student: str) -> str:
        directory, name = self.coursedir.submitted_directory, self.coursedir.assignment_id
        return str(self.coursedir.format_path(directory, student, name))

    def _is_wanted(self, found: Found, place: Path) -> bool:
        stamp = self.coursedir.get_existing_timestamp(str(place))
        had = stamp.replace(tzinfo=UTC) if stamp is not None else None
        if (self.update and (had is None or found.moment > had)) or (self.before_duedate and found.moment != had):
            return True
        more = "there is no newer one" if self.update else "add --update to replace it"
        self.log.info("%s %s is collected already; %s", found.student, self.coursedir.assignment_id, more)
        return False

    def _take(self, found: Found, place: Path) -> None:
        """Copy beside the place first, so that what was collected before is there until the new one is."""
        place.parent.mkdir(mode=0o770 if self.coursedir.groupshared else 0o700, parents=True, exist_ok=True)
        part, old = place.with_name(f".{place.name}.part"), place.with_name(f".{place.name}.old")
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)
        copy = _Copy(found, self.coursedir.max_dir_size * 1000, self._leave)
        if not copy.folder(found.path, part):
            return
        moment = f"{found.moment:%Y-%m-%d %H:%M:%S.%f} UTC"
        (part / "timestamp.txt").write_text(moment, encoding="utf-8")
        if found.moment != found.claimed:
            self.log.warning("%s says %s, but was last changed at %s", found.path.name, found.claimed, moment)
        if place.exists():
            place.rename(old)
        part.rename(place)
        shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True)
class Found:
    """One submission in the exchange, with the moment that its name claims and the one that counts."""

    student: str
    uid: int
    path: Path
    claimed: datetime
    moment: datetime


def _settled(folder: Path, claimed: datetime) -> datetime:
    """Return when it was handed in: as it says, unless the kernel saw it change at another time."""
    seen = datetime.fromtimestamp(max(_changes(folder), default=0), tz=UTC)
    return claimed if abs(seen - claimed) <= PATIENCE else seen


def _changes(folder: Path) -> Iterator[float]:
    """Yield when the folder and what lies in it were changed last: no program can set that time."""
    yield folder.lstat().st_ctime
    for path in sorted(folder.rglob("*"))[:MOST_FILES]:
        yield path.lstat().st_ctime


class _Copy:
    """Copies plain files that belong to the student, as long as they are few and small together."""

    def __init__(self, found: Found, most_bytes: int, leave: Any) -> None:
        self._uid = found.uid
        self._left = most_bytes
        self._files = MOST_FILES
        self._leave = leave

    def folder(self, source: Path, place: Path, depth: int = 0) -> bool:
        """Copy a folder; return whether it was the student's."""
        handle = self._opened(str(source), None, os.O_DIRECTORY)
        if handle is None:
            return False
        try:
            place.mkdir(mode=0o755 if depth else 0o700)
            self._entries(handle, source, place, depth)
        finally:
            os.close(handle)
        return True

    def _entries(self, handle: int, source: Path, place: Path, depth: int) -> None:
        for name in sorted(os.listdir(handle)):
            shown = f"{source.name}/{name}"
            mode = os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and depth < MOST_FOLDERS:
                self._subfolder(handle, name, place, depth)
            elif stat.S_ISREG(mode):
                self._file(handle, name, place, shown)
            else:
                self._leave(shown, "it is a link, or no plain file")

    def _subfolder(self, handle: int, name: str, place: Path, depth: int) -> None:
        inner = self._opened(name, handle, os.O_DIRECTORY)
        if inner is None:
            return
        try:
            (place / name).mkdir(mode=0o755)
            self._entries(inner, Path(name), place / name, depth + 1)
        finally:
            os.close(inner)

    def _file(self, handle: int, name: str, place: Path, shown: str) -> None:
        opened = self._opened(name, handle, 0)
        if opened is None:
            return
        with os.fdopen(opened, "rb") as file:
            size = os.fstat(opened).st_size
            self._left -= size
            self._files -= 1
            if self._left < 0 or self._files < 0:
                self._leave(shown, "the submission is too large")
                return
            (place / name).write_bytes(file.read(size))

    def _opened(self, name: str, within: int | None, flags: int) -> int | None:
        """Open what belongs to the student itself, no link to it and nothing that was linked there from elsewhere."""
        try:
            handle = os.open(name, NO_LINK | flags, dir_fd=within)
        except OSError as error:
            self._leave(name, f"it can't be opened: {error.strerror}")
            return None
        facts = os.fstat(handle)
        if facts.st_uid != self._uid or not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
            os.close(handle)
            self._leave(name, "it belongs to somebody else")
            return None
        return handle


def _said(name: str) -> tuple[str, str, str]:
    """Return the student, the assessment and the moment that a submission's name claims."""
    parts = name.rsplit("+", 3)
    return (parts[0], parts[1], parts[2]) if len(parts) == 4 else ("", "", "")


def _moment(text: str) -> datetime | None:
    try:
        naive: datetime = parse_utc(text)
    except (ValueError, OverflowError):
        return None
    return naive.replace(tzinfo=UTC)
