"""A question is certified only when it was proven; every way in which it may fail to be is found and placed."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from gradesmith.bank.certificates import certificate_path, read_certificate
from gradesmith.cli.main import cli
from gradesmith.course.directories import CourseDirectory
from gradesmith.diagnostics import Diagnostics, Rejected
from gradesmith.errors import NotFound
from gradesmith.rules.mutation import mutants
from gradesmith.workflows.verify import Settings, judging, verify
from tests.bank.verify import faulty
from tests.conftest import FILES, SmallCourse

SETTINGS = Settings(seeds=2, draws=60, jobs=2)
A_FAULT = mutants(faulty.SOLUTION)[0].hash


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The small course with all faulty tasks."""
    made = SmallCourse(CourseDirectory(tmp_path_factory.mktemp("verify") / "course"))
    extra = {"unit1/numbers.yaml": faulty.NUMBERS, "assessments/trial.yaml": faulty.ASSESSMENT}
    for name, text in {**FILES, **faulty.TASKS, **extra}.items():
        made.write(name, text.replace("FAULT", A_FAULT) if name.endswith("waives/question.yaml") else text)
    return made


@pytest.fixture(scope="session")
def verified(course):
    """What verifying the whole bank finds, by question."""
    return {one.question: one for one in verify(course.directory, (), SETTINGS)}


@pytest.fixture
def found(verified):
    """Return the findings about a question, by code."""

    def of(question):
        by_code = {}
        for one in verified[question].findings:
            by_code.setdefault(one.code, []).append(one)
        return by_code

    return of


def test_a_sound_task_is_certified(course, verified):
    """The certificate holds the content's hash, the tools, what each answer earned, and the number of mutants."""
    certificate = verified["sound"].certificate
    assert certificate == read_certificate(course.bank, "sound")
    assert certificate.covers(course.open().questions["sound"])
    assert {"gradesmith", "python", "numpy", "verifier"} < set(certificate.tools)
    assert certificate.seeds == 2
    assert certificate.scores == {
        "solution": "3/3",
        "starter, hidden checks": "0/2",
        "junk, hidden checks": "0/2",
        "typed-in examples, hidden checks": "0/2",
        "wrong/nothing.py": "0/3",
        "wrong/remembers.py": "1/3",
        "wrong/squares.py": "0/3",
    }
    assert certificate.mutation.killed == certificate.mutation.made > 3
    assert {one.code for one in verified["sound"].findings} == {"few-mutants"}


def test_a_certificate_has_no_time_in_it(course, verified, monkeypatch):
    """Verifying again gives the same bytes, even where checks are said to compute for too long."""
    monkeypatch.setattr(judging, "MOST_SECONDS", 0)
    path = certificate_path(course.bank, "sound")
    before = path.read_bytes()
    (again,) = verify(course.directory, ["sound"], Settings(seeds=2, jobs=1, again=True))
    assert not again.skipped
    (slow,) = [one for one in again.findings if one.code == "slow-checks"]
    assert (slow.severity, slow.place.path.name) == ("note", "checks.py")
    assert "slow-checks" not in {one.code for one in verified["sound"].findings}
    assert path.read_bytes() == before
    assert b"second" not in before


def test_what_is_certified_is_skipped(course, verified):
    """And what was remarked on is said again; more seeds are more work."""
    (skipped,) = verify(course.directory, ["sound"], SETTINGS)
    assert skipped.skipped
    assert [one.code for one in skipped.findings] == [one.code for one in verified["sound"].findings]


def test_a_solution_that_fails(found, verified):
    """Nothing else is judged, and there is no certificate."""
    assert verified["wrong-solution"].certificate is None
    first, second = found("wrong-solution")["solution-fails"]
    assert "test_example: the solution fails (run twice, seed 1: FAILED)" in first.message
    assert (first.place.path.name, first.place.line) == ("checks.py", 6)
    assert "test_fresh" in second.message
    assert "weak-checks" not in found("wrong-solution")


def test_a_solution_that_is_right_only_once(found):
    """Run twice in one process, it must be right twice."""
    assert any("run twice" in one.message for one in found("remembers-calls")["solution-fails"])


def test_what_earns_without_work(found):
    """The starter, junk and typed-in examples pass checks that ask for too little."""
    loose = found("loose")
    assert ["test_is_there" in one.message for one in loose["starter-earns"]] == [True]
    junk = " ".join(one.message for one in loose["junk-earns"])
    assert "test_is_there: junk passes this hidden check (None)" in junk
    assert "test_type: junk passes this hidden check (an exception)" in junk
    typed = " ".join(one.message for one in loose["hard-coding-earns"])
    assert "test_example_again" in typed
    assert "test_fresh" not in junk + typed
    assert {one.place.path.name for one in loose["junk-earns"]} == {"checks.py"}


def test_a_check_that_breaks(found):
    """A check whose fixture can't use what it gets breaks instead of failing."""
    assert "test_fixture" in found("loose")["check-breaks"][0].message


def test_an_idle_check(found):
    """A check that nothing fails asks for nothing."""
    (idle,) = found("weak")["idle-check"]
    assert idle.message.startswith("test_idle: an idle check")


def test_wrong_answers_that_are_wrongly_named(found):
    """What fails must be what the docstring names; the finding stands at the answer's file."""
    (misnamed,) = found("misnamed")["wrong-misnamed"]
    assert misnamed.place.path.name == "squares.py"
    assert "fails test_example, test_fresh" in misnamed.message
    (unnamed,) = found("misnamed")["wrong-unnamed"]
    assert unnamed.hint.endswith("Caught by: test_example, test_fresh")
    assert found("misnamed")["few-wrong-answers"][0].severity == "warning"


def test_a_title_that_tells_the_answer(found):
    """Students read the title of a hidden check."""
    (leak,) = found("tells")["feedback-leaks"]
    assert "42 is what a right answer gives" in leak.message
    assert (leak.place.path.name, leak.place.line) == ("checks.py", 19)


def test_a_slow_solution(found):
    """Three times as long as the solution must be allowed."""
    (slow,) = found("slow")["too-slow"]
    assert slow.message == "test_fresh: the solution needs more than a third of the 1.5 s allowed"


def test_weak_checks(found):
    """Mutants that live are shown as diffs at their line; too many of them, and there is no certificate."""
    weak = found("weak")
    assert "less than 90 %" in weak["weak-checks"][0].message
    survivor = weak["mutant-survives"][0]
    assert survivor.place.path.name == "solution.py"
    assert "\n-    " in survivor.message
    assert "\n+    " in survivor.message


def test_few_mutants(found, verified):
    """Too few prove nothing, unless it is said why there are no more; and then there must not be enough."""
    (few,) = found("short")["few-mutants"]
    assert (few.severity, few.place.path.name) == ("error", "solution.py")
    assert verified["short"].certificate is None
    (waived,) = found("sound")["few-mutants"]
    assert (waived.severity, waived.message.partition(": ")[2]) == (
        "note",
        "A product of two has few places for a fault.",
    )
    assert "few_mutants: the solution has" in found("long")["waiver-of-nothing"][0].message


def test_a_solution_that_needs_its_checks_in_order(found):
    """What holds only because of an earlier check's call is no solution."""
    failures = found("in-order")["solution-fails"]
    assert failures
    assert all("checks reversed, seed 1: FAILED" in one.message for one in failures)


def test_a_starter_that_passes_a_visible_check(found, verified):
    """It is noted where, and the task may be used."""
    (note,) = found("started")["starter-passes-visible"]
    assert (note.severity, note.place.path.name, note.place.line) == ("note", "checks.py", 6)
    assert verified["started"].certificate is not None


def test_a_check_that_costly_junk_breaks(found):
    """Loops, floods and huge allocations are tried as well, and what they break is told by their names."""
    (broken,) = found("runs-out")["check-breaks"]
    assert "test_room: a huge allocation breaks this check" in broken.message


def test_waivers(found):
    """A waiver names a mutant that is there and that no check notices; a tenth of all at most."""
    waives = found("waives")
    assert "m000000000 is no mutant" in waives["waiver-of-nothing"][0].message
    assert f"{A_FAULT} is no equivalent: it fails test_example, test_fresh" in waives["waiver-of-a-fault"][0].message
    assert "too-many-waivers" in waives


def test_drawn_questions(verified):
    """Of other kinds, all draws are judged; the certificate says how many variants there are."""
    for name in ("largest-number", "screening", "reasons", "sums"):
        assert verified[name].findings == ()
        assert verified[name].certificate.seeds == 60
    assert verified["largest-number"].certificate.variants > 20
    assert verified["reasons"].certificate.variants == 1
    assert 30 < verified["sums"].certificate.variants <= 60


def test_feedback_that_states_the_key(found):
    """What a known mistake's feedback says comes out; a number of the prompt, or one hit by chance, is none."""
    (leak,) = found("blurts")["feedback-leaks"]
    assert leak.message.startswith('total, mistake 1: students read "You subtracted ')
    assert leak.message.endswith("is what is right")
    assert "feedback-leaks" not in found("sums")


def test_questions_that_can_not_be_drawn_again(found, verified):
    """A value of chance is another one the next time; a draw that fails is told with its seed."""
    assert "another variant" in found("dice")["not-deterministic"][0].message
    failed = found("shares")["cannot-draw"][0]
    assert "ZeroDivisionError" in failed.message
    assert "seed " in failed.message
    assert verified["dice"].certificate is verified["shares"].certificate is None


def test_nobody_is_verified_who_is_not_there(course):
    """The nearest question is suggested."""
    with pytest.raises(NotFound, match="did you mean sound"):
        verify(course.directory, ["sounds"], SETTINGS)


def test_certificates_of_what_is_gone_are_removed(course, verified):
    """Only a question that fails now loses its certificate, and one that is no more."""
    stranger = certificate_path(course.bank, "no-such-question")
    stranger.write_text("{}")
    verify(course.directory, ["sound"], SETTINGS)
    assert stranger.exists()
    assert {path.stem for path in stranger.parent.glob("*.json")} - {"no-such-question"} == {
        name for name, one in verified.items() if one.certificate is not None
    }
    stranger.unlink()


def test_shipped_certificates_are_fresh(shipped):
    """Every question that may be used was verified as it stands, under enough seeds: gradesmith bank verify."""
    used = [one for one in shipped.questions.values() if not one.retired]
    certificates = {one.id: read_certificate(shipped.root, one.id) for one in used}
    stale = [one.id for one in used if not (certificates[one.id] and certificates[one.id].proves(one))]
    assert stale == []
    tasks = [one.mutation for one in certificates.values() if one.mutation is not None]
    assert all(one.score >= 0.9 and one.waived * 10 <= one.made and one.made >= 15 for one in tasks)


def test_shipped_certificates_are_of_questions(shipped):
    """No certificate is left of a question that is gone, and each is written as it would be now."""
    folder = shipped.root / "certificates"
    names = {path.stem for path in folder.glob("*.json")}
    assert names <= set(shipped.questions)
    assert all(json.loads((folder / f"{name}.json").read_text())["question"] == name for name in names)


def broken(small, name):
    """Write a file that can't be read, and an old certificate of what stood in it."""
    small.write(name, "- id: broken\n  prompt: [")
    kept = certificate_path(small.bank, "broken")
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("{}")
    return kept


def test_what_cannot_be_read_is_told_and_the_rest_is_verified(small):
    """So is what has an error of its own; neither gets a certificate, nor loses one."""
    kept = broken(small, "unit1/broken.yaml")
    shutil.rmtree(small.bank / "unit1" / "doubling")
    small.edit("unit1/words.yaml", "topics: [counting]", "topics: [no-such-topic]")
    typed = ["--course", str(small.directory.root), "bank", "verify", "--draws", "60"]
    done = CliRunner().invoke(cli, typed)
    assert done.exit_code == 1
    said = [line for line in done.output.splitlines() if line.startswith("error: ")]
    assert any("broken.yaml:" in line for line in said)
    assert any("words.yaml:" in line and "no-such-topic" in line for line in said)
    assert "3 questions, 3 certified, 3 errors in the bank, see above" in done.output
    assert kept.exists()
    assert certificate_path(small.bank, "screening").exists()
    assert not certificate_path(small.bank, "reasons").exists()


def test_a_named_question_is_verified_whatever_is_wrong_elsewhere(small):
    """What is wrong with itself is said, and so is all that is wrong where there is no such question."""
    broken(small, "unit1/broken.yaml")
    assert [one.question for one in verify(small.directory, ["reasons"], SETTINGS)] == ["reasons"]
    with pytest.raises(Rejected, match=r"broken\.yaml"):
        verify(small.directory, ["broken"], SETTINGS)


def test_while_an_assessment_cannot_be_read_tasks_are_left_out(small):
    """Nobody knows how long their solutions may take."""
    broken(small, "assessments/exam.yaml")
    found = verify(small.directory, (), SETTINGS, errors=Diagnostics())
    assert {one.question for one in found} == {"largest-number", "reasons", "screening", "smallest-number"}
    with pytest.raises(Rejected, match=r"exam\.yaml"):
        verify(small.directory, ["double-it"], SETTINGS)
