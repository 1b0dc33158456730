"""A written answer is worth what its rubric adds up to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from gradesmith.kinds.registry import kind_named

KIND = kind_named("written")
COMMON = {
    "id": "reasons",
    "kind": "written",
    "lecture": "1.1",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "hard",
    "bloom": "evaluate",
    "minutes": 5,
    "prompt": "Why?",
    "explanation": "So it is.",
    "source": "A book",
}
RUBRIC = [{"text": "one", "points": 0.1}, {"text": "two", "points": 0.2}]


@pytest.mark.parametrize("fields", [{}, {"points": 0.3}])
def test_the_rubric_gives_the_points(fields):
    """0.1 and 0.2 are 0.3 exactly, said or unsaid."""
    (part,) = KIND.draw(KIND.question.model_validate({**COMMON, "rubric": RUBRIC, **fields}), 1).parts
    assert part.points == Fraction(3, 10)
    assert part.key.rubric[1].points == Fraction(1, 5)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rubric": RUBRIC, "points": 0.4}, "the rubric's points add up to 3/10, not to 2/5"),
        ({"rubric": []}, "at least 1 item"),
        ({"rubric": 5}, "valid tuple"),
        ({"rubric": [{"text": "one", "points": "many"}]}, "not a valid fraction"),
        ({"rubric": [{"text": "one", "points": -1}]}, "greater than or equal to 0"),
    ],
)
def test_a_rubric_that_does_not_add_up_is_refused(fields, message):
    """Whatever stands there, it is refused in words."""
    with pytest.raises(ValidationError, match=message):
        KIND.question.model_validate({**COMMON, **fields})


def test_every_variant_is_the_same():
    """There is nothing to draw, but for the seed that is remembered."""
    question = KIND.question.model_validate({**COMMON, "rubric": RUBRIC})
    assert KIND.draw(question, 1).parts == KIND.draw(question, 2).parts
