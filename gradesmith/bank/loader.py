"""Loads the whole question bank and judges it: all errors of a run at once, never a traceback."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from gradesmith.bank.blueprints import Judge, Known
from gradesmith.bank.statistics import read_statistics
from gradesmith.bank.validation import validated
from gradesmith.bank.yaml_places import Document, Route, read_yaml
from gradesmith.diagnostics import Diagnostics, Place, Rejected
from gradesmith.errors import NotFound
from gradesmith.kinds.kind import Kind
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment
from gradesmith.model.course import Course, unit_of
from gradesmith.model.questions import Question
from gradesmith.model.statistics import QuestionStatistics

FOLDER_FILE = "question.yaml"
SHOWN = 5
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A question bank without errors."""

    root: Path
    course: Course
    questions: Mapping[str, Question]
    assessments: Mapping[str, Assessment]
    statistics: tuple[QuestionStatistics, ...] = ()

    def assessment(self, name: str) -> Assessment:
        """Return the assessment with this id, or raise `NotFound` with the nearest ones."""
        return _named(name, self.assessments, "assessment")

    def question(self, name: str) -> Question:
        """Return the question with this id, or raise `NotFound` with the nearest ones."""
        return _named(name, self.questions, "question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What could be read of a bank, where each part of it stands, and what is wrong with the rest."""

    bank: Bank
    found_at: Mapping[tuple[str, str], tuple[Document, Route]]  # by ("question", id) and ("assessment", id)
    diagnostics: Diagnostics


def _named(name: str, known: Mapping[str, Thing], word: str) -> Thing:
    if name in known:
        return known[name]
    raise NotFound(f'there is no {word} "{name}"', _instead(name, known))


def _instead(name: str, known: Iterable[str]) -> str:
    """Return what may have been meant, or else some of what there is."""
    if near := get_close_matches(name, known, cutoff=0.5):
        return f"did you mean {' or '.join(near)}?"
    some = sorted(known)
    return f"there are {', '.join(some[:SHOWN])}{', …' if len(some) > SHOWN else ''}" if some else "there are none yet"


def open_bank(root: Path) -> Bank:
    """Load the bank under this folder.

    Raises:
        Rejected: With every error of every file, each with its place.
    """
    survey = survey_bank(root)
    if survey.diagnostics.errors:
        raise Rejected(survey.diagnostics)
    return survey.bank


def survey_bank(root: Path) -> Survey:
    """Load what can be loaded of the bank under this folder, for who judges it.

    Raises:
        Rejected: When the course itself can't be read, so that nothing can be judged.
    """
    loading = _Loading(root)
    loading.load()
    if loading.course is None:
        raise Rejected(loading.diagnostics)
    bank = Bank(
        root=root,
        course=loading.course,
        questions=loading.questions,
        assessments=loading.assessments,
        statistics=loading.statistics,
    )
    return Survey(bank=bank, found_at=loading.found_at, diagnostics=loading.diagnostics)


def open_course(root: Path) -> Course:
    """Load only what the course declares of itself.

    Raises:
        Rejected: With every error of ``course.yaml``.
    """
    loading = _Loading(root)
    course = loading.load_course()
    if course is None:
        raise Rejected(loading.diagnostics)
    return course


@dataclass(slots=True)
class _Loading:
    """The state of one loading: what was found so far, where, and what is wrong with it."""

    root: Path
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    kinds: Mapping[str, Kind] = field(default_factory=all_kinds)
    course: Course | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    statistics: tuple[QuestionStatistics, ...] = ()
    refused: set[str] = field(default_factory=set)  # ids of questions that have an error of their own
    found_at: dict[tuple[str, str], tuple[Document, Route]] = field(default_factory=dict)

    def load(self) -> None:
        self.course = self.load_course()
        for path in sorted(self.root.glob("unit*/**/*.yaml")):
            if not self._comes_with_a_task(path):
                self._load_questions(path)
        for path in sorted(self.root.glob("assessments/*.yaml")):
            self._load_assessment(path)
        if self.course is not None:
            self._judge_questions(self.course)
        self._judge_assessments()
        self.statistics = read_statistics(self.root, self._named_questions, self.diagnostics)

    def _comes_with_a_task(self, path: Path) -> bool:
        """Whether a file lies below a task's folder: data for students, no questions."""
        above = [folder for folder in path.parent.parents if self.root in folder.parents]
        return any((folder / FOLDER_FILE).is_file() for folder in above)

    def load_course(self) -> Course | None:
        path = self.root / "course.yaml"
        if not path.is_file():
            hint = "a bank needs one: title, id, units, topics, outcomes"
            self.diagnostics.error("course", Place(path=path), "", "there is no such file", hint)
            return None
        document = read_yaml(path, self.diagnostics)
        return validated(Course, document.content, document, (), self.diagnostics) if document else None

    def _load_questions(self, path: Path) -> None:
        document = read_yaml(path, self.diagnostics)
        if document is None:
            return
        if path.name == FOLDER_FILE:
            self._load_question(document.content, document, ())
        elif isinstance(document.content, list):
            for number, content in enumerate(document.content):
                self._load_question(content, document, (number,))
        else:
            hint = f"begin each with '- id: …', or put a single one into a folder as {FOLDER_FILE}"
            self.diagnostics.error("shape", document.place(()), "", "a list of questions is expected", hint)

    def _load_question(self, content: Any, document: Document, route: Route) -> None:
        kind = self._kind_of(content, document, route)
        if kind is None:
            self._refuse(content)
            return
        if document.path.name == FOLDER_FILE:
            content = {**content, **self._attachments(kind, document)}
        question = validated(kind.question, content, document, route, self.diagnostics)
        if question is None:
            self._refuse(content)
        elif self._is_new("question", question.id, document, route):
            self.questions[question.id] = question

    def _refuse(self, content: Any) -> None:
        """Remember a question that is there but wrong, so that whoever names it is not blamed, too."""
        if isinstance(content, dict):
            self.refused.add(str(content.get("id")))

    def _kind_of(self, content: Any, document: Document, route: Route) -> Kind | None:
        if not isinstance(content, dict):
            self.diagnostics.error("shape", document.place(route), "", "a question is expected", "write id, kind, …")
            return None
        name = str(content.get("kind", ""))
        if name not in self.kinds:
            near = get_close_matches(name, self.kinds, 1) or sorted(self.kinds)
            place = document.place((*route, "kind"))
            problem = f'there is no kind of question "{name}"'
            hint = f"did you mean {' or '.join(near)}?"
            self.diagnostics.error("kind", place, str(content.get("id", "")), problem, hint)
        return self.kinds.get(name)

    def _attachments(self, kind: Kind, document: Document) -> dict[str, object]:
        """Read the files beside a question: Python as text, what students get as base64."""
        found: dict[str, object] = {}
        for name, pattern in kind.folder.items():
            files = sorted(file for file in document.path.parent.glob(pattern) if file.is_file())
            read = self._text if pattern.endswith(".py") else _base64
            if "*" in pattern:
                found[name] = {file.name: read(file) for file in files}
            elif files:
                found[name] = read(files[0])
        return found

    def _text(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            self.diagnostics.error("encoding", Place(path=file), "", f"this is not UTF-8 ({error})", "save it as UTF-8")
            return file.read_text(encoding="utf-8", errors="replace")

    def _is_new(self, word: str, name: str, document: Document, route: Route) -> bool:
        earlier = self.found_at.get((word, name))
        if earlier is None:
            self.found_at[word, name] = (document, route)
            return True
        place = document.place((*route, "id"))
        hint = f"the first stands at {earlier[0].place((*earlier[1], 'id'))}; ids are never reused"
        self.diagnostics.error("duplicate", place, name, f"a second {word} has this id", hint)
        return False

    def _load_assessment(self, path: Path) -> None:
        document = read_yaml(path, self.diagnostics)
        if document is None:
            return
        assessment = validated(Assessment, document.content, document, (), self.diagnostics)
        if assessment is not None and self._is_new("assessment", assessment.id, document, ()):
            self.assessments[assessment.id] = assessment

    def _judge_questions(self, course: Course) -> None:
        for question in self.questions.values():
            self._declared(question.id, (question.lecture,), course.lectures, "lecture")
            self._declared(question.id, question.topics, course.topics, "topics")
            self._declared(question.id, question.outcomes, course.outcomes, "outcomes")
            self._declared(question.id, question.enemies, self._named_questions, "enemies")

    @property
    def _named_questions(self) -> frozenset[str]:
        return frozenset(self.questions) | self.refused

    def _declared(self, question: str, names: tuple[str, ...], known: Collection[str], word: str) -> None:
        document, route = self.found_at["question", question]
        for number, name in enumerate(names):
            if name not in known:
                near = get_close_matches(name, known)
                hint = f"did you mean {near[0]}?" if near else "declare it in course.yaml"
                place = document.place((*route, word, number))
                self.diagnostics.error("undeclared", place, question, f'{word}: "{name}" is not known', hint)

    def _judge_assessments(self) -> None:
        known = Known(
            course=self.course,
            kinds=self.kinds,
            names=self._named_questions,
            questions=self.questions,
            assessments=self.assessments,
        )
        for assessment in self.assessments.values():
            document, _ = self.found_at["assessment", assessment.id]
            judge = Judge(assessment=assessment, document=document, diagnostics=self.diagnostics)
            judge.judge(known)


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode("ascii")


def questions_in(bank: Bank, units: tuple[int, ...]) -> Iterator[Question]:
    """Yield the questions of these units that a test may pick, in the order of their ids."""
    for name in sorted(bank.questions):
        question = bank.questions[name]
        if unit_of(question.lecture) in units and question.use == "test" and not question.retired:
            yield question
