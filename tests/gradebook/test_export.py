"""Tables for spreadsheets."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

from gradesmith.errors import GradesmithError
from gradesmith.gradebook.export import Table, checks_table, grades_table, write_csv
from gradesmith.model.submissions import State


def test_one_row_per_student_with_whom_nothing_is_known_of(book, run, graded, tmp_path):
    book.record(run, graded("ada"))
    book.record(run, graded("zoe", state=State.UNREGISTERED))
    table = grades_table(
        "practical-1", book.students(), book.results("practical-1"), {("ada", "q02-judgement"): Fraction(5, 2)}
    )
    write_csv(table, tmp_path / "grades.csv")
    assert (tmp_path / "grades.csv").read_text().splitlines() == [
        "student,first_name,last_name,email,assessment,state,progress,score,maximum,q01,q02,q02-judgement",
        "ada,Ada,Lovelace,ada@example.org,practical-1,graded,FullyGraded,4.166666667,6,0.6666666667,1,2.5",
        "bob,Bob,O'Neill,,practical-1,missing,,,,,,",
        "eve,'=cmd(),'+1,,practical-1,missing,,,,,,",
        "zoe,,,,practical-1,unregistered,PendingManual,1.666666667,6,0.6666666667,1,",
    ]


def test_one_row_per_check(graded, form, tmp_path):
    """Each says which question stood in the cell, as that differs between forms of students' own."""
    write_csv(checks_table([graded(), graded("bob", form="unheard of")], {form.digest: form}), tmp_path / "checks.csv")
    assert (tmp_path / "checks.csv").read_text().splitlines() == [
        "student,form,question,item,check,title,status,given,maximum",
        "ada,A,q01,about-q01,test_one,one,FAILED,0.6666666667,2",
        "bob,,q01,,test_one,one,FAILED,0.6666666667,2",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "  =1", "\t=1", "\rx", "＝1"])
def test_formulas_are_defused_and_numbers_are_not(tmp_path, text):
    path = tmp_path / "table.csv"
    write_csv(
        Table(header=("text", "number", "none"), rows=((text, Fraction(-1, 2), None), ("fine", None, "a=b"))), path
    )
    with path.open(newline="") as file:
        assert list(csv.reader(file))[1:] == [[f"'{text}", "-0.5", ""], ["fine", "", "a=b"]]


def test_a_table_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("before")
    with pytest.raises(ValueError, match="surrogate"):
        write_csv(Table(header=("a",), rows=(("fine",), ("\ud800",))), path)
    assert [file.name for file in tmp_path.iterdir()] == ["grades.csv"]
    assert path.read_text() == "before"
    with pytest.raises(GradesmithError, match="not written: No such file"):
        write_csv(Table(header=("a",), rows=()), tmp_path / "nowhere" / "grades.csv")
