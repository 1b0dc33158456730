"""Freezes forms and writes their notebooks, in an order that keeps a promise.

Whoever finds a notebook in ``release/`` finds the one that is frozen. What would not be that any more is removed just
before the forms count, and the notebooks are written after. A release that is killed in between leaves students without
a notebook at worst; the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.forms import EVERYONE, Handout
from gradesmith.gradebook.records import SourceCellRecord
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton
from gradesmith.notebooks.writing import checksum
from gradesmith.workflows.author import files_of, student_files

Progress = Callable[[int, int], None]


def unseen(_done: int, _of: int) -> None:
    """Show nobody how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What is handed out of an assessment.

    ``form`` is what everybody has; where students have forms of their own (``by_student``), it is the sample. ``fresh``
    names those who had none before. A correction (``correcting``) may replace forms that work is marked by.
    """

    form: Form
    by_student: Mapping[str, Form] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()
    correcting: bool = False

    @property
    def handout(self) -> Handout:
        """What is frozen of it."""
        cells = tuple(map(source_cell, skeleton(self.form)))
        if self.by_student:
            own: dict[str | None, Form] = dict(self.by_student.items())
            return Handout(forms=own, cells=cells, sample=self.form, correcting=self.correcting)
        return Handout(forms={EVERYONE: self.form}, cells=cells, correcting=self.correcting)


def hand_out(
    course: CourseDirectory,
    gradebook: Gradebook,
    released: Released,
    now: datetime,
    progress: Progress = unseen,
) -> None:
    """Freeze the forms and write their notebooks: everybody's, or the sample's and each student's own.

    Raises:
        GradesmithError: When marked work would get another form, or something can't be written.
    """
    everyones = dict(files_of(course, released.form))
    own = dict(_folders(course, released, progress))
    files = everyones | {folder / name: content for folder, those in own.items() for name, content in those.items()}
    remove = lambda: _remove_stale(course, released.form.assessment, files)  # noqa: E731
    gradebook.hand_out(released.handout, now, before_it_counts=remove)
    for folder in own:
        _make_private(folder)
    for path, content in files.items():
        write_whole(path, content)


def _folders(
    course: CourseDirectory, released: Released, progress: Progress
) -> Iterator[tuple[Path, Mapping[str, bytes]]]:
    made: dict[str, dict[str, bytes]] = {}
    count = len(released.by_student)
    for number, (student, form) in enumerate(released.by_student.items(), start=1):
        if form.digest not in made:
            made[form.digest] = student_files(form)
        yield course.release_to(student, form.assessment), made[form.digest]
        progress(number, count)


def _remove_stale(course: CourseDirectory, assessment: str, files: Mapping[Path, bytes]) -> None:
    """Remove what students could take for theirs and is not: other content, and whatever else lies in their folders."""
    theirs = course.release(assessment)
    folders = {course.release_to(entry.name, assessment) for entry in _students_in(course)}
    found = [path for folder in folders for path in folder.glob("[!.]*")]
    found += [path for path in files if path.parent == theirs and path.exists()]
    for path in found:
        try:
            if path.is_symlink() or not path.is_file() or path.read_bytes() != files.get(path):
                path.unlink()
        except OSError as error:
            message = f"{path}: is in the way and can't be removed: {error.strerror}"
            raise GradesmithError(message, "move it away, then run again") from error
    for folder in folders - {path.parent for path in files}:
        _remove_empty(folder)


def _students_in(course: CourseDirectory) -> list[Path]:
    folder = course.root / "release"
    return [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _make_private(folder: Path) -> None:
    """Make a student's folder; other users of the machine have no business in it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o700)
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise GradesmithError(f"{folder}: can't be made: {error.strerror}", "check who owns release/") from error


def source_cell(one: SkeletonCell) -> SourceCellRecord:
    """Return what nbgrader remembers of a cell: solutions cleared, hidden checks kept."""
    source = one.starter if one.answers else one.source
    return SourceCellRecord(
        grade_id=one.id,
        cell_type=one.type,
        source=source,
        checksum=checksum(one, source),
        grade=one.points is not None,
        solution=one.answers,
        locked=not one.answers,
        points=None if one.points is None else float(one.points),
    )
