"""Says for each student by which form to grade, and what those who grade must know of all the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.notebooks.recognising import known_cells
from gradesmith.workflows.crew import Errand
from gradesmith.workflows.duties import Job

FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """All forms of an assessment that were ever handed out: who has which now, and which nobody has any more."""

    assessment: str
    standing: Standing
    earlier: tuple[Form, ...]

    def others(self) -> dict[str, tuple[str, ...]]:
        """Return what tells a notebook of one student from that of another; nothing where all have the same."""
        return {} if self.standing.everyone is not None else known_cells(self._with_owners())

    def errands(self, gradebook: Gradebook, students: Iterable[str], *, again: bool) -> Iterator[Errand]:
        """Yield what is to be graded for each student, with what it is graded by already.

        A student who has no form is given nobody else's: the work waits for a person.
        """
        registered = {student.id for student in gradebook.students()}
        known = {} if again else gradebook.graded_by(self.assessment)
        earlier: defaultdict[str, list[Form]] = defaultdict(list)
        for form in self.earlier:
            earlier[form.code].append(form)
        for student in students:
            form, problem = self._form_of(student)
            job = Job(
                student=student,
                registered=student in registered,
                known=known.get(student),
                earlier=tuple(earlier[form.code]),
                problem=problem,
            )
            yield Errand(job, form)

    def _form_of(self, student: str) -> tuple[Form, str]:
        form = self.standing.of(student)
        if form is not None:
            return form, ""
        why = f"{student} has no form of {self.assessment} to be marked by: gradesmith release {self.assessment}"
        return self.standing.sample or self.standing.forms[0], why

    def _with_owners(self) -> Iterator[tuple[Form, str]]:
        """Yield every form that was handed out, or made to be looked at, with words for whose it is."""
        for form in self.standing.forms:
            yield form, f"which {_named(self.standing.holders(form))} has"
        if self.standing.sample is not None:
            yield self.standing.sample, "which was made to be looked at"
        yield from ((form, "which another has replaced") for form in self.earlier)


def _named(students: tuple[str, ...]) -> str:
    more = f" and {len(students) - FEW} more" if len(students) > FEW else ""
    return f"{', '.join(students[:FEW])}{more}"
