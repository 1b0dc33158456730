"""A question by itself shows what a student sees, and nothing of the key."""

from __future__ import annotations

import pytest

from gradesmith.reports.preview import question_page
from gradesmith.workflows.preview import draw_question


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("largest-number", ["Which is largest?", "Seven of nine", "Choose one."]),
        ("screening", ["A test for an illness.", "Your answer", "Would you use it?"]),
        ("double-it", ["<code>", "3 points"]),
        ("reasons", ["Why?", "Write your answer here"]),
    ],
)
def test_a_page_shows_the_question_and_no_key(session_course, name, there):
    """Prompt and interaction; no reason, rubric, solution, hidden check or explanation."""
    page = question_page(draw_question(session_course.directory, name, 3))
    assert [text for text in there if text not in page] == []
    secrets = ["Misconception", "Rubric", "Model-answer", "reference_solution", "secret", "Because it is so"]
    assert [text for text in secrets if text in page] == []
    assert "<script" not in page
