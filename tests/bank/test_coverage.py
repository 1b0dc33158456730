"""What the bank covers, and what its tests lack."""

from __future__ import annotations

from gradesmith.bank.coverage import coverage
from gradesmith.bank.searching import search
from gradesmith.model.questions import Bloom, Difficulty


def test_questions_are_counted_by_unit_level_and_difficulty(small):
    """Every cell is there, and they add up to the questions."""
    found = coverage(small.open())
    assert sum(cell.questions for cell in found.cells) == 5
    filled = [cell for cell in found.cells if cell.questions]
    assert [(cell.unit, cell.bloom, cell.difficulty) for cell in filled] == [(1, Bloom.APPLY, Difficulty.EASY)]
    assert {cell.unit for cell in found.cells} == {1, 2}


def test_lectures_are_counted_by_kind(small):
    """Questions for practicals are counted apart."""
    small.edit("unit1/doubling/question.yaml", "points: 3", "points: 3\nuse: practical")
    first, second = coverage(small.open()).lectures
    assert (first.lecture, first.test) == ("1.1", {"confusion_matrix": 1, "single_choice": 1, "written": 1})
    assert (first.practical, second.practical) == (1, 0)
    assert second.test == {"single_choice": 1}


def test_a_retired_question_counts_no_more(small):
    """It can't be picked."""
    small.edit("unit1/choice.yaml", "show: 2", "show: 2\n  retired: true")
    found = coverage(small.open())
    assert sum(cell.questions for cell in found.cells) == 4
    assert found.supplies[0].lectures_without == ("1.2",)


def test_a_slot_wants_three_questions_to_draw_from(small):
    """Two slots with two questions lack four."""
    supply = coverage(small.open()).supplies[0]
    assert (supply.assessment, supply.section, supply.count, supply.pool) == ("quiz", "Choose", 2, 2)
    assert (supply.alternatives, supply.missing) == (1.0, 4)


def test_questions_are_found_by_words(small):
    """All words must be there; the id counts for more than an option."""
    questions = small.open().questions.values()
    assert [hit.question.id for hit in search(questions, ["number"])] == ["largest-number", "smallest-number"]
    assert [hit.question.id for hit in search(questions, ["NUMBER", "larg"])] == ["largest-number"]
    assert [hit.question.id for hit in search(questions, ["nine"])] == ["largest-number"]
    assert search(questions, ["number", "illness"]) == []
    assert search(questions, ["umber"]) == []
    scores = [hit.score for hit in search(questions, ["count"])]
    assert scores == sorted(scores, reverse=True)
