"""Releasing: a single form to everybody as nbgrader does it, or to each student their own."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseAssignment

from gradesmith.course.exchange.access import ENTER, READ, NotKept, restrict
from gradesmith.course.exchange.places import HIDDEN_NAMES, STICKY_AND_OPEN, FormExchange
from gradesmith.model.assessments import SAMPLE

SOME = 10


class ReleaseForms(FormExchange, ExchangeReleaseAssignment):  # type: ignore[misc]
    """Puts ``release/wt5/`` into the exchange, or each ``release/<student>/wt5/`` into a folder for that student."""

    def ensure_root(self) -> None:
        """Make the exchange if it is not there, and see that nobody can put something in the course's place."""
        root = Path(self.root)
        try:
            if not root.exists():
                self.log.warning("Creating exchange directory: %s", root)
                root.mkdir(parents=True)
                root.chmod(0o1777)
            mode = root.stat().st_mode
            if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
                self.log.warning("%s: nobody shall replace what others put there any more: chmod +t", root)
                root.chmod(stat.S_IMODE(mode) | stat.S_ISVTX)
        except PermissionError:
            self.refuse(f"{root} must be sticky, and is not yours to change", f"as its owner: chmod 1777 {root}")

    def init_src(self) -> None:
        """Find what is to be handed out: whose folders there are in ``release/``."""
        super().init_src()
        name = self.coursedir.assignment_id
        pattern = self.coursedir.format_path(self.coursedir.release_directory, "*", name)
        folders = [one for one in Path("/").glob(pattern.lstrip("/")) if (one / f"{name}.ipynb").is_file()]
        self.own = {one.parent.name: one for one in sorted(folders)}
        if not self.own and _is_sample(Path(self.src_path) / f"{name}.ipynb"):
            self.refuse(
                f"{name}: every student gets a form of their own, and none is made yet", f"gradesmith release {name}"
            )

    def init_dest(self) -> None:
        """Make the course's folders; in the one for submissions nobody can touch what others have added."""
        super().init_dest()
        self.inbox.chmod(STICKY_AND_OPEN | (stat.S_IRGRP if self.coursedir.groupshared else 0))

    def copy_files(self) -> None:
        """Hand out the form or the forms."""
        if not self.own:
            self._make_way(is_right=self.is_single or not self.outbound.exists())
            super().copy_files()
            return
        users, unknown = self._users()
        self._make_way(is_right=not self.is_single)
        self.outbound.mkdir(exist_ok=True)
        self.outbound.chmod(HIDDEN_NAMES)
        try:
            fresh = [student for student, uid in users.items() if self._give(self.own[student], uid)]
        except NotKept as why:
            self.refuse(
                f"forms of students' own are not handed out here, as nobody else could be kept from them: {why}",
                "put the exchange on a local file system mounted with acl, then ask: gradesmith doctor",
            )
        self._remove_strays({str(uid) for uid in users.values()})
        self.log.info("%s: %d students can fetch their own form, %d of them now", self.outbound, len(users), len(fresh))
        if unknown:
            names = ", ".join(unknown[:SOME]) + (", …" if len(unknown) > SOME else "")
            self.refuse(
                f"no form could be opened to {len(unknown)} students, as no user here bears their name: {names}",
                "name their users: c.FormExchange.students = {'ada': 'user name or number'}; the others have theirs",
            )

    def _users(self) -> tuple[dict[str, int], list[str]]:
        """Return the users of those who get a form, and who has none; two students are never one user."""
        found = {student: self.user_of(student) for student in self.own}
        users = {student: uid for student, uid in found.items() if uid is not None}
        by_user: dict[int, str] = {}
        for student, uid in users.items():
            if (other := by_user.setdefault(uid, student)) != student:
                self.refuse(f"{other} and {student} are the same user ({uid})", "mend c.FormExchange.students")
        return users, [student for student, uid in found.items() if uid is None]

    def _make_way(self, *, is_right: bool) -> None:
        """Remove what was handed out in another manner before, if that is wanted."""
        if is_right:
            return
        if not self.force:
            self.refuse(f"{self.outbound} was handed out otherwise before", "replace it: add --force")
        shutil.rmtree(self.outbound)

    def _give(self, source: Path, uid: int) -> bool:
        """Let one user fetch what is in a folder; return whether that is new. Nobody else can, at any moment."""
        files = {one.name: one.read_bytes() for one in sorted(source.iterdir()) if _is_handed_out(one)}
        place = self.outbound / str(uid)
        if place.exists():
            if _contents(place) == files:
                self._open(place, uid)
                return False
            if not self.force:
                self.refuse(f"{source} is not what was handed out before", "replace what was: add --force")
        part = self.outbound / f".{uid}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for name, content in files.items():
            with os.fdopen(os.open(part / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        try:
            self._open(part, uid)
        except NotKept:
            shutil.rmtree(part)
            raise
        if place.exists():
            shutil.rmtree(place)
        part.rename(place)
        return True

    def _open(self, folder: Path, uid: int) -> None:
        group = (READ | ENTER) if self.coursedir.groupshared else 0
        for file in folder.iterdir():
            restrict(file, {uid: READ}, group=group & READ)
        restrict(folder, {uid: READ | ENTER}, group=group)

    def _remove_strays(self, known: set[str]) -> None:
        """Remove the folders of users who have no form here any more; a student may have become another user."""
        for folder in self.outbound.iterdir():
            if folder.name not in known:
                self.log.warning("%s is nobody's any more and was removed", folder)
                shutil.rmtree(folder)


def _is_handed_out(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def _is_sample(notebook: Path) -> bool:
    """Whether a notebook was made to be looked at only: its title says which form it is."""
    try:
        return f"· form {SAMPLE}" in notebook.read_text(encoding="utf-8")
    except OSError:
        return False
