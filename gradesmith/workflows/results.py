"""What happens to marks: feedback for students, a report for the instructor, tables for everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from secrets import token_hex

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import SECRET, exchange_secret
from gradesmith.errors import NotFound
from gradesmith.gradebook.export import Table, checks_table, grades_table, write_csv
from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import SAMPLE, Form
from gradesmith.model.outcomes import Progress
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import GradedSubmission, State
from gradesmith.reports.class_report import class_page
from gradesmith.reports.feedback import feedback_page
from gradesmith.workflows.opening import open_gradebook, released_to

ABOUT_A_STUDENT = ("student", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that the gradebook knows of one assessment."""

    standing: Standing
    graded_against: Mapping[str, Form]
    results: tuple[GradedSubmission, ...]
    manual: Mapping[tuple[str, str], Fraction]
    students: Mapping[str, StudentRecord]
    missing: tuple[str, ...]

    def manual_of(self, student: str) -> dict[str, Fraction]:
        """Return the marks that people entered for one student, by answer cell."""
        return {cell: given for (name, cell), given in self.manual.items() if name == student}


def results_of(gradebook: Gradebook, assessment: str) -> Results:
    """Read everything that is known of an assessment.

    Raises:
        Unreleased: When it has no frozen form.
    """
    standing = released_to(gradebook, assessment)
    results = gradebook.results(assessment)
    return Results(
        standing=standing,
        graded_against=gradebook.forms_graded_by({one.form for one in results}),
        results=results,
        manual=gradebook.manual_marks(assessment),
        students={student.id: student for student in gradebook.students()},
        missing=gradebook.missing(assessment),
    )


def graded_results_of(gradebook: Gradebook, assessment: str) -> Results:
    """Read everything that is known of an assessment of which something is graded.

    Raises:
        Unreleased: When it has no frozen form.
        NotFound: When nothing of it is graded yet.
    """
    known = results_of(gradebook, assessment)
    if not known.results:
        raise NotFound(f"nothing of {assessment} is graded yet", f"gradesmith grade {assessment}")
    return known


def feedback(course: CourseDirectory, assessment: str) -> list[Path]:
    """Write the feedback page of every graded student, with what nbgrader's exchange wants beside it; return the pages.

    Raises:
        NotFound: When nothing is graded yet.
    """
    with open_gradebook(course) as gradebook:
        known = graded_results_of(gradebook, assessment)
    written = []
    for graded in known.results:
        if graded.state is State.UNREGISTERED or known.graded_against[graded.form].code == SAMPLE:
            continue  # nobody's, or of somebody who has no form yet: a page would show questions that are not theirs
        name = known.students[graded.student].name
        text = feedback_page(known.graded_against[graded.form], graded, name, known.manual_of(graded.student))
        path = course.feedback(graded.student, assessment) / f"{assessment}.html"
        write_whole(path, text)
        _address(course, graded)
        written.append(path)
    return written


def _address(course: CourseDirectory, graded: GradedSubmission) -> None:
    """Write beside a page by what nbgrader's exchange sends it: when its submission was made, and its secret.

    The secret is the submission's own, by which its student finds the page. One that did not come through the exchange
    has none, so nobody can fetch its page; it gets one all the same, as nbgrader would stop without it.
    """
    folder = course.feedback(graded.student, graded.assessment)
    kept = folder / SECRET
    secret = exchange_secret(course, graded.student, graded.assessment)
    if secret or not kept.is_file():
        write_whole(kept, secret or token_hex(64))
    write_whole(folder / "timestamp.txt", f"{graded.submitted:%Y-%m-%d %H:%M:%S.%f %Z}")


def report(course: CourseDirectory, assessment: str, now: datetime) -> Path:
    """Write the instructor's page about an assessment; return the file.

    Raises:
        NotFound: When nothing is graded yet.
    """
    with open_gradebook(course) as gradebook:
        known = graded_results_of(gradebook, assessment)
    manual: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for (student, cell), given in known.manual.items():
        manual[student][cell] = given
    path = course.report(assessment)
    page = class_page(known.standing.forms, known.results, manual, known.missing, now)
    write_whole(path, page, closed=True)
    return path


def export(course: CourseDirectory, assessment: str, folder: Path) -> tuple[Path, Path]:
    """Write the marks per question and the outcomes per check as CSV; return both files."""
    with open_gradebook(course) as gradebook:
        known = results_of(gradebook, assessment)
    folder.mkdir(parents=True, exist_ok=True)
    grades, checks = folder / f"{assessment}-grades.csv", folder / f"{assessment}-checks.csv"
    write_csv(grades_table(assessment, known.students.values(), known.results, known.manual), grades)
    write_csv(checks_table(known.results, known.graded_against), checks)
    return grades, checks


def marks_table(course: CourseDirectory, assessments: tuple[str, ...]) -> Table:
    """Lay out one row per student with the score in each assessment; one that waits for a person is in brackets."""
    with open_gradebook(course) as gradebook:
        names = assessments or gradebook.released()
        known = {name: results_of(gradebook, name) for name in names}
        students = gradebook.students()
    scores = {name: _scores(one) for name, one in known.items()}
    header = (*ABOUT_A_STUDENT, *(f"{name} (of {_worth(known[name])})" for name in names))
    rows = tuple((one.id, one.name, *(scores[name].get(one.id, "–") for name in names)) for one in students)
    return Table(header=header, rows=rows)


def _scores(known: Results) -> dict[str, str]:
    tables = grades_table("", known.students.values(), known.results, known.manual)
    at = {column: number for number, column in enumerate(tables.header)}
    return {
        str(row[at["student"]]): _shown(row[at["score"]], str(row[at["progress"]]))
        for row in tables.rows
        if row[at["score"]] is not None
    }


def _shown(score: object, progress: str) -> str:
    text = f"{float(Fraction(str(score))):.2f}"
    return text if progress == Progress.FULLY_GRADED else f"({text})"


def _worth(known: Results) -> str:
    return f"{float(known.standing.forms[0].points):g}"
