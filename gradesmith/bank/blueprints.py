"""Judges assessments: whether each can be made from what the bank holds, as far as its text alone tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from gradesmith.bank.contradictions import Contradictions
from gradesmith.bank.yaml_places import Document, Route
from gradesmith.diagnostics import Diagnostics
from gradesmith.model.assessments import Assessment, FlowStep
from gradesmith.model.course import Course
from gradesmith.model.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an assessment may name: kinds, questions and other assessments."""

    course: Course | None
    kinds: Collection[str]
    names: Collection[str]  # of all questions, those that are refused among them
    questions: Mapping[str, Question]
    assessments: Mapping[str, Assessment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges one assessment and collects what is wrong with it."""

    assessment: Assessment
    document: Document
    diagnostics: Diagnostics

    def judge(self, known: Known) -> None:
        """Collect every error of the assessment."""
        self._has_one_body()
        if known.course is not None:
            self._units_exist({unit.number for unit in known.course.units})
        for number, step in enumerate(self.assessment.flow):
            self._step(number, step, known.names)
        self._no_question_twice()
        for number, section in enumerate(self.assessment.sections):
            for kind in section.pick.kind:
                if kind not in known.kinds:
                    near = get_close_matches(kind, known.kinds, 1) or sorted(known.kinds)
                    problem = f'there is no kind of question "{kind}"'
                    self._error(("sections", number, "pick", "kind"), problem, f"did you mean {' or '.join(near)}?")
        for route, problem, hint in Contradictions(
            assessment=self.assessment, names=known.names, questions=known.questions, assessments=known.assessments
        ):
            self._error(route, problem, hint)

    def _error(self, route: Route, problem: str, hint: str) -> None:
        self.diagnostics.error("assessment", self.document.place(route), self.assessment.id, problem, hint)

    def _has_one_body(self) -> None:
        if bool(self.assessment.flow) == bool(self.assessment.sections):
            there = "both flow and sections are there" if self.assessment.flow else "neither flow nor sections is there"
            hint = "list the steps of a practical in flow, or let sections pick the questions of a test"
            self._error(("sections",), there, hint)

    def _units_exist(self, units: set[int]) -> None:
        for number, unit in enumerate(self.assessment.units):
            if unit not in units:
                hint = f"the units are {', '.join(map(str, sorted(units)))}"
                self._error(("units", number), f"course.yaml declares no unit {unit}", hint)

    def _step(self, number: int, step: FlowStep, questions: Collection[str]) -> None:
        if sum(content is not None for content in (step.text, step.code, step.question)) != 1:
            hint = "write one step for each: text, code or question"
            self._error(("flow", number), "a step of the flow is exactly one thing", hint)
        if step.points is not None and step.question is None:
            self._error(("flow", number, "points"), "only a question is worth points", "remove them")
        if step.question is not None and step.question not in questions:
            near = get_close_matches(step.question, questions, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else "write it, or remove the step"
            self._error(("flow", number, "question"), f'there is no question "{step.question}"', hint)

    def _no_question_twice(self) -> None:
        seen = Counter[str]()
        for number, step in enumerate(self.assessment.flow):
            if step.question is not None:
                seen[step.question] += 1
                if seen[step.question] == 2:
                    self._error(("flow", number, "question"), f'"{step.question}" stands here twice', "keep one")
