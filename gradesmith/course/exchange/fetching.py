"""Fetching: the form that is the user's own, or the single one that everybody has."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeFetchAssignment

from gradesmith.course.exchange.places import FormExchange


class FetchForm(FormExchange, ExchangeFetchAssignment):  # type: ignore[misc]
    """Copies a form into a folder that others can't look into."""

    def init_src(self) -> None:
        """Find the form: by who asks, which the kernel knows, and by nothing that is said."""
        self.must_be_trusted()
        own = self.own_folder(self.outbound)
        if own is None:
            if self.outbound.is_dir() and not self.is_single:
                who = f"user number {os.getuid()}"
                self.refuse(f"{self.coursedir.assignment_id}: there is no form for you ({who})", "tell your instructor")
            super().init_src()
            return
        if not self.authenticator.has_access(self.coursedir.student_id, self.coursedir.course_id):
            self.refuse("You do not have access to this course.")
        self.src_path = str(own)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ARG002 - nbgrader's signature
        """Copy the files, without the rights they have in the exchange; with ``--replace`` only what is missing."""
        ignored = shutil.ignore_patterns(*self.coursedir.ignore)
        folder = Path(dest)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = [one.name for one in Path(src).iterdir()]
        for name in sorted(set(names) - ignored(src, names)):
            source = Path(src) / name
            if source.is_dir():
                self.do_copy(str(source), str(folder / name))
            elif not (folder / name).exists():
                shutil.copyfile(source, folder / name)
