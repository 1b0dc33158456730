"""What is built or released was verified as it stands, or somebody said that it need not be."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from gradesmith.bank.certificates import certificate_path, certificate_text
from gradesmith.cli.main import cli
from gradesmith.model.certificates import DRAWS, SEEDS, Certificate, MutationCount
from gradesmith.workflows.author import build
from gradesmith.workflows.verify import Uncertified
from gradesmith.workflows.verify.certify import tools


def certify(small, name, **changes):
    """Write a certificate as if the question had been verified."""
    question = small.open().questions[name]
    made = Certificate(question=name, kind=question.kind, content=question.digest, tools=tools(), seeds=1000)
    path = certificate_path(small.bank, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(certificate_text(made.but(**changes)))


@pytest.fixture
def certified(small):
    """A course in which every question is certified."""
    for name in small.open().questions:
        certify(small, name)
    return small


@pytest.fixture
def typed(small):
    """Type a command in the small course."""
    return lambda *words: CliRunner().invoke(cli, ["--course", str(small.directory.root), *words])


def test_nothing_is_built_of_what_was_never_verified(small):
    """Every such question is listed, with the command to type; nothing is written."""
    with pytest.raises(Uncertified) as refused:
        build(small.directory, ["practice"])
    assert refused.value.message.splitlines() == ["double-it: was never verified", "reasons: was never verified"]
    assert refused.value.remedy.startswith("gradesmith bank verify double-it reasons; or,")
    assert not (small.directory.root / "source").exists()


@pytest.mark.parametrize("command", ["build", "release"])
def test_both_commands_ask(typed, certified, command):
    """A question changed since needs verifying again; `--uncertified` is the word that it need not."""
    assert typed(command, "practice").exit_code == 0
    certified.edit("unit1/doubling/checks.py", "Fresh numbers.", "Some fresh numbers.")
    refused = typed(command, "practice")
    assert refused.exit_code == 1
    assert refused.exception.message == "double-it: was changed since it was verified"
    assert typed(command, "practice", "--uncertified").exit_code == 0


def test_too_few_seeds_prove_nothing(certified, small):
    """A coding task needs 5, any other question 1000; whoever tried fewer is told how many."""
    certify(small, "reasons", seeds=DRAWS - 1)
    certify(small, "double-it", seeds=SEEDS - 1)
    with pytest.raises(Uncertified) as refused:
        build(small.directory, ["practice"])
    assert refused.value.message.splitlines() == [
        "double-it: was verified under 4 seeds, not the 5 that it needs",
        "reasons: was verified under 999 seeds, not the 1000 that it needs",
    ]
    certify(small, "reasons", seeds=DRAWS)
    certify(small, "double-it", seeds=SEEDS)
    build(small.directory, ["practice"])
    assert (small.directory.root / "source").exists()


def test_other_tools_are_only_told(certified, small):
    """With another version of a library the certificate still counts; one is told to verify again."""
    certify(small, "reasons", tools={**tools(), "numpy": "1.0"})
    warnings = []
    build(small.directory, ["practice"], warn=warnings.append)
    (warning,) = warnings
    assert warning == "1 question was verified with other versions of the tools: gradesmith bank verify reasons"


def test_an_unreadable_certificate_is_none(certified, small):
    """It is not believed, and nothing breaks."""
    certificate_path(small.bank, "reasons").write_text("{")
    with pytest.raises(Uncertified, match="reasons: was never verified"):
        build(small.directory, ["practice"])


def test_verifying_prints_a_table_or_json(typed, certified):
    """What was certified before is said to be; exit code 0 when there is nothing to mend."""
    done = typed("bank", "verify", "reasons", "largest-number")
    assert done.exit_code == 0
    assert "2 questions, 2 certified, 2 of them before" in done.output
    (fact,) = json.loads(typed("bank", "verify", "reasons", "--json").output)
    assert fact["skipped"]
    assert fact["certificate"]["question"] == "reasons"
    assert fact["findings"] == []


def test_a_warning_remembered_is_a_finding(typed, certified, small):
    """Exit code 1, each time, until it is mended."""
    remark = {"code": "few-wrong-answers", "severity": "warning", "message": "too few", "hint": "write some"}
    certify(small, "double-it", remarks=[remark], mutation={"made": 20, "waived": 2, "killed": 17})
    done = typed("bank", "verify", "double-it")
    assert done.exit_code == 1
    assert "warning: " in done.output
    assert "double-it: too few\n  write some" in done.output
    assert "94.4 %" in done.output


def test_a_weak_bank_is_a_finding(typed, certified, small):
    """Of a whole bank half the tasks must notice 95 % of their mutants; of one question nothing is said."""
    certify(small, "double-it", mutation={"made": 100, "waived": 0, "killed": 94})
    assert typed("bank", "verify", "double-it").exit_code == 0
    done = typed("bank", "verify")
    assert done.exit_code == 1
    assert "the median mutation score of 1 coding tasks is 94.0 %, less than 95 %" in done.output
    assert json.loads(typed("bank", "verify", "--json").output)[-1]["findings"][0]["code"] == "weak-bank"
    certify(small, "double-it", mutation={"made": 100, "waived": 0, "killed": 95})
    assert typed("bank", "verify").exit_code == 0


def test_a_score_leaves_out_what_is_waived():
    """Where there is nothing to notice, all is noticed."""
    assert MutationCount(made=20, waived=2, killed=9).score * 2 == 1
    assert MutationCount(made=1, waived=1, killed=0).score == 1
