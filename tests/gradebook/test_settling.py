"""What a submission earns once what people entered counts too."""

from __future__ import annotations

from fractions import Fraction

from gradesmith.model.outcomes import Progress, Score
from gradesmith.model.submissions import State
from gradesmith.rules.settling import settled


def test_a_persons_marks_stand_in_place_of_the_automatic_ones(graded):
    one = settled(graded(), {"q01": Fraction(2)})
    assert [mark.given for mark in one.marks] == [2, 1, None]
    assert one.score == Score(given=Fraction(3), maximum=Fraction(6), progress=Progress.PENDING_MANUAL)
    assert settled(graded(), {}) == graded()


def test_what_lateness_took_stays_taken_and_the_last_mark_completes(graded):
    late = graded(score=Score(given=Fraction(2, 3), maximum=Fraction(6), progress=Progress.PENDING_MANUAL))
    assert settled(late, {"q02-judgement": Fraction(3)}).score == Score(
        given=Fraction(11, 3), maximum=Fraction(6), progress=Progress.FULLY_GRADED
    )
    nothing = {cell: Fraction(0) for cell in ("q01", "q02", "q02-judgement")}
    assert settled(late, nothing).score.given == 0


def test_marks_of_an_unreadable_file_count_but_it_keeps_waiting(graded):
    score = Score(given=Fraction(0), maximum=Fraction(6), progress=Progress.PENDING_MANUAL)
    unreadable = graded(state=State.FOR_A_PERSON, marks=(), score=score)
    assert settled(unreadable, {"q01": Fraction(2)}).score == score.but(given=Fraction(2))
