"""Nothing of a student's keeps us waiting: calls, checks at work on an answer, frames that are long to read."""

from __future__ import annotations

import pytest

from gradesmith.model.runs import CellStatus

DOUBLE = "def double(x): return 2 * x\n"


@pytest.mark.parametrize("check", ["test_calls", "test_within_more_than_there_is"])
def test_a_call_takes_no_longer_than_its_check_may(grader, check):
    report = grader.run(grader.question("q", "import time\ndef f(): time.sleep(60)", checks=(check,)), check_seconds=1)
    assert [str(run.status) for run in report.checks] == ["TIMED_OUT"]
    assert report.seconds < 10


def test_a_check_may_give_its_calls_less_time(grader):
    asked = grader.question("q", "import time\ndef f(): time.sleep(60)", checks=("test_within_a_second", "test_calls"))
    report = grader.run(asked, check_seconds=40)
    assert [str(run.status) for run in report.checks] == ["TIMED_OUT", "TIMED_OUT"]
    assert report.seconds < 20
    quick = "import time\ndef f(): time.sleep(1.6)"
    wanted = {"test_within_three_seconds_twice": "PASSED"}
    assert grader.statuses(quick, *wanted, check_seconds=20) == wanted


def test_an_answer_that_a_check_can_not_be_called_back_from_is_timed_out(grader):
    """The checks after it go on with the same process, and the submission is finished: no later run repeats this."""
    source = DOUBLE + "kept = []\ndef f():\n    kept.append(1)\n    return 10 + 2 * len(kept)"
    report = grader.run(
        grader.question("q", source, checks=("test_double", "test_deaf_with_answer", "test_double", "test_is_42")),
        grader.question("r", "assert kept == [1, 1]", checks=("test_double",)),
        check_seconds=1,
    )
    assert [str(run.status) for run in report.checks] == ["PASSED", "TIMED_OUT", "PASSED", "FAILED", "PASSED"]
    assert [cell.status for cell in report.cells] == [CellStatus.RAN] * 2
    assert not report.unfinished


def test_a_check_that_hangs_before_anything_was_answered_is_no_students_loss(grader):
    report = grader.run(grader.question("q", DOUBLE, checks=("test_double", "test_deaf")), check_seconds=1)
    assert [str(run.status) for run in report.checks] == ["PASSED", "BROKEN"]
    assert report.unfinished


LONG = {
    "many_lists": "b'{\"a\":[' + b'[],' * 700_000 + b'[]],\"buffers\":[]}'",
    "long_text": "b'{\"a\":\"' + b'a' * 7_000_000 + b'\",\"buffers\":[]}'",
}


@pytest.mark.parametrize("name", LONG)
def test_a_frame_that_would_keep_the_grading_process_busy_is_refused(grader, name):
    """Whatever is more than outputs of ``output_kb`` can need is not even parsed."""
    source = f"""
import gradesmith.sandbox.child, os, struct
def forge(self):
    frame = self._coordinator.receive()
    head = {LONG[name]}
    self._coordinator.socket.sendall(struct.pack('!II', len(head), 0) + head)
gradesmith.sandbox.child.Child._answer_coordinator = forge
"""
    report = grader.run(grader.question("q01", source), grader.question("q02", "1"))
    assert [cell.status for cell in report.cells] == [CellStatus.RAN, CellStatus.KILLED], report
    assert [note.about for note in report.notes] == ["attempt"]
    assert "too" in report.notes[0].message


def test_outputs_of_any_signs_fit_up_to_the_room_for_them(grader):
    for sign in ("[", "\U0001f600", "\u00e9"):
        cell = grader.cell(f"print({sign!r} * 390_000)")
        assert cell.status is CellStatus.RAN
        assert sign in cell.outputs[0]["text"] or "too much output" in cell.outputs[0]["text"]
