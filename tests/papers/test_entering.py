"""What was answered on paper comes into the gradebook: the same marks, every row or none, nothing lost."""

from __future__ import annotations

import csv
from datetime import timedelta
from fractions import Fraction

import pytest
from nbgrader.api import Gradebook as NbgraderGradebook

from gradesmith.errors import GradesmithError, Unreleased
from gradesmith.gradebook import history
from gradesmith.model.outcomes import Progress
from gradesmith.model.submissions import Readability
from gradesmith.papers.columns import header
from gradesmith.papers.responses import read_points
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.paper import Document
from gradesmith.workflows.paper_marks import Stack, enter, template
from gradesmith.workflows.results import feedback, report
from tests.papers.conftest import NOW, STUDENTS, read
from tests.papers.rows import ANSWERS, COLUMNS, HAND, errors, perfect, put, results, score_of

# A table to type into


def test_the_template_has_the_columns_of_the_answer_sheet(course, form, printed):
    """Whoever types reads the name of each column from the paper; the code of the form is not there beforehand."""
    path = course.root / "t.csv"
    assert template(course, "quiz", path) == 3
    rows = list(csv.reader(path.open(encoding="utf-8")))
    assert rows[0] == ["student", "name", "form", *ANSWERS, *HAND]
    assert [row[0] for row in rows[1:]] == ["ada", "bob", "cleo"]
    assert {text for row in rows[1:] for text in row[2:]} == {""}
    (sheet,) = read(printed(Document.SHEET)).pages
    assert set(ANSWERS) | set(HAND) <= set(sheet.split())
    assert header((form,)) == COLUMNS


def test_a_template_takes_nobodys_place(course):
    """What was typed already is not written over."""
    path = course.root / "t.csv"
    path.write_text("typed for hours")
    with pytest.raises(GradesmithError, match="is there already"):
        template(course, "quiz", path)
    assert path.read_text() == "typed for hours"


def test_a_class_has_an_answer_sheet_each(printed):
    """One page, with the name on it."""
    pages = read(printed(Document.SHEET, whole_class=True)).pages
    assert [student.id in page for student, page in zip(STUDENTS, pages, strict=True)] == [True] * 3


# Marks


def test_right_answers_earn_what_they_are_worth(course, form, write):
    """Choices and numbers by the rules of notebooks, words and code what a person gave."""
    (ada,) = put(course, write(ada=perfect(form, words="1.5", code="5"))).marked
    given = {"q01": 1, "q02": 1, "q03": 5, "q03-judgement": Fraction(3, 2), "q04": 5}
    assert {one.cell: one.given for one in ada.marks} == given
    assert ada.score.progress is Progress.FULLY_GRADED
    assert score_of(course, "ada") == "13.50"


def test_a_known_mistake_is_told_as_in_a_notebook(course, form, write):
    """The same feedback for the same wrong letter and the same wrong number."""
    right = form.slots[0].variant.parts[0].key
    wrong = next(iter(right.reasons))
    swapped = {"q01": wrong.lower(), "q03.precision": "0.490909", "q03.recall": "0.118943"}
    put(course, write(ada=perfect(form, code="0", words="0", **swapped)))
    outcomes = {(one.cell, one.check): one for one in results(course)["ada"].outcomes}
    assert outcomes["q01", "answer"].feedback == right.reasons[wrong]
    assert "precision" in outcomes["q03", "precision"].feedback.lower()


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-8"), (",", "utf-8-sig")])
def test_spreadsheets_save_tables_in_their_own_ways(course, form, write, separator, encoding):
    """Semicolons, tabs, a byte-order mark, decimal commas, lower case, percentages."""
    row = perfect(form, words="1,5", code="2,335") | {"form": "a", "q03.accuracy": "84,33 %"}
    row["q01"] = row["q01"].lower()
    (ada,) = put(course, write(separator, encoding, ada=row)).marked
    assert [one.given for one in ada.marks] == [1, 1, 5, Fraction(3, 2), Fraction("2.34")]


def test_a_blank_row_did_not_sit_and_a_blank_paper_did(course, form, write):
    """A code without an answer is a paper that was handed in empty."""
    entered = put(course, write(ada={"form": "A"}, bob={}, cleo={"q01": "–"}))
    assert entered.blank == ("bob", "cleo")
    assert {one.readability for one in results(course)["ada"].responses[:3]} == {Readability.EMPTY}
    assert score_of(course, "ada") == "(0.00)"
    assert score_of(course, "bob") == "–"


def test_what_nobody_can_read_is_not_wrong_but_unreadable(course, form, write):
    """As in a notebook; the other quantities of the question still count."""
    put(course, write(ada=perfect(form, words="0", code="0", q01="?") | {"q03.f1": "?"}))
    ada = results(course)["ada"]
    assert [one.given for one in ada.marks[:3]] == [0, 1, 4]
    assert ada.responses[0].readability is Readability.UNREADABLE
    assert {one.status.value for one in ada.marks[0].outcomes} == {"ERRORED"}


@pytest.mark.parametrize(
    ("typed", "points"),
    [("3", "3"), ("2.5", "2.5"), ("2,345", "2.35"), ("0.005", "0.01"), ("1/3", "0.33"), ("5 / 2", "2.5"), ("0", "0")],
)
def test_points_are_read_as_people_write_them(typed, points):
    """Decimals and fractions, a half rounded up."""
    assert read_points(typed) == Fraction(points)


@pytest.mark.parametrize("typed", ["-1", "1e3", "1/0", "three", "nan", "1.2.3", "½", ""])
def test_what_are_no_points_is_not_guessed(typed):
    """A person typed it, a person can mend it."""
    assert read_points(typed) is None


# The same gradebook


def test_nbgrader_sees_a_persons_marks(course, form, write):
    """Points by hand are manual scores, the rest automatic ones; what is still to be given waits in formgrader."""
    put(course, write(ada=perfect(form, code="4.5"), bob=perfect(form, words="2", code="0")))
    with NbgraderGradebook(f"sqlite:///{course.gradebook}", course_id="small-course") as theirs:
        ada = {one.name: one for one in theirs.find_submission_notebook("quiz", "quiz", "ada").grades}
        assert (ada["q04-check"].manual_score, ada["q04-check"].needs_manual_grade) == (4.5, False)
        assert (ada["q03-judgement"].manual_score, ada["q03-judgement"].needs_manual_grade) == (None, True)
        assert (ada["q03-check"].auto_score, ada["q03-check"].manual_score) == (5, None)
        assert theirs.find_submission("quiz", "ada").score == 11.5
        assert theirs.find_submission("quiz", "bob").score == 9
    notebook = (course.autograded("ada", "quiz") / "quiz.ipynb").read_text()
    assert all(words in notebook for words in ("answered on paper (q04: 4.5 by hand)", "# Written on paper."))


def test_report_feedback_and_history_know_of_it(course, form, write):
    """A page for the student, a place in the figures, and a note that it was on paper."""
    put(course, write(ada=perfect(form, code="4.5"), bob=perfect(form, words="2", code="0")))
    (page, _) = feedback(course, "quiz")
    assert "on paper, 2 March 2026" in page.read_text()
    assert "handed in" not in page.read_text()
    assert "answered on paper" in report(course, "quiz", NOW).read_text()
    with open_gradebook(course) as gradebook:
        (ada,) = gradebook.history("quiz", "ada")
        assert gradebook.missing("quiz") == ("cleo",)
    assert ada.on_paper
    assert ada.notes[0].message == "answered on paper (q04: 4.5 by hand)"


# Again


def test_entered_again_only_what_changed_is_marked(course, form, write):
    """And that is shown; a row that is as it was leaves no trace."""
    rows = {"ada": perfect(form, words="1", code="3"), "bob": perfect(form, words="1", code="3")}
    put(course, write(**rows), sat=NOW - timedelta(days=3))
    rows["bob"]["q04.points"] = "4"
    entered = put(course, write(**rows))
    assert entered.unchanged == ("ada",)
    (change,) = entered.changes
    assert (change.student, change.cells) == ("bob", {"q04": (3, 4)})
    assert (change.before.given, change.after.given) == (11, 12)
    with open_gradebook(course) as gradebook:
        assert [len(gradebook.history("quiz", one)) for one in ("ada", "bob")] == [1, 2]
        assert gradebook.history("quiz", "bob")[-1].submitted == NOW - timedelta(days=3)


def test_what_somebody_changed_in_formgrader_stays(course, form, write):
    """Unless just these points are typed anew."""
    row = perfect(form, words="1", code="3")
    put(course, write(ada=row))
    with NbgraderGradebook(f"sqlite:///{course.gradebook}", course_id="small-course") as theirs:
        theirs.find_submission_notebook("quiz", "quiz", "ada").grades[-1].manual_score = 3.5
        theirs.db.commit()
    put(course, write(ada=row))
    assert score_of(course, "ada") == "11.50"
    put(course, write(ada=row | {"q01": "?"}))
    assert score_of(course, "ada") == "10.50"
    put(course, write(ada=row | {"q01": "?", "q04.points": "2"}))
    assert score_of(course, "ada") == "9.00"


def test_a_check_enters_nothing(course, form, write):
    """It says what would be entered."""
    (ada,) = put(course, write(ada=perfect(form, words="1", code="3")), check=True).marked
    assert ada.score.given == 11
    assert results(course) == {}
    assert not (course.root / "autograded").exists()


# Bad files


def test_everything_that_is_wrong_is_named_at_once(course, form, write):
    """File, line, column, what, and what would be right; and nothing is entered."""
    path = write(
        ada=perfect(form, code="5.01", q01="Z") | {"q03.f1": "high", "q03-judgement.points": "lots"},
        bob=perfect(form) | {"form": "B"},
        zoe=perfect(form),
        cleo=perfect(form) | {"form": ""},
    )
    with path.open("a") as file:
        file.write('ada,A\r\n"",A,A\r\n')
    found = errors(course, path)
    lines = [one.partition(": ")[0] for one in found]
    text = path.read_text().splitlines()
    assert lines[0] == f"2:{text[1].index('Z') + 1}"
    assert [one.partition(":")[0] for one in lines] == ["2", "2", "2", "2", "3", "4", "5", "6", "7"]
    wanted = (
        'q01: "Z" is no answer to this question; type one of A, B',
        'q03.f1: "high" is no number',
        'q03-judgement.points: "lots" are no points',
        "q04.points: 5.01 points are more than the 5 that there are; type 0 to 5",
        "bob: the paper is of form B, but this student has form A",
        "zoe: nobody of this id is registered and has a form; gradesmith roster list",
        "cleo: the code of the form is missing",
        "ada: this student stands in line 2 already",
        "this row has no student",
    )
    assert [words for words, one in zip(wanted, found, strict=True) if words not in one] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1:1: the header lacks student, form, q01, q02, q03.accuracy, …"),
        (b"student,form,q1\r\n", "q1: no form has this column; did you mean q01?"),
        (",".join((*COLUMNS, "q01")).encode(), "q01: this column is there twice"),
        (",".join(COLUMNS[:-1]).encode(), "the header lacks q04.points"),
        (b"\xff\xfe", "can't be read: this is not UTF-8; save it as CSV in UTF-8"),
        (f'{",".join(COLUMNS)}\n"ada,A'.encode(), "this is not CSV"),
        (f"{','.join(COLUMNS)}\nada,A{',' * 10}x".encode(), "2:1: this row has 12 fields, the header 11"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_no_table_of_responses(course, content, said):
    """Each kind of it, told apart."""
    path = course.root / "responses.csv"
    if content is not None:
        path.write_bytes(content)
    assert any(said in one for one in errors(course, path))


def test_when_one_row_can_not_be_recorded_none_is(course, form, write, monkeypatch):
    """One transaction for the whole stack."""
    add = history.add

    def breaks(session, run, graded, now):
        if graded.student == "bob":
            raise GradesmithError("no room for bob")
        add(session, run, graded, now)

    monkeypatch.setattr(history, "add", breaks)
    rows = {name: perfect(form, words="1", code="3") for name in ("ada", "bob")}
    with pytest.raises(GradesmithError, match="no room for bob"):
        put(course, write(**rows))
    assert results(course) == {}
    monkeypatch.undo()
    assert len(put(course, write(**rows)).marked) == 2


def test_nothing_can_be_entered_before_the_release(course, write):
    """There is no form to mark by."""
    with pytest.raises(Unreleased):
        enter(course, "practice", Stack(path=write(), now=NOW))
