"""A generated bank of real questions, and a blueprint of wt5's shape for it."""

from __future__ import annotations

import random

from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment
from gradesmith.model.questions import Question
from gradesmith.rules.assembly.blueprints import Material

LECTURES = ("5.1", "5.2", "5.3", "5.4")
TOPICS = 12
LEVELS = ("easy", "medium", "medium", "hard")

CHECKS = '''
import pytest


@pytest.mark.check(points=1)
def test_one(student):
    """One."""
    assert student.f(1) == 1
'''

OWN = {
    "single_choice": lambda number: {
        "minutes": (1, 1, 1.25, 1.5)[number % 4],
        "key": f"What is right in {number}",
        "distractors": [{"text": f"Mistake {one} in {number}", "because": "It is wrong."} for one in range(5)],
    },
    "confusion_matrix": lambda number: {
        "minutes": 5 + number % 4,
        "classes": ["Ill", "Well"],
        "counts": {"tp": [120, 400], "fn": [410, 500], "fp": [50, 90], "tn": [600, 900]},
        "ask": {"accuracy": 1, "precision": 1, "recall": 1, "f1": 2},
    },
    "code": lambda number: {
        "minutes": 8 + number % 3,
        "starter": "def f(x):\n    ...\n",
        "solution": "def f(x):\n    return x\n",
        "checks": CHECKS,
    },
}

SIZES = {"single_choice": 220, "confusion_matrix": 40, "code": 40}


def generated_bank(seed: int = 1) -> tuple[Question, ...]:
    """Return 300 questions on four lectures: choices, matrices and tasks; one choice in eleven has an enemy."""
    chance = random.Random(seed)
    kinds = all_kinds()
    made = []
    for kind, size in SIZES.items():
        for number in range(size):
            common = {
                "id": f"{kind.replace('_', '-')}-{number:03}",
                "kind": kind,
                "lecture": LECTURES[number % len(LECTURES)],
                "topics": [f"topic-{chance.randrange(TOPICS)}"],
                "outcomes": [],
                "difficulty": chance.choice(LEVELS),
                "bloom": chance.choice(("understand", "apply", "analyse")),
                "prompt": f"Question {number} of its kind?",
                "explanation": "So it is.",
                "source": "generated",
                "enemies": [f"{kind.replace('_', '-')}-{number - 1:03}"] if number % 11 == 1 else [],
            }
            made.append(kinds[kind].question.model_validate({**common, **OWN[kind](number)}))
    return tuple(made)


def blueprint(**changes: object) -> Assessment:
    """Return a weekly test of ten choices, one matrix and one task, a form for every student."""
    sections = [
        {"title": "Choose", "pick": {"kind": "single_choice", "count": 10, "points": 1, "spread_over": "lecture"}},
        {"title": "Compute", "pick": {"kind": "confusion_matrix", "points": 5, "judgement": False}},
        {"title": "Write code", "pick": {"kind": "code", "points": 5}},
    ]
    balance = {"minutes": [22, 30], "exposure": 0.1, "overlap": 0.25, "tolerance": 0.02}
    fields = {
        "id": "wt5",
        "title": "Weekly Test 5",
        "kind": "weekly_test",
        "units": [5],
        "minutes": 30,
        "forms": "per_student",
        "seed": 1,
        "sections": sections,
        "balance": balance,
        "anchors": ["single-choice-000"],
        "canary": True,
    }
    return Assessment.model_validate({**fields, **changes})


def material(bank: tuple[Question, ...], **changes: object) -> Material:
    """Return what forms of this bank are made of."""
    kinds = all_kinds()
    fields = {
        "pool": bank,
        "questions": {one.id: one for one in bank},
        "draw": lambda question, seed: kinds[question.kind].draw(question, seed, None),
    }
    return Material(**{**fields, **changes})  # type: ignore[arg-type]


def roster(size: int) -> tuple[str, ...]:
    """Return so many students."""
    return tuple(f"s{number:03}" for number in range(size))
