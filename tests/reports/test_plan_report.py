"""The page about a plan shows blueprint against forms, difficulty, exposure, overlap and where the bank is thin."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from gradesmith.model.statistics import QuestionStatistics
from gradesmith.reports.plan_charts import bars, intervals
from gradesmith.reports.plan_report import figures, plan_page
from gradesmith.rules.assembly.classes import Roll, assemble_all
from gradesmith.rules.assembly.planning import Predicted, planned
from gradesmith.rules.difficulty import Expected, expectations
from tests.assembly.generated import blueprint, generated_bank, material, roster

NOW = datetime(2026, 5, 15, 9, 0, tzinfo=UTC)
BANK = tuple(one for one in generated_bank() if int(one.id[-3:]) < 24)


def plan_of(students=6, bank=BANK, **changes):
    assessment = blueprint(**{"balance": {"exposure": 0.9, "overlap": 0.75, "tolerance": 0.03}, **changes})
    names = tuple(f"<b>{one}" for one in roster(students))
    forms = assemble_all(assessment, material(bank), Roll(students=names, root="secret"))
    return planned(assessment, material(bank), forms)


@pytest.fixture(scope="module")
def plan():
    return plan_of()


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html)).split())


def test_the_page_tells_what_was_asked_and_what_forms_have(plan):
    """Every demand with its bounds, and whether the finished forms keep them."""
    words = words_of(plan_page(plan, "the seed 1", 0, NOW))
    assert "6 forms for 6 students, drawn from the seed 1" in words
    assert "questions 12 12 ✓ yes" in words
    assert "Choose: lecture 5.1 2 – 3 2 – 3 ✓ yes" in words
    assert "forms that hold the commonest question at most 5" in words
    assert "anchors 1 1 ✓ yes" in words
    assert "slots with numbers of their own 1 1 ✓ yes" in words
    assert "✗" not in words


def test_thin_slots_are_named(plan):
    """Where a slot has fewer than three alternatives, the page says how many questions to write."""
    words = words_of(plan_page(plan, "the seed 1", 0, NOW))
    assert "22 questions for q01–q10" not in words
    assert "section &#34;Choose&#34;: 23 questions for q01–q10, fewer than 3 for each" in words
    assert "write 4 more" in words
    rich = plan_of(students=2, bank=generated_bank(), anchors=["code-000"])
    assert "fewer than 3 for each" not in words_of(plan_page(rich, "the seed 1", 0, NOW))


def test_it_is_told_whose_word_the_difficulty_is(plan):
    """Without figures of students the page says that only authors were asked, and for how many questions."""
    used = len(plan.exposure)
    words = words_of(plan_page(plan, "the seed 1", 0, NOW))
    assert f"There are figures of students for none of these {used} questions" in words
    assert "look more alike than they are" in words
    assert ("With statistics", "0", f"of {used}; of the rest only the author's word is known") in figures(plan)
    records = [QuestionStatistics(question=one.id, version=one.version, responses=60, mean=0.6, sd=0.4) for one in BANK]
    known = material(BANK, expected=expectations(BANK, records))
    forms = assemble_all(plan.assessment, known, Roll(students=roster(4), root="secret"))
    asked = planned(plan.assessment, known, forms)
    assert asked.measured == len(asked.exposure)
    assert "figures of students" not in words_of(plan_page(asked, "the seed 1", 0, NOW))


def test_the_page_needs_no_other_file_and_escapes_what_it_is_given(plan):
    """No address, no script, and a student's id stays text."""
    html = plan_page(plan, "the seed 1", 2, NOW)
    assert "<script" not in html
    assert "<b>s000" not in html
    assert not re.search(r"(?:src|href)=", html)
    assert "2 of them released already" in html


def test_a_form_that_departs_from_the_blueprint_is_shown(plan):
    """The page counts in the forms; it does not repeat what the solver was asked."""
    strict = plan.assessment.but(balance=plan.assessment.balance.but(minutes=(29, 30)))
    forms = assemble_all(plan.assessment, material(BANK), Roll(students=roster(6), root="secret"))
    words = words_of(plan_page(planned(strict, material(BANK), forms), "the seed 1", 0, NOW))
    assert "✗ no" in words


def test_a_single_form_is_compared_with_no_other():
    """It has neither overlap nor spread, and needs no alternatives."""
    plan = plan_of(students=3, forms=1, canary=False)
    words = words_of(plan_page(plan, "the seed 1", 0, NOW))
    assert "1 form for 3 students" in words
    assert "Predicted spread" not in words
    assert "Exposure and overlap" not in words


def test_bars_are_as_high_as_their_counts():
    """The tallest reaches the scale's end or nearly, and the limit stands behind the last number allowed."""
    chart = bars({0: 4, 1: 2, 3: 1}, 4, ("question", "questions"))
    assert [bar.count for bar in chart.bars] == [4, 2, 1]
    assert chart.bars[0].height == pytest.approx(2 * chart.bars[1].height)
    assert chart.limit == pytest.approx(chart.right)
    assert chart.words == "0: 4 questions; 1: 2 questions; 3: 1 question"
    assert bars({0: 4, 1: 2}, 60, ("question", "questions")).limit is None


def test_forms_are_drawn_from_the_hardest_to_the_easiest():
    """Each with its interval, all within the figure."""
    forms = [
        Predicted(code=code, students=(code,), expected=Expected(share=share, se=0.05), minutes=30)
        for code, share in (("A", 0.7), ("B", 0.6), ("C", 0.65))
    ]
    chart = intervals(forms, (0.63, 0.67))
    assert [point.words[0] for point in chart.points] == ["B", "C", "A"]
    assert all(0 < point.high < point.y < point.low < chart.base + 1 for point in chart.points)
    assert chart.band is not None
    assert chart.band[0] < chart.points[1].y < chart.band[1]
