"""Paper beside notebooks, and several forms of one assessment."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gradesmith.diagnostics import Rejected
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.notebooks.writing import student_notebook
from gradesmith.workflows.assemble import make_form
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.handing_out import source_cell
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.paper_marks import Stack, enter, template
from tests.conftest import small_course
from tests.papers.conftest import NOW, STUDENTS
from tests.papers.rows import errors, perfect, put, results, score_of

# Paper and notebook


def hand_in(course, form, student):
    path = course.submitted / student / "quiz" / "quiz.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(student_notebook(form))


def test_who_handed_in_a_notebook_as_well_is_named(course, form, write):
    """Which of the two counts is for a person to say; then grading leaves the notebook alone."""
    hand_in(course, form, "ada")
    path = write(ada=perfect(form, words="1", code="3"))
    (found,) = errors(course, path)
    assert found == "2:1: ada: this student has handed in a notebook, too; " + (
        "take the row out, or let paper count in its place with --replace"
    )
    put(course, path, replace=True)
    run = grade(course, "quiz", Settings(jobs=1))
    assert (run.on_paper, run.graded, run.done, run.found) == (["ada"], [], 1, 1)
    assert score_of(course, "ada") == "11.00"


def test_a_notebook_counts_again_when_its_student_is_named(course, form, write):
    """The way back from paper."""
    put(course, write(ada=perfect(form, words="1", code="3")))
    hand_in(course, form, "ada")
    run = grade(course, "quiz", Settings(jobs=1, students=("ada",)))
    assert [one.student for one in run.graded] == ["ada"]
    assert not results(course)["ada"].on_paper
    with pytest.raises(Rejected, match="has handed in a notebook, too"):
        put(course, write(ada=perfect(form, words="1", code="3")))


# Several forms


@pytest.fixture
def two(tmp_path):
    """A course in which Ada and Cleo have form A of the quiz, and Bob form B, whose options stand elsewhere."""
    small = small_course(tmp_path / "two")
    bank = small.open()
    blueprint = bank.assessments["quiz"]
    made = [make_form(replace(bank, assessments={"quiz": blueprint.but(seed=seed)}), "quiz") for seed in (1, 2)]
    forms = [form.but(code=code) for form, code in zip(made, "AB", strict=True)]
    with open_gradebook(small.directory) as gradebook:
        gradebook.register(STUDENTS)
        by_student = {"ada": forms[0], "bob": forms[1], "cleo": forms[0]}
        gradebook.freeze_each(by_student, tuple(map(source_cell, skeleton(forms[0]))), NOW)
    return small.directory, forms


def test_each_is_marked_by_the_form_that_they_had(two, tmp_path):
    """Codes are compared with what stands on the paper, and each row is marked by its own key."""
    course, (first, second) = two
    assert [slot.variant.parts[0].key for slot in first.slots] != [slot.variant.parts[0].key for slot in second.slots]
    path = tmp_path / "r.csv"
    template(course, "quiz", path)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row, form in zip(rows, (first, second, first), strict=True):
        row.update(perfect(form, words="2", code="5"))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    entered = enter(course, "quiz", Stack(path=path, now=datetime.now(UTC)))
    assert [one.score.given for one in entered.marked] == [14, 14, 14]
    assert [one.form for one in entered.marked] == [first.digest, second.digest, first.digest]


def test_a_quantity_of_another_form_is_refused(two, tmp_path):
    """Forms may ask for different quantities: a column that is not on the paper stays empty."""
    course, (first, second) = two
    slot = next(one for one in second.slots if one.variant.parts[0].key.type == "fields")
    part = slot.variant.parts[0]
    fields = tuple(one for one in part.interaction.fields if one.name != "f1")
    keys = tuple(one for one in part.key.fields if one.name != "f1")
    lesser = part.but(interaction=part.interaction.but(fields=fields), key=part.key.but(fields=keys))
    variant = slot.variant.but(parts=(lesser, *slot.variant.parts[1:]))
    other = second.but(items=tuple(one.but(variant=variant) if one is slot else one for one in second.items))
    with open_gradebook(course) as gradebook:
        gradebook.freeze_each({"bob": other}, tuple(map(source_cell, skeleton(first))), NOW)
    path = tmp_path / "r.csv"
    template(course, "quiz", path)
    rows = {row["student"]: row for row in csv.DictReader(path.open(encoding="utf-8"))}
    assert (rows["ada"]["q03.f1"], rows["bob"]["q03.f1"]) == ("", "–")
    path.write_text(path.read_text().replace(",,–,", ",,0.5,").replace("bob,Bob O'Neill,", "bob,Bob,B"))
    with pytest.raises(Rejected, match=r"form B has no q03\.f1, but something is typed there"):
        enter(course, "quiz", Stack(path=path, now=NOW))


def test_a_corrected_key_marks_again_what_was_typed(course, form, write):
    """The same file entered again says whose marks the correction changed."""
    first = form.slots[0]
    part = first.variant.parts[0]
    wrong = next(iter(part.key.reasons))
    path = write(ada=perfect(form, words="1", code="3"), bob=perfect(form, words="1", code="3") | {"q01": wrong})
    put(course, path)
    mended = part.but(key=part.key.but(letters=(wrong,), reasons={}))
    variant = first.variant.but(parts=(mended,))
    other = form.but(items=tuple(one.but(variant=variant) if one is first else one for one in form.items))
    with open_gradebook(course) as gradebook:
        gradebook.freeze(other, tuple(map(source_cell, skeleton(other))), NOW, correcting=True)
    changes = {one.student: one.cells for one in put(course, path).changes}
    assert changes == {"ada": {"q01": (1, 0)}, "bob": {"q01": (0, 1)}}
    assert put(course, path).changes == ()
