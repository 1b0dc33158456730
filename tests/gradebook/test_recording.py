"""Recording gradings in our history and in nbgrader's tables."""

from __future__ import annotations

import csv
import sqlite3
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from nbgrader import api
from nbgrader.plugins.export import CsvExportPlugin
from sqlalchemy import event

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook import tables
from gradesmith.model.outcomes import Mark, Outcome, Progress, Score
from gradesmith.model.people import StudentRecord
from gradesmith.model.runs import Note
from gradesmith.model.submissions import Readability, Response, State


def theirs(path):
    return api.Gradebook(f"sqlite:///{path}", "ml")


def grades(path, student="ada"):
    with theirs(path) as book:
        notebook = book.find_submission_notebook("practical-1", "practical-1", student)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
            for grade in notebook.grades
        }


def enter(path, cell, **scores):
    """Do what formgrader does when a person marks a cell."""
    with theirs(path) as book:
        grade = book.find_grade(cell, "practical-1", "practical-1", "ada")
        for name, value in {**scores, "needs_manual_grade": False}.items():
            setattr(grade, name, value)
        book.db.commit()


def count(path, table):
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.mark.parametrize(
    ("kind", "row", "own"),
    [
        (Mark, tables.MarkRow, {"outcomes"}),
        (Outcome, tables.OutcomeRow, set()),
        (Response, tables.ResponseRow, set()),
        (Note, tables.NoteRow, set()),
    ],
)
def test_every_field_has_a_column(kind, row, own):
    assert set(kind.model_fields) - own <= set(row.__table__.columns.keys())


def test_results_come_back_as_they_were(book, run, graded):
    second, first = graded("bob"), graded("ada")
    book.record(run, second)
    book.record(run, first)
    assert book.results("practical-1") == (first, second)
    assert book.results("practical-2") == ()


def test_nbgrader_reads_the_marks(book, run, graded, path):
    book.record(run, graded())
    assert grades(path) == {
        "q01-check": (pytest.approx(2 / 3), None, None, False),
        "q02-check": (1.0, None, None, False),
        "q02-judgement": (None, None, None, True),
    }
    with theirs(path) as gradebook:
        submission = gradebook.find_submission("practical-1", "ada")
        assert submission.timestamp.isoformat() == "2026-03-02T12:30:00"
        assert submission.score == pytest.approx(5 / 3)
        assert submission.max_score == 6.0
        assert submission.late_submission_penalty == 0.0
        comments = {comment.name: comment.comment for comment in submission.notebooks[0].comments}
        assert comments == {"q01": "off", "q02": None, "q02-judgement": None}


def test_nbgrader_exports_the_marks_less_what_lateness_took(book, run, graded, path, tmp_path):
    late = Score(given=Fraction(1), maximum=Fraction(6), progress=Progress.PENDING_MANUAL)
    book.record(run, graded(score=late))
    with theirs(path) as gradebook:
        CsvExportPlugin(to=str(tmp_path / "grades.csv")).export(gradebook)
    lines = (tmp_path / "grades.csv").read_text(encoding="utf-8").splitlines()
    rows = {row["student_id"]: row for row in csv.DictReader(lines)}
    assert float(rows["ada"]["raw_score"]) == pytest.approx(5 / 3)
    assert float(rows["ada"]["score"]) == pytest.approx(1)
    assert (rows["bob"]["score"], rows["bob"]["max_score"]) == ("0.0", "6.0")


def test_an_empty_answer_has_the_comment_nbgrader_gives_it(book, run, graded, path):
    empty = (Response(cell="q02-judgement", readability=Readability.EMPTY, text=""),)
    book.record(run, graded(responses=empty))
    with theirs(path) as gradebook:
        assert gradebook.find_comment("q02-judgement", "practical-1", "practical-1", "ada").comment == "No response."


def test_a_regrade_updates_marks_and_keeps_the_history(book, run, graded, path):
    before = graded()
    better = before.but(marks=(before.marks[0].but(given=Fraction(2)), *before.marks[1:]), plan_digest="c" * 64)
    book.record(run, before)
    book.record(book.start_run(version="0.1.0", confinement="landlock"), better)
    assert book.results("practical-1") == (better,)
    assert book.history("practical-1", "ada") == (before, better)
    assert grades(path)["q01-check"] == (2.0, None, None, False)
    assert count(path, "grade") == 3
    assert count(path, "comment") == 3


def test_the_same_file_by_the_same_plan_is_not_graded_twice(book, run, graded):
    one = graded()
    assert book.graded_by("practical-1") == {}
    book.record(run, one)
    assert book.graded_by("practical-1") == {"ada": (one.submission_digest, one.plan_digest)}
    assert book.graded_by("practical-2") == {}
    book.record(run, one.but(submission_digest="d" * 64))
    assert book.graded_by("practical-1") == {"ada": ("d" * 64, one.plan_digest)}


def test_what_a_person_entered_is_kept(book, run, graded, path):
    one = graded()
    book.record(run, one)
    enter(path, "q01-check", manual_score=1.5)
    enter(path, "q02-judgement", manual_score=2.0, extra_credit=0.5)
    with theirs(path) as gradebook:
        comment = gradebook.find_comment("q01", "practical-1", "practical-1", "ada")
        comment.manual_comment = "see me"
        gradebook.db.commit()
    book.record(run, one)
    assert grades(path)["q01-check"] == (pytest.approx(2 / 3), 1.5, None, False)
    assert grades(path)["q02-judgement"] == (None, 2.0, 0.5, False)
    with theirs(path) as gradebook:
        assert gradebook.find_comment("q01", "practical-1", "practical-1", "ada").comment == "see me"
    assert book.manual_marks("practical-1") == {
        ("ada", "q01"): Fraction(3, 2),
        ("ada", "q02-judgement"): Fraction(5, 2),
    }


def test_a_person_looks_again_when_what_they_marked_has_changed(book, run, graded, path):
    one = graded()
    book.record(run, one)
    enter(path, "q01-check", manual_score=1.5)
    enter(path, "q02-check", manual_score=0.0)
    enter(path, "q02-judgement", manual_score=2.0)
    marks = (one.marks[0].but(given=Fraction(2)), *one.marks[1:])
    responses = (*one.responses[:2], one.responses[2].but(text="on second thoughts"))
    book.record(run, one.but(marks=marks, responses=responses))
    assert grades(path) == {
        "q01-check": (2.0, 1.5, None, True),
        "q02-check": (1.0, 0.0, None, False),
        "q02-judgement": (None, 2.0, None, True),
    }


def test_an_unreadable_file_waits_for_a_person(book, run, graded, path):
    score = Score(given=Fraction(0), maximum=Fraction(6), progress=Progress.PENDING_MANUAL)
    book.record(run, graded(state=State.FOR_A_PERSON, marks=(), responses=(), score=score))
    assert set(grades(path).values()) == {(None, None, None, True)}
    assert book.results("practical-1")[0].state is State.FOR_A_PERSON


def test_the_work_of_the_unregistered_is_in_our_history_only(book, run, graded, path):
    stranger = graded("zoe", state=State.UNREGISTERED)
    book.record(run, stranger)
    assert book.results("practical-1") == (stranger,)
    assert count(path, "submitted_assignment") == 0
    known = (stranger.submission_digest, stranger.plan_digest)
    assert book.graded_by("practical-1") == {"zoe": known}
    book.register([StudentRecord(id="zoe")])
    assert book.graded_by("practical-1") == {}


def test_the_missing_are_those_who_handed_nothing_in(book, run, graded):
    book.record(run, graded("bob"))
    assert book.missing("practical-1") == ("ada", "eve")


def test_an_error_midway_leaves_nothing_behind(book, run, graded, path):
    one = graded()
    stray = Mark(cell="q99", given=Fraction(1), maximum=Fraction(1))
    with pytest.raises(GradesmithError, match=r"no cell for the marks of q99"):
        book.record(run, one.but(marks=(*one.marks, stray)))
    with pytest.raises(NotFound, match="nobody is not registered"):
        book.record(run, graded("nobody"))
    with pytest.raises(Unreleased, match="gradesmith release practical-9"):
        book.record(run, graded(assessment="practical-9"))
    for table in ("gs_grading", "gs_mark", "submitted_assignment", "submitted_notebook", "grade", "comment"):
        assert count(path, table) == 0


def test_a_locked_gradebook_names_the_submission(book, run, graded, path):
    holder = sqlite3.connect(path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradesmithError, match=r"marks of ada in practical-1 were not recorded: another program"):
        book.record(run, graded())
    holder.close()
    book.record(run, graded())


def test_a_full_disk_names_the_submission_and_keeps_what_was_recorded(book, run, graded, path):
    book.record(run, graded("ada"))

    def fill(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(book._database._engine, "connect", fill)
    long = graded("bob", notes=(Note(about="engine", message="x" * 100_000),))
    with pytest.raises(GradesmithError, match=r"marks of bob in practical-1 were not recorded: the disk is full"):
        book.record(run, long)
    assert book.results("practical-1") == (graded("ada"),)


def test_text_that_is_no_unicode_is_kept_as_well_as_can_be(book, run, graded):
    odd = Response(cell="q01", readability=Readability.ANSWERED, text="a\ud800\0b", value=[float("inf"), 10**30])
    one = graded(responses=(odd,))
    one = one.but(marks=(one.marks[0].but(feedback="\udfff?"), *one.marks[1:]))
    book.record(run, one)
    (read,) = book.results("practical-1")
    assert read.responses == (odd.but(text="a?\0b"),)
    assert read.marks[0].feedback == "??"


def test_runs_have_a_beginning_and_an_end(book, run, path):
    with sqlite3.connect(path) as connection:
        query = "SELECT started, finished, version, confinement FROM gs_run"
        assert connection.execute(query).fetchall() == [("2026-03-01T09:00:01+00:00", None, "0.1.0", "landlock")]
        book.finish_run(run)
        assert connection.execute("SELECT finished FROM gs_run").fetchone() == ("2026-03-01T09:00:02+00:00",)


def test_a_time_without_a_zone_is_taken_to_be_utc(book, run, graded):
    book.record(run, graded(submitted=datetime.fromisoformat("2026-03-02T12:30")))
    assert book.results("practical-1")[0].submitted == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
