"""Begins questions: from a scaffold, or from another format."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradesmith.bank.importing.drafts import Draft, Source, as_yaml
from gradesmith.bank.importing.formats import READERS, read
from gradesmith.bank.loader import FOLDER_FILE, Bank, survey_bank
from gradesmith.bank.scaffolds import MAIN, scaffold
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.diagnostics import Diagnostic, Diagnostics, Rejected, Severity
from gradesmith.errors import GradesmithError, NotFound
from gradesmith.kinds.kind import Kind
from gradesmith.kinds.registry import kind_named
from gradesmith.model.course import lecture_order, unit_of

UNIT = re.compile(r"unit(\d+)")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was written, the ids of the questions that are begun there, and what was no question to begin."""

    paths: tuple[Path, ...]
    ids: tuple[str, ...]
    passed_over: tuple[Diagnostic, ...] = ()


def new_question(course: CourseDirectory, kind: str, path: Path, *, name: str = "", lecture: str = "") -> Begun:
    """Write the beginning of a question: into a folder if its kind has files of its own, else to the end of a list.

    Without a name its id comes from the path, without a lecture the first one of the unit in the path is taken.

    Raises:
        GradesmithError: When the id is taken, the path lies outside the bank's units, or a file is there already.
    """
    found = kind_named(kind)
    bank = survey_bank(course.bank).bank
    target = _within(course, path)
    name = name or re.sub(r"[^a-z0-9]+", "-", target.stem.casefold()).strip("-")
    if not ID.fullmatch(name) or name in bank.questions:
        message = f'"{name}" is taken' if name in bank.questions else f'"{name}" can\'t be an id'
        raise GradesmithError(message, "give another: gradesmith bank new … --id what-it-is-about")
    lecture = _lecture(bank, target, lecture)
    topics = ", ".join(bank.course.lectures[lecture].topics[:1])
    texts = scaffold(found, {"id": name, "kind": kind, "lecture": lecture, "topics": topics})
    written = _in_folder(course, found, target, texts) if found.folder else _in_list(course, found, target, texts)
    return Begun(paths=tuple(written), ids=(name,))


def _in_folder(course: CourseDirectory, kind: Kind, folder: Path, texts: dict[str, str]) -> list[Path]:
    if folder.exists():
        raise GradesmithError(f"{folder} is there already", "name a folder that is not")
    schema = _schema(course, folder, kind.name)
    texts = {**texts, FOLDER_FILE: schema + texts[MAIN]}
    for file, text in texts.items():
        write_whole(folder / file, text)
    return [folder / file for file in texts]


def _in_list(course: CourseDirectory, kind: Kind, path: Path, texts: dict[str, str]) -> list[Path]:
    if path.suffix != ".yaml":
        raise GradesmithError(f"{path}: a list of questions is a .yaml file", f"write {path.with_suffix('.yaml')}")
    head, *rest = texts[MAIN].rstrip("\n").split("\n")
    entry = "\n".join([f"- {head}", *(f"  {line}" if line else "" for line in rest)]) + "\n"
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.is_file() else ""
    write_whole(path, (before or _schema(course, path.parent, kind.name)) + entry)
    return [path]


def import_questions(course: CourseDirectory, file: Path, *, form: str, lecture: str, target: Path) -> Begun:
    """Write the choice questions of a file in another format as drafts into a new file of the bank.

    Questions of other sorts are passed over, and listed.

    Raises:
        Rejected: With everything in the file that is wrong, or no choice if there is none; nothing is written then.
        GradesmithError: When the file can't be read, or the target is there already or lies outside the bank's units.
    """
    bank = survey_bank(course.bank).bank
    path = _within(course, target)
    if path.exists() or path.suffix != ".yaml":
        raise GradesmithError(f"{path} is no new .yaml file", "name one that is not there yet")
    drafts, passed_over = _drafts(file, form)
    lecture = _lecture(bank, path, lecture)
    kinds = {sum(option.right for option in draft.options) > 1 for draft in drafts}
    schema = "questions" if len(kinds) > 1 else "multiple_choice" if True in kinds else "single_choice"
    text = as_yaml(drafts, lecture, bank.questions, f"{_way_to_schemas(course, path.parent)}/{schema}.json")
    write_whole(path, text)
    ids = tuple(re.findall(r"^- id: (\S+)$", text, flags=re.MULTILINE))
    return Begun(paths=(path,), ids=ids, passed_over=passed_over)


def _drafts(file: Path, form: str) -> tuple[Sequence[Draft], tuple[Diagnostic, ...]]:
    """Return the choice questions of a file, and what in it is none."""
    if form not in READERS:
        raise NotFound(f'there is no format "{form}" to import', f"write --format {' or '.join(READERS)}")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GradesmithError(f"{file}: can't be read as UTF-8: {error}", "save it as UTF-8") from None
    source = Source(file, text, Diagnostics())
    drafts = read(form, source)
    if not drafts:
        source.diagnostics.add(replace(one, severity=Severity.ERROR) for one in source.passed_over)
    if not drafts and not source.diagnostics.errors:
        source.complain(1, "there is no question", f"is it really {form}?")
    if source.diagnostics.errors:
        raise Rejected(source.diagnostics)
    return drafts, tuple(source.passed_over)


def _within(course: CourseDirectory, path: Path) -> Path:
    """Return a path in one of the bank's units, where questions are looked for."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links stay what they are
    bank = Path(os.path.abspath(course.bank))  # noqa: PTH100
    if not whole.is_relative_to(bank) or not whole.relative_to(bank).parts[0].startswith("unit"):
        raise GradesmithError(
            f"{path} does not lie in a unit of the bank",
            f"PATH is taken from the current folder: write {_from_here(bank)}/unit1/…",
        )
    return whole


def _from_here(path: Path) -> str:
    """Return a path as it is typed in the current folder."""
    return Path(os.path.relpath(path)).as_posix()


def _lecture(bank: Bank, path: Path, asked: str) -> str:
    """Return the lecture asked for, or the first of the unit that a path names, or the first of all."""
    known = sorted(bank.course.lectures, key=lecture_order)
    if asked and asked not in known:
        raise NotFound(f'there is no lecture "{asked}"', f"the lectures are {', '.join(known)}")
    unit = next((int(found[1]) for part in path.parts if (found := UNIT.fullmatch(part))), 0)
    of_unit = [number for number in known if unit_of(number) == unit]
    if not known:
        raise NotFound("course.yaml declares no lecture", "declare one, so that a question can belong to it")
    return asked or (of_unit or known)[0]


def _schema(course: CourseDirectory, folder: Path, kind: str) -> str:
    return f"# yaml-language-server: $schema={_way_to_schemas(course, folder)}/{kind}.json\n"


def _way_to_schemas(course: CourseDirectory, folder: Path) -> str:
    return Path(os.path.relpath(course.bank / "schema", folder)).as_posix()
