"""Damaged notebooks are mended against their form or left to a person: never fatal, and always noted."""

from __future__ import annotations

import hashlib
import io
import json
import random
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gradesmith.course.directories import CourseDirectory
from gradesmith.course.intake import find_submission
from gradesmith.model.outcomes import Progress, Status
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, State, Submission
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.sandbox.engine import Engine
from gradesmith.workflows.library import check_library
from gradesmith.workflows.understand import graded, understand
from tests.grading import damage

DOUBLE = "def double(x):\n    reference_solution = 2 * x\n    return reference_solution"
HELPED = ("def helper(x):\n    return 2 * x", "def double(x):\n    return helper(x)")
NAMELESS = "had lost its name"


@pytest.fixture(scope="module")
def engine(quiz):
    with Engine(check_library((quiz,))) as started:
        yield started


@pytest.fixture(scope="module")
def perfect(quiz) -> bytes:
    """What a perfect student hands in, each source as one text."""
    notebook = json.loads(answered_notebook(quiz, solutions(quiz)))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def judge(quiz, engine) -> Callable[..., GradedSubmission]:
    """Grade the bytes of a notebook, with the engine unless told otherwise."""

    def graded_quiz(content: bytes, *, run: bool = True) -> GradedSubmission:
        submission = Submission(
            student="ada",
            assessment="quiz",
            timestamp=datetime(2026, 3, 1, tzinfo=UTC),
            sha256=hashlib.sha256(content).hexdigest(),
            notebook=content,
        )
        understood = understand(quiz, submission)
        return graded(understood, engine.run(understood.plan) if understood.plan and run else Report())

    return graded_quiz


def changed(content: bytes, change: damage.Change) -> bytes:
    notebook = json.loads(content)
    change(notebook)
    return json.dumps(notebook).encode()


def lost(result: GradedSubmission) -> set[str]:
    """Return the answers that did not earn everything; the judgement waits for a person."""
    return {mark.cell for mark in result.marks if mark.given != mark.maximum} - {"q03-judgement"}


def said(result: GradedSubmission) -> str:
    return "\n".join(note.message for note in result.notes)


def answered(result: GradedSubmission, cell: str) -> str:
    return next(mark.answered for mark in result.marks if mark.cell == cell)


# name: the accident, what is noted ("" where nothing is wrong)
REPAIRED = {
    "an answer duplicated": (damage.copy("q01", 0), "stood there 2 times"),
    "a wrong copy at the end": (damage.copy("q01", -1, source='q01 = "C"'), "first answered copy counts"),
    "code split within a function": (
        damage.split("q04", *DOUBLE.split("\n    return ", 1)[:1], "    return reference_solution"),
        "q04 had been split into 2",
    ),
    "code split between functions": (damage.split("q04", *HELPED), "q04 had been split into 2"),
    "code split, the second part without a name": (damage.split("q04", *HELPED, named=False), ""),
    "an answer and the next merged": (
        lambda notebook: (
            damage.set_source(
                "q01", f"{damage.cell(notebook, 'q01')['source']}\n{damage.cell(notebook, 'q02')['source']}"
            )(notebook),
            damage.delete("q02")(notebook),
        ),
        "the answer to q02 was found in another cell",
    ),
    "an answer merged with its test cell": (damage.merge("q04", "q04-check"), "q04 and q04-check had been merged"),
    "a test cell merged with its answer": (damage.merge("q04-check", "q04"), "q04 and q04-check had been merged"),
    "a question merged with its answer": (damage.merge("q01-prompt", "q01"), "q01 and q01-prompt had been merged"),
    "an answer merged with its question": (damage.merge("q02", "q02-prompt"), "q02 and q02-prompt had been merged"),
    "all turned round": (lambda notebook: notebook["cells"].reverse(), "cells had been moved"),
    "an answer moved to the end": (
        lambda notebook: notebook["cells"].append(notebook["cells"].pop(damage.at(notebook, "q01"))),
        "cells had been moved",
    ),
    "locked cells deleted": (
        damage.delete("title", "setup", "q01-prompt", "q03-check", "q04-check"),
        "the cell q04-check was missing",
    ),
    "code made text": (damage.retype("q04", "markdown"), "q04 had become markdown"),
    "a choice made raw": (damage.retype("q01", "raw"), "q01 had become raw"),
    "everything unlocked": (damage.unlock, ""),
    "a question reworded": (damage.set_source("q01-prompt", "Which one?"), "locked cell q01-prompt had been changed"),
    "a test cell emptied": (damage.set_source("q04-check", "5.0"), "locked cell q04-check had been changed"),
    "a cell of another notebook pasted": (
        lambda notebook: notebook["cells"].append(damage.code("y = 1", metadata={"nbgrader": {"grade_id": "task3"}})),
        "cells of another notebook stood there: task3",
    ),
    "a cell of the same name pasted": (
        lambda notebook: notebook["cells"].append(damage.code('q02 = "D"', metadata={"nbgrader": {"grade_id": "q02"}})),
        "stood there 2 times",
    ),
    "answered in a cell of one's own": (
        lambda notebook: (
            notebook["cells"].insert(0, damage.code(f"# mine\n{damage.cell(notebook, 'q01')['source']}")),
            damage.set_source("q01", 'q01 = ""')(notebook),
        ),
        "the answer to q01 was found in another cell",
    ),
    "format 4.0, without ids": (damage.from_format_4_0, ""),
    "no names at all, as from Colab": (damage.as_colab_writes, NAMELESS),
    "names kept by Colab": (damage.as_colab_writes_with_names, ""),
    "written by VS Code": (damage.as_vs_code_writes, ""),
    "written by Notebook 7": (damage.as_notebook_7_writes, ""),
    "sources as lists of lines": (damage.as_lines, ""),
    "8 MB of output": (damage.much_output, ""),
}


@pytest.mark.parametrize("name", REPAIRED)
def test_an_accident_costs_no_mark(perfect, judge, name):
    """What was answered counts in full, and what had to be mended is said."""
    change, note = REPAIRED[name]
    result = judge(changed(perfect, change))
    assert lost(result) == set(), said(result)
    assert (note in said(result)) if note else not result.notes, said(result)
    assert answered(result, "q03-judgement").startswith("Model-answer")


LOSING = {
    "an answer deleted": (damage.delete("q01"), {"q01"}, "q01 was missing; it was put back empty"),
    "a function deleted": (damage.delete("q04"), {"q04"}, "q04 was missing; it was put back empty"),
    "fields split in the middle": (
        damage.split("q03", 'q03 = {\n    "accuracy": 0.8,', '    "precision": 0.1189,\n}'),
        {"q03"},
        "q03 had been split into 2",
    ),
}


@pytest.mark.parametrize("name", LOSING)
def test_what_is_gone_costs_its_own_question_only(perfect, judge, name):
    """The others are graded as if nothing had happened."""
    change, cells, note = LOSING[name]
    result = judge(changed(perfect, change))
    assert lost(result) == cells
    assert note in said(result)
    outcomes = {one.status for one in result.outcomes if one.cell in cells}
    assert outcomes <= {Status.SKIPPED, Status.FAILED, Status.PASSED}


def test_a_split_text_is_shown_whole(perfect, judge):
    """The person who marks it sees both parts."""
    result = judge(changed(perfect, damage.split("q03-judgement", "First part.", "Second part.")), run=False)
    assert answered(result, "q03-judgement") == "First part.\n\nSecond part."
    assert "put together" in said(result)


def test_fields_split_without_a_name_are_whole_again(perfect, judge):
    """A dictionary that ends in the middle goes on in the next cell."""
    source = next(one["source"] for one in json.loads(perfect)["cells"] if one["id"] == "q03")
    first, second = source[: source.index(",") + 1], source[source.index(",") + 1 :]
    result = judge(changed(perfect, damage.split("q03", first, second, named=False)))
    assert lost(result) == set()
    assert "q03 had been split into 2" in said(result)


BYTES = {
    "format 3": (damage.in_format_3, ""),
    "Windows newlines": (lambda content: content.replace(b"\\n", b"\\r\\n"), ""),
    "UTF-16": (lambda content: content.decode().encode("utf-16"), "not UTF-8 text throughout"),
    "a byte order mark": (lambda content: b"\xef\xbb\xbf" + content, ""),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_file_in_other_clothes_is_read(perfect, judge, name):
    """Old formats, line ends and encodings of other systems cost nothing."""
    change, note = BYTES[name]
    result = judge(change(perfect))
    assert lost(result) == set(), said(result)
    assert note in said(result)


def test_one_bad_byte_in_an_output_is_mended_and_noted(perfect, judge):
    """The rest of the file is as good as before."""
    output = {"output_type": "stream", "name": "stdout", "text": "BAD"}
    content = changed(perfect, lambda notebook: damage.cell(notebook, "q04").update(outputs=[output]))
    result = judge(content.replace(b"BAD", b"caf\xe9"))
    assert lost(result) == set()
    assert "not UTF-8 text throughout" in said(result)


FOR_A_PERSON = {
    "another assessment": (
        lambda quiz, practice: answered_notebook(practice, solutions(practice)).encode(),
        "of another",
    ),
    "cells without end": (
        lambda quiz, practice: json.dumps({"cells": [damage.code("1")] * 3000}).encode(),
        "3000 cells",
    ),
    "half a file": (lambda quiz, practice: answered_notebook(quiz, {}).encode()[:4000], "not JSON"),
    "a picture": (lambda quiz, practice: b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
}


@pytest.mark.parametrize("name", FOR_A_PERSON)
def test_what_cannot_be_mended_waits_for_a_person(quiz, practice, judge, name):
    """No mark at all, and the reason."""
    make, why = FOR_A_PERSON[name]
    result = judge(make(quiz, practice))
    assert (result.state, result.score.progress) == (State.FOR_A_PERSON, Progress.PENDING_MANUAL)
    assert all(mark.given is None for mark in result.marks)
    assert why in said(result)


# Whatever happens


def must_be_told(result: GradedSubmission) -> None:
    """A mark for every answer, or a named reason why there is none."""
    assert len(result.marks) == 5
    if result.state is State.FOR_A_PERSON:
        assert [note.message for note in result.notes if note.about == "person"]
        return
    for mark in result.marks:
        reasons = [one.detail or one.status for one in mark.outcomes if one.status.ours]
        assert mark.given is not None or reasons or mark.cell == "q03-judgement"


def survive(judge, perfect: bytes, seeds: range, through_the_engine: int) -> None:
    for seed in seeds:
        content = damage.damaged(perfect, random.Random(seed))
        result = judge(content, run=seed % (len(seeds) // through_the_engine) == 0)
        must_be_told(result)
        assert result.model_validate_json(result.model_dump_json()) == result


def test_random_accidents_are_mended_or_told(perfect, judge):
    """A hundred notebooks with up to six accidents each; some are run as well."""
    survive(judge, perfect, range(100), 12)


@pytest.mark.soak
def test_a_thousand_random_accidents_are_mended_or_told(perfect, judge):
    """The same, for long."""
    survive(judge, perfect, range(1000, 2000), 100)


# On disk


@pytest.fixture
def hand_in(tmp_path):
    """Hand in a folder of files, and return how it was found."""

    def handed_in(files: dict[str, bytes]) -> Submission:
        course = CourseDirectory(tmp_path)
        for name, content in files.items():
            path = course.submitted / "ada" / "quiz" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return find_submission(course, "ada", "quiz")

    return handed_in


def zipped(files: dict[str, bytes], **facts: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = facts.get("compress_type", zipfile.ZIP_DEFLATED)
            entry.external_attr = facts.get("external_attr", 0)
            archive.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "files",
    [
        {"quiz.zip": zipped({"quiz.ipynb": b"{}", "x.csv": b"1"})},
        {
            "homework.ZIP": zipped(
                {"quiz/": b"", "quiz/quiz.ipynb": b"{}", "quiz/x.csv": b"1", "__MACOSX/quiz/._quiz.ipynb": b""}
            )
        },
        {"quiz/quiz.ipynb": b"{}", "quiz/x.csv": b"1"},
        {"quiz.zip": zipped({"mine.ipynb": b"{}", "x.csv": b"1", ".ipynb_checkpoints/quiz.ipynb": b"old"})},
    ],
    ids=["an archive", "an archive of the folder", "a folder in the folder", "an archive with another name in it"],
)
def test_a_notebook_in_an_archive_or_a_folder_is_found(hand_in, files):
    """With the files beside it, and it is noted."""
    found = hand_in(files)
    assert (found.problem, found.notebook, [file.name for file in found.files]) == ("", b"{}", ["x.csv"])
    assert "was handed in within" in found.notes[0].message


def test_equal_archives_are_equal_work(hand_in):
    """What counts is what is in them."""
    once = hand_in({"quiz.zip": zipped({"quiz.ipynb": b"{}"})}).sha256
    assert once == hand_in({"quiz.zip": zipped({"quiz/quiz.ipynb": b"{}"})}).sha256


BOMB = zipped({"quiz.ipynb": b"0" * (21 * 2**20)})
ENCRYPTED = zipped({"quiz.ipynb": b"{}"}).replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0").replace(
    b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BOMB, "unpacks to too much"),
        (zipped({f"{number:05}": b"" for number in range(5000)}), "holds too many files"),
        (zipped({"../../quiz.ipynb": b"{}"}), "there is no notebook"),
        (zipped({"/quiz.ipynb": b"{}"}), "there is no notebook"),
        (zipped({"a\\quiz.ipynb": b"{}"}), "there is no notebook"),
        (zipped({"quiz.ipynb": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16), "there is no notebook"),
        (zipped({"quiz.ipynb": b"{}"}, compress_type=zipfile.ZIP_LZMA), "there is no notebook"),
        (ENCRYPTED, "can't be opened"),
        (b"PK\3\4 half", "is no zip archive"),
        (b"", "is no zip archive"),
        (zipped({"a.ipynb": b"", "b.ipynb": b""}), "but 2 others"),
    ],
    ids=["bomb", "many", "above", "absolute", "backslash", "link", "lzma", "encrypted", "broken", "empty", "two"],
)
def test_an_archive_that_is_not_safe_is_for_a_person(hand_in, content, why):
    """Nothing is unpacked to disk, and nothing outside is touched."""
    found = hand_in({"quiz.zip": content})
    assert why in found.problem
    assert (found.notebook, found.files) == (b"", ())


def test_any_damage_to_an_archive_is_told(hand_in):
    """Whatever bytes are wrong in it, it is read or left to a person."""
    whole = zipped({"quiz/quiz.ipynb": b"{}" * 50, "quiz/x.csv": b"1,2\n" * 50})
    for seed in range(300):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        found = hand_in({"quiz.zip": bytes(content)})
        assert found.problem or found.notebook is not None


def test_of_several_notebooks_the_one_with_the_right_name_counts(hand_in):
    """And the others are named, in case one of them was meant."""
    found = hand_in({"quiz.ipynb": b"{}", "quiz-Copy1.ipynb": b"{ }"})
    assert found.notebook == b"{}"
    assert "only quiz.ipynb was graded; there was also quiz-Copy1.ipynb" in found.notes[0].message
