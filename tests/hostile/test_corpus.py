"""Every attack of the corpus: it earns what is honest in it, ends in time, and leaves nothing behind."""

from __future__ import annotations

import pytest

from tests.hostile.arena import CHECKS, earned, shown
from tests.hostile.cases import CASES, FAMILIES, LAYERS, Case
from tests.hostile.honest import HONEST, WORTH
from tests.hostile.judging import wrong_with_answer
from tests.hostile.naive import full_marks

WORTH_OF_NOTEBOOK = 5  # the coding task of the quiz, which the notebooks answer
WRONG = "def mean(numbers):\n    return 0.0\n\n\nfit = totals = mean\n"
ANSWERS = [case for case in CASES if not case.is_notebook]


def test_the_corpus_is_whole() -> None:
    """Each case is filed under a family and a layer that there are, and each family has some."""
    assert {case.family for case in CASES} == set(FAMILIES)
    assert {case.needs for case in CASES} == {*LAYERS, ""}
    assert len(CASES) >= 80


def test_what_changes_no_marks_says_why() -> None:
    """A case that earns less than everything is an attack on marks, shown to be one, or says why it is not."""
    for case in CASES:
        everything = WORTH_OF_NOTEBOOK if case.is_notebook else WORTH[case.checks]
        assert bool(case.spared) == (case.marks < everything and not case.fools_naive), case.name


@pytest.fixture(scope="module")
def untouched(arena) -> str:
    """What a submission finds around it when nobody was there before."""
    return shown(arena.run_honest("mean"))


@pytest.mark.parametrize("checks", HONEST)
def test_an_honest_answer_earns_everything(arena, tmp_path, checks) -> None:
    """All graders give an honest answer its marks, and the naive ones none to a wrong one: the rest is attacks."""
    source = (CHECKS / f"{checks}.py").read_text()
    assert set(full_marks(tmp_path, HONEST[checks], source)) == {True}
    assert set(full_marks(tmp_path, WRONG, source)) == {False}
    assert earned(arena.run_honest(checks)) == WORTH[checks]


@pytest.mark.parametrize("case", [case for case in ANSWERS if case.fools_naive], ids=lambda case: case.name)
def test_it_is_an_attack(tmp_path, case: Case) -> None:
    """A grader that trusts student code gives full marks, of which not all are earned."""
    assert case.marks < WORTH[case.checks]
    assert any(full_marks(tmp_path, case.answer, (CHECKS / f"{case.checks}.py").read_text()))


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.name)
def test_an_answer_earns_what_is_honest_in_it(arena, untouched, case: Case) -> None:
    """Its marks, its time, its notes; then the world is as before, and the next student has not noticed."""
    before = arena.look()
    assert wrong_with_answer(arena, case) == []
    assert arena.look() == before
    following = arena.run_honest(case.checks)
    assert earned(following) == WORTH[case.checks], following
    assert shown(following) == untouched
