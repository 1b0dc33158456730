"""Tries whether an exchange keeps students apart, before anything is entrusted to it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gradesmith.course.exchange.access import ENTER, READ, NotKept, restrict

INVITED, UNINVITED = 65533, 65532
LOCAL = "put the exchange on a local file system (ext4, xfs, btrfs) mounted with acl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was found of an exchange: whether it keeps what is one student's from all others.

    ``how`` says how that is known, or why it does not, and ``remedy`` what to do then.
    """

    root: str
    apart: bool
    how: str
    remedy: str = ""


def prove_exchange(root: Path) -> Kept:
    """Open a folder in an exchange to one user, and see that it is; as root, try it as that user and as another."""
    place = str(root)
    if not root.is_dir():
        how = "there is none: forms of students' own can be handed out by any other way"
        return Kept(
            root=place, apart=False, how=how, remedy="make one, or name it: c.Exchange.root in nbgrader_config.py"
        )
    mode = root.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        how = "anybody can put something else in a course's place"
        return Kept(root=place, apart=False, how=how, remedy=f"chmod +t {root}")
    try:
        folder = Path(tempfile.mkdtemp(prefix=".gradesmith-", dir=root))
    except OSError as error:
        how = f"it can't be tried here: {error.strerror}"
        return Kept(root=place, apart=False, how=how, remedy="ask as a user who may write to it")
    try:
        return _tried(root, folder)
    except NotKept as why:
        return Kept(root=place, apart=False, how=str(why), remedy=LOCAL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tried(root: Path, folder: Path) -> Kept:
    file = folder / "form"
    file.write_text("theirs", encoding="utf-8")
    restrict(file, {INVITED: READ})
    restrict(folder, {INVITED: READ | ENTER})
    if os.geteuid() != 0:
        return Kept(root=str(root), apart=True, how="access lists are kept; as root, what they do is tried as well")
    if not _can_read(file, INVITED):
        how = "a user to whom a folder was opened can't read in it"
        return Kept(
            root=str(root), apart=False, how=how, remedy=f"let all users pass: chmod o+x on what leads to {root}"
        )
    if _can_read(file, UNINVITED):
        how = "a user could read in a folder that was opened to another"
        return Kept(root=str(root), apart=False, how=how, remedy=LOCAL)
    return Kept(root=str(root), apart=True, how="one user could read in a folder opened to them, another could not")


def _can_read(file: Path, uid: int) -> bool:
    program = shutil.which("cat") or "cat"
    done = subprocess.run(
        [program, str(file)], user=uid, group=uid, extra_groups=[], cwd="/", capture_output=True, check=False
    )
    return done.returncode == 0
