"""The commands that write for other programs: which form, which questions, what is refused and what is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from defusedxml.ElementTree import fromstring

from gradesmith.interchange.formats import FORMATS
from gradesmith.model.people import StudentRecord
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.workflows.handing_out import source_cell
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from tests.interchange import moodle
from tests.interchange.structure_moodle import structure_faults

STRICT = """\
- id: all-of-them
  kind: multiple_choice
  lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: easy
  bloom: apply
  minutes: 2
  explanation: Because it is so.
  source: The book, chapter 1
  prompt: Which are even?
  scoring: all_or_nothing
  show: 4
  keys: [Two, Four]
  distractors:
    - {text: One, because: Odd-one.}
    - {text: Three, because: Odd-three.}
"""
UNCERTIFIED = ("--uncertified",)


def test_a_form_is_written_and_what_is_left_out_is_listed(small, run):
    """Made from the bank as nothing is released; the coding task is named, with what to do instead."""
    code, out, _ = run("lms", "export", "quiz", "--to", "moodle", *UNCERTIFIED)
    assert code == 0
    assert "form A, made from the bank, as nothing is released yet" in out
    assert "left out: q04: a coding task; hand it out as a notebook" in out
    root = fromstring((small.directory.root / "gradebook" / "quiz-A.moodle.xml").read_bytes())
    assert [*structure_faults(root)] == []
    assert [(one.kind, one.mark) for one in moodle.from_xml(root)] == [
        ("multichoice", 1),
        ("multichoice", 1),
        ("cloze", 5),
        ("essay", 2),
    ]
    assert not small.directory.gradebook.exists()


def test_the_released_form_is_what_counts(small, run):
    """A bank edited after release does not reach the file."""
    release(small.directory, ["quiz"], datetime.now(UTC), uncertified=True)
    small.edit("unit1/choice.yaml", "Seven of nine", "Eight of nine")
    code, out, _ = run("lms", "export", "quiz", "--to", "gift", "--out", str(small.directory.root / "quiz.gift"))
    assert code == 0
    assert "form A, as it was released" in out
    text = (small.directory.root / "quiz.gift").read_text(encoding="utf-8")
    assert "Seven of nine" in text
    assert "Eight" not in text


def test_one_of_several_forms_is_named(small, run):
    """By its code, or by who has it; otherwise the codes are listed."""
    form = small.form("quiz")
    other = form.but(code="B", title="Another quiz")
    cells = tuple(map(source_cell, skeleton(form)))
    with open_gradebook(small.directory) as gradebook:
        gradebook.register([StudentRecord(id="ada"), StudentRecord(id="alan")])
        gradebook.freeze_each({"ada": form, "alan": other}, cells, datetime.now(UTC))
    code, _, complaint = run("lms", "export", "quiz", "--to", "qti")
    assert code == 1
    assert "quiz has 2 forms, and it is not said which" in complaint
    assert "--form CODE or --student ID; they are listed by: gradesmith forms quiz" in complaint
    assert "form B, as it was released" in run("lms", "export", "quiz", "--to", "qti", "--form", "B")[1]
    assert "form B, as it was released" in run("lms", "export", "quiz", "--to", "qti", "--student", "alan")[1]
    code, _, complaint = run("lms", "export", "quiz", "--to", "qti", "--form", "C")
    assert (code, 'quiz has no form "C"' in complaint) == (1, True)
    code, _, complaint = run("lms", "export", "quiz", "--to", "qti", "--student", "alam")
    assert (code, 'nobody is called "alam"\n  did you mean alan' in complaint) == (1, True)
    code, _, complaint = run("lms", "export", "quiz", "--to", "qti", "--student", "alan", "--form", "A")
    assert (code, "choose one of --form and --student" in complaint) == (2, True)


def test_a_form_of_what_is_not_released_can_not_be_chosen(run):
    """There is nothing to choose from, and the remedy is a command."""
    code, _, complaint = run("lms", "export", "quiz", "--to", "qti", "--form", "B")
    assert (code, "gradesmith release quiz" in complaint) == (1, True)


def test_unverified_questions_are_refused(small, run):
    """As for notebooks: what nobody has verified is used on one's own word alone."""
    code, _, complaint = run("lms", "export", "quiz", "--to", "moodle")
    assert (code, "was never verified" in complaint) == (1, True)
    code, _, complaint = run("bank", "export", "screening", "--to", "moodle")
    assert (code, "was never verified" in complaint) == (1, True)
    assert not (small.directory.root / "gradebook").exists()


def test_a_marking_that_a_format_can_not_say_is_refused_or_allowed(small, run):
    """Never dropped: nothing is written until one says so, and then it is told which questions mark otherwise."""
    small.write("unit1/strict.yaml", STRICT)
    target = small.directory.root / "strict.xml"
    words = ("bank", "export", "all-of-them", "--out", str(target), *UNCERTIFIED)
    code, _, complaint = run(*words, "--to", "moodle")
    assert code == 1
    assert "all-of-them: only the exact set of options earns here" in complaint
    assert "--allow-approximate" in complaint
    assert not target.exists()
    code, out, _ = run(*words, "--to", "moodle", "--allow-approximate")
    assert code == 0
    assert "marked otherwise: all-of-them" in out
    assert run(*words, "--to", "qti")[0] == 0


def test_questions_come_in_variants_by_lecture_and_topic(small, run):
    """Each in a category of its own to draw from; what has fewer different variants comes with those."""
    code, out, _ = run("bank", "export", "--unit", "1", "--to", "moodle", "--variants", "3", "--json", *UNCERTIFIED)
    assert code == 0
    found = json.loads(out)
    assert found["items"] == [
        "largest-number-1", "largest-number-2", "largest-number-3", "reasons", "screening", "screening-judgement",
        "smallest-number-1", "smallest-number-2",
    ]  # fmt: skip
    assert found["limits"] == []
    root = fromstring((small.directory.root / "gradebook" / "questions.moodle.xml").read_bytes())
    folders = [one.findtext("category/text") for one in root if one.get("type") == "category"]
    assert "$course$/top/A small course/1.1 Counting/How to count/Largest number" in folders
    again = FORMATS["moodle"].read((small.directory.root / "gradebook" / "questions.moodle.xml").read_bytes())
    assert len({one.part.model_dump_json() for one in again if one.name.startswith("largest")}) == 3


def test_what_can_not_be_is_told(run):
    """A unit or question that there is not, coding tasks alone, and both ways to choose at once."""
    assert "the units are 1, 2" in run("bank", "export", "--unit", "7", "--to", "qti")[2]
    assert "did you mean screening" in run("bank", "export", "screning", "--to", "qti")[2]
    code, _, complaint = run("bank", "export", "double-it", "--to", "qti", *UNCERTIFIED)
    assert (code, "nothing is left to write" in complaint) == (1, True)
    assert "double-it: a coding task" in complaint
    assert run("bank", "export", "screening", "--unit", "1", "--to", "qti")[0] == 2


def test_otter_gets_a_notebook_with_its_files(small, run):
    """Everything goes to otter, code and words included."""
    code, out, _ = run("lms", "export", "practice", "--to", "otter", *UNCERTIFIED)
    assert code == 0
    assert "2 questions" in out
    written = small.directory.root / "gradebook" / "practice-A-otter" / "practice.ipynb"
    assert "# ASSIGNMENT CONFIG" in written.read_text(encoding="utf-8")
    assert "numbers = [1, 2, 3]" in written.read_text(encoding="utf-8")
