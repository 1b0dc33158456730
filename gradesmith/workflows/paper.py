"""Writes papers, keys and answer sheets to print, from frozen forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.papers.answer_sheet import Sitting, labels_on, sheets_source
from gradesmith.papers.content import Paper, Words, key_of, paper_of, words_in
from gradesmith.papers.html import paper_page
from gradesmith.papers.pandoc import Target
from gradesmith.papers.rendering import Rendered, pictures_in, render
from gradesmith.papers.source import Print, papers_source
from gradesmith.papers.typesetting import pdf
from gradesmith.papers.word import paper_docx
from gradesmith.workflows.assemble import bank_to_write_from, make_form
from gradesmith.workflows.opening import nobody_called, open_gradebook, released_to

Format = Literal["pdf", "html", "docx"]
TARGETS: dict[Format, Target] = {"pdf": "typst", "html": "html", "docx": "json"}
SHOWN = 5


class Document(StrEnum):
    """What can be printed."""

    PAPER = "paper"
    KEY = "key"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be printed: whose paper (one form's, one student's, the class's), and how.

    Without ``form``, ``student`` and ``whole_class`` it is the only form that there is.
    """

    assessment: str
    form: str = ""
    student: str = ""
    whole_class: bool = False
    documents: tuple[Document, ...] = (Document.PAPER,)
    formats: tuple[Format, ...] = ("pdf",)
    how: Print = field(default_factory=Print)
    rules: str = ""
    folder: Path | None = None

    @property
    def name(self) -> str:
        """What the files are called by when no form's code names them."""
        return "class" if self.whole_class else self.student


def print_papers(course: CourseDirectory, order: Order, tell: Callable[[str], None]) -> list[Path]:
    """Write what was ordered and return the files; ``tell`` hears what the instructor should know.

    Everything is made before anything is written.

    Raises:
        NotFound: When there is no such assessment, form or student.
        Unreleased: When a student's or the class's papers are wanted before the forms are frozen.
        GradesmithError: When the extra ``papers`` is not installed, or a document can't be had in a format.
    """
    _can_be_had(order)
    sittings = _sittings(course, order, tell)
    folder = order.folder or course.papers
    name = f"{order.assessment}-{order.name or sittings[0][0].code}"
    made = {
        folder / f"{name}{_suffix(document)}.{kind}": _made(document, kind, sittings, order, tell)
        for document in order.documents
        for kind in order.formats
    }
    for path, content in made.items():
        write_whole(path, content, closed=order.folder is None)
    return list(made)


def _suffix(document: Document) -> str:
    return "" if document is Document.PAPER else f"-{document}"


def _can_be_had(order: Order) -> None:
    if order.formats == ("pdf",):
        return
    if order.whole_class:
        raise GradesmithError("the papers of a class are one PDF", "leave --format out, or print one --student")
    if Document.SHEET in order.documents:
        raise GradesmithError("an answer sheet is a PDF", "leave --format out, or --sheet")


def _sittings(course: CourseDirectory, order: Order, tell: Callable[[str], None]) -> tuple[Sitting, ...]:
    with open_gradebook(course) as gradebook:
        if order.whole_class or order.student:
            return tuple(_of_students(gradebook, order, released_to(gradebook, order.assessment)))
        standing = gradebook.standing(order.assessment)
    if order.form:
        return ((_coded(course, order, standing, tell), None),)
    forms = standing.forms or (_from_bank(course, order.assessment, tell),)
    if len(forms) > 1:
        codes = ", ".join(form.code for form in forms[:SHOWN])
        message = f"{order.assessment} has {len(forms)} forms: {codes}{', …' if len(forms) > SHOWN else ''}"
        raise NotFound(message, "say which: --form CODE, --student ID, or --class for everybody's")
    return ((forms[0], None),)


def _of_students(gradebook: Gradebook, order: Order, standing: Standing) -> Iterator[Sitting]:
    known = {one.id: one for one in gradebook.students()}
    wanted = [one for one in gradebook.enrolled() if order.whole_class or one == order.student]
    if not wanted and order.student:
        raise nobody_called(order.student, known)
    if not wanted:
        raise NotFound("nobody is registered yet", "gradesmith roster add students.csv")
    for one in wanted:
        form = standing.of(one)
        if form is None:
            message = f"{order.assessment}: {one} was registered since and has no form yet"
            raise Unreleased(message, f"gradesmith release {order.assessment}")
        yield form, known[one]


def _coded(course: CourseDirectory, order: Order, standing: Standing, tell: Callable[[str], None]) -> Form:
    """Return the form with the wanted code: a frozen one, or else the one that the bank makes, if it is that."""
    heard: list[str] = []
    frozen = (*standing.forms, *((standing.sample,) if standing.sample else ()))
    forms: tuple[Form, ...] = frozen or (_from_bank(course, order.assessment, heard.append),)
    found = next((form for form in forms if form.code.casefold() == order.form.casefold()), None)
    if found is None:
        known = ", ".join(form.code for form in forms[:SHOWN]) + (", …" if len(forms) > SHOWN else "")
        raise NotFound(f'{order.assessment} has no form "{order.form}"', f"there are {known}")
    for words in heard:
        tell(words)
    return found


def _from_bank(course: CourseDirectory, assessment: str, tell: Callable[[str], None]) -> Form:
    form = make_form(bank_to_write_from(course), assessment)
    tell(f"form {form.code} of {assessment} is not released: it is made from the bank as it stands now")
    return form


def _made(
    document: Document, kind: Format, sittings: tuple[Sitting, ...], order: Order, tell: Callable[[str], None]
) -> bytes:
    if document is Document.SHEET:
        labels = labels_on(sittings)
        return pdf(sheets_source(sittings, _rendered(labels, kind, tell), order.how), {})
    papers = _papers(document, sittings, order)
    texts = tuple(dict.fromkeys(words_in(papers)))
    rendered = _rendered(texts, kind, tell)
    match kind:
        case "pdf":
            return pdf(papers_source(papers, rendered, order.how), pictures_in(texts))
        case "html":
            return paper_page(papers[0], rendered, order.how).encode()
        case "docx":
            return paper_docx(papers[0], rendered, order.how)


def _papers(document: Document, sittings: tuple[Sitting, ...], order: Order) -> tuple[Paper, ...]:
    """Return a paper for each sitting, or a key for each form that somebody sits."""
    if document is Document.KEY:
        forms = {form.digest: form for form, _ in sittings}
        return tuple(map(key_of, sorted(forms.values(), key=lambda form: form.code)))
    return tuple(paper_of(form, student, order.rules) for form, student in sittings)


def _rendered(texts: Sequence[Words], kind: Format, tell: Callable[[str], None]) -> Rendered:
    rendered = render(texts, TARGETS[kind])
    for formula in rendered.unset:
        tell(f"pandoc does not understand the formula ${formula}$, so it is printed as it is written")
    return rendered
