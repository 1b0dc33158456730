"""What authors do: build the notebooks and the schemas from the bank, and see whether they are fresh."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from gradesmith.bank.schema import schemas
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.model.assessments import Form
from gradesmith.notebooks.writing import instructor_notebook, student_notebook
from gradesmith.workflows.assemble import bank_to_write_from, make_form
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.verify.certify import Warn, must_be_certified, unheard


def build(
    course: CourseDirectory,
    names: Iterable[str] = (),
    *,
    check: bool = False,
    uncertified: bool = False,
    warn: Warn = unheard,
) -> list[Path]:
    """Write source and release notebooks; with ``check`` write nothing. Return the files that were (are) stale.

    Without names, all assessments are built. Everything is made before anything is written.

    Raises:
        Uncertified: When a question was not verified as it stands, unless ``uncertified`` ones are asked for.
    """
    bank = bank_to_write_from(course)
    with SandboxEvaluator() as evaluator:
        forms = [make_form(bank, name, evaluator) for name in names or sorted(bank.assessments)]
    if not uncertified:
        must_be_certified(bank, forms, warn)
    return _write([pair for form in forms for pair in files_of(course, form)], check=check)


def write_schemas(course: CourseDirectory, *, check: bool = False) -> list[Path]:
    """Write the JSON Schemas into the bank; with ``check`` write nothing. Return the files that were (are) stale."""
    files = [(course.bank / "schema" / name, text.encode()) for name, text in schemas().items()]
    return _write(files, check=check)


def files_of(course: CourseDirectory, form: Form) -> list[tuple[Path, bytes]]:
    """Return every file that a form makes, with its content: both notebooks, and the data files beside each."""
    source, release = course.source(form.assessment), course.release(form.assessment)
    return [
        (source / f"{form.assessment}.ipynb", instructor_notebook(form).encode()),
        *((source / name, content) for name, content in data_of(form).items()),
        *((release / name, content) for name, content in student_files(form).items()),
    ]


def student_files(form: Form) -> dict[str, bytes]:
    """Return the files that a student gets, by name: the notebook and the data files beside it."""
    return {f"{form.assessment}.ipynb": student_notebook(form).encode(), **data_of(form)}


def data_of(form: Form) -> dict[str, bytes]:
    """Return the data files of a form, by name."""
    data = {file.name: base64.b64decode(file.content) for slot in form.slots for file in slot.variant.files}
    return dict(sorted(data.items()))


def _write(files: Iterable[tuple[Path, bytes]], *, check: bool) -> list[Path]:
    if check:
        return [path for path, content in files if not path.is_file() or path.read_bytes() != content]
    return [path for path, content in files if write_whole(path, content)]
