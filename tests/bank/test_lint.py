"""Every rule finds what it is for, says so in words that are kept, and leaves sound questions alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gradesmith.bank.lint.pages import INDEX, rule_pages, summary
from gradesmith.bank.lint.registry import RULES
from gradesmith.bank.lint.run import Findings
from gradesmith.course.directories import CourseDirectory
from gradesmith.diagnostics import Severity
from gradesmith.errors import NotFound
from gradesmith.workflows.lint import lint_bank, write_rule_pages

HERE = Path(__file__).parent
GOLDEN = HERE / "lint_messages.json"
CASES = sorted((HERE / "faulty").iterdir())
COURSE = (HERE / "faulty_course.yaml").read_text(encoding="utf-8")


def named(case: Path) -> str:
    """Return the rule that the first comment of a case names."""
    first = case if case.is_file() else min(case.rglob("*.yaml"))
    return first.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")


def bank_of(root: Path, case: Path) -> CourseDirectory:
    """Make a bank of nothing but this case: a list, a task's folder, or a folder with units and assessments."""
    course = CourseDirectory(root / "course")
    (course.bank / "unit1").mkdir(parents=True)
    (course.bank / "course.yaml").write_text(COURSE, encoding="utf-8")
    if case.is_file():
        shutil.copy(case, course.bank / "unit1")
    elif (case / "question.yaml").is_file():
        shutil.copytree(case, course.bank / "unit1" / case.name)
    else:
        shutil.copytree(case, course.bank, dirs_exist_ok=True)
    return course


def told(findings: Findings, root: Path) -> list[str]:
    """Return each complaint as one line, with paths from the bank."""
    return [
        f"{one.place.path.relative_to(root / 'course' / 'question_bank')}:{one.place.line}:{one.place.column}: "
        f"{one.severity.value} {one.code}: {one.subject}: {one.message}; {one.hint}"
        for one in findings.complaints
    ]


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Findings, list[str]]]:
    """What lint says of every faulty case by itself."""
    results = {}
    for case in CASES:
        root = tmp_path_factory.mktemp("lint")
        findings = lint_bank(bank_of(root, case))
        results[case.name] = (findings, told(findings, root))
    return results


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_question_breaks_the_rule_it_names_and_no_other(case, found):
    """The first comment names the rule; lint on this case alone yields exactly its code."""
    findings, lines = found[case.name]
    assert {one.code for one in findings.complaints} == {named(case)}, lines


def test_there_is_a_faulty_question_for_every_rule():
    """A rule that was never seen to find anything may find nothing."""
    assert {named(case) for case in CASES} == set(RULES)
    assert len(CASES) >= 40


def test_what_rules_say_is_kept(found, update_golden):
    """Messages change on purpose only: python -m pytest tests/bank --update-golden."""
    messages = {name: lines for name, (_, lines) in sorted(found.items())}
    if update_golden:
        GOLDEN.write_text(json.dumps(messages, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert messages == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_complaint_has_a_place_and_a_remedy(found):
    """A file that is there, a line and a column within it; and what would be right."""
    for findings, _ in found.values():
        for one in findings.complaints:
            assert one.place.path.exists()
            assert one.hint or one.code == "check-unmarked", one
            if one.place.path.is_file():
                line = one.place.path.read_text(encoding="utf-8").split("\n")[one.place.line - 1]
                assert len(line) >= one.place.column - 1


def test_a_severity_is_that_of_the_rule(found):
    """Whatever a rule finds has the severity that its page shows."""
    for findings, _ in found.values():
        assert {(one.code, one.severity) for one in findings.complaints} == {
            (one.code, RULES[one.code].severity) for one in findings.complaints
        }


def test_the_shipped_bank_has_no_errors(repository):
    """Nor warnings that nobody has answered."""
    findings = lint_bank(repository)
    bad = [str(one) for one in findings.complaints if one.severity is not Severity.NOTE]
    assert bad == []


# Sound questions that look like faulty ones

FIXED = """\
- id: fixed
  kind: single_choice
  lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: easy
  bloom: apply
  minutes: 2
  prompt: {prompt}
  key: {key}
  show: 3
  distractors:
    - text: {first}
      because: That is the first misconception of all.
    - text: {second}
      because: That is the second of several misconceptions.
  explanation: This is why the key is the right one here.
  source: The book of counting, chapter 1
"""
SOUND = {"prompt": "What is counted here?", "key": "The blocks", "first": "The people", "second": "The houses"}


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "Which of these is **not** counted here?"},
        {"prompt": "Which of these is NOT counted here?"},
        {"prompt": "It was not easy to count. What is counted here?"},
        {"prompt": "Twelve were drawn. What is the notable thing, and what is counted?"},
        {"key": "All people", "first": "All houses", "second": "All blocks"},
        {"key": "Both groups", "first": "Neither group", "second": "One of the groups"},
        {"key": "No threshold reaches it", "first": "A lower one reaches it", "second": "A high one reaches it"},
        {"key": '"10"', "first": '"20"', "second": '"5"'},
        {"key": "10 %", "first": "20 %", "second": "5 %"},
        {"key": "10 to 19", "first": "20 to 29", "second": "30 to 39"},
        {"key": "Less than 10", "first": "10 to 19", "second": "At least 20"},
        {"key": "Less than 10", "first": "At least 10", "second": "10 dozen"},
        {"prompt": "Counted is a", "key": "block", "first": "person", "second": "house"},
        {"prompt": "Counted is an", "key": "area", "first": "animal", "second": "item"},
        {"prompt": "Which are counted?", "key": "The blocks", "first": "The persons", "second": "The houses"},
        {"prompt": "See ![three blocks](blocks.png). What is counted?"},
        {"prompt": "What is counted is written here ____"},
    ],
    ids=lambda changes: next(iter(changes.values()))[:40],
)
def test_a_sound_question_is_left_alone(tmp_path, changes):
    """A word in another sense, an emphasised "not", ranges that end in time."""
    case = tmp_path / "sound.yaml"
    case.write_text(FIXED.format(**{**SOUND, **changes}), encoding="utf-8")
    assert told(lint_bank(bank_of(tmp_path, case)), tmp_path) == []


SAFE_CHECKS = [
    "value = student.mean([1.0])\nassert isinstance(value, float)",
    "value = student.mean([1.0])\nassert isinstance(value, (int, np.floating))",
    "assert sklearn_score(student.mean([rng.normal()])) >= 0",
    "expected = 2.5\nassert student.mean([1, 4]) == expected, 'the mean of two numbers is wrong'",
    "expected = 2.5\nvalue = student.mean([1, 4])\nassert value == expected, f'{value} is not the mean'",
    "assert student.mean([3, 3]) == 3, 'a list of two equal numbers'",
    "expected = 2.5\nif student.mean([1, 4]) != expected:\n    pytest.fail('the mean of two numbers is wrong')",
    "numbers = [1, 4]\nnp.testing.assert_allclose(student.mean(numbers), 2.5, err_msg=f'wrong for {numbers}')",
    "for size in (4, 9):\n    assert np.allclose(student.mean(size), oracle(size)), f'wrong for {size}'",
    "if not rng.random():\n    raise ValueError('the list has 20 numbers')\nassert student.mean([1]) == 1",
    "table = student.mean([1])\nassert table.shape == (1,) and table['a'].sum() == 1",
    "fitted = Oracle().fit(student.mean([1]))\nassert fitted.predict(1) == 1",
    "assert np.asarray(student.mean([1])).cumsum()[0] == 1",
    "scorer = Oracle()\nassert scorer.score(student.mean([1])) == 1",
]


@pytest.mark.parametrize("body", SAFE_CHECKS, ids=lambda body: body[-50:])
def test_a_safe_check_is_left_alone(tmp_path, body):
    """Plain classes, an oracle's own score, and messages that show what the student gave."""
    case = tmp_path / "task"
    shutil.copytree(HERE / "faulty" / "points-off-sum", case)
    (case / "question.yaml").write_text((case / "question.yaml").read_text().replace("points: 5", "points: 3"))
    lines = [f"    {line}" for line in body.split("\n")]
    text = (case / "checks.py").read_text().partition("    numbers = rng")[0] + "\n".join(lines) + "\n"
    (case / "checks.py").write_text(text)
    assert told(lint_bank(bank_of(tmp_path, case)), tmp_path) == []


# Waivers, choices of rules, retired questions


def test_a_waiver_takes_a_complaint_out_and_keeps_its_reason(small):
    """It is listed with the reason; the counts are without it."""
    small.edit("unit1/choice.yaml", "show: 2", "show: 2\n  lint_ignore: {option-count: There are only two.}")
    findings = lint_bank(small.directory)
    assert [(one.complaint.code, one.reason) for one in findings.waived] == [("option-count", "There are only two.")]
    assert "option-count" not in {one.code for one in findings.complaints}


@pytest.mark.parametrize("reason", ["", "''", "' '"])
def test_a_waiver_without_a_reason_is_refused(small, reason):
    """Whoever waives says why."""
    small.edit("unit1/choice.yaml", "show: 2", f"show: 2\n  lint_ignore: {{option-count: {reason}}}")
    assert "option-count" in small.error().message


def test_a_waiver_leaves_the_version_of_a_question_alone(small):
    """What has no bearing on students draws no new variants."""
    before = small.open().question("smallest-number")
    small.edit("unit1/choice.yaml", "show: 2", "show: 2\n  lint_ignore: {option-count: There are only two.}")
    after = small.open().question("smallest-number")
    assert (before.version, after.lint_ignore) == (after.version, {"option-count": "There are only two."})


def test_one_rule_or_one_question_can_be_asked_for(small):
    """The others are not heard."""
    assert {one.code for one in lint_bank(small.directory, codes=["option-count"]).complaints} == {"option-count"}
    assert {one.subject for one in lint_bank(small.directory, ["double-it"]).complaints} <= {"double-it"}


@pytest.mark.parametrize("asked", [{"codes": ["negative-stm"]}, {"names": ["smallest-numbr"]}])
def test_what_is_not_there_suggests_the_nearest(small, asked):
    """Rules and questions alike."""
    with pytest.raises(NotFound) as caught:
        lint_bank(small.directory, **asked)
    assert "negative-stem" in caught.value.remedy or "smallest-number" in caught.value.remedy


def test_a_retired_question_is_not_judged(small):
    """What was handed out can't be mended."""
    small.edit("unit1/choice.yaml", "show: 2", "show: 2\n  retired: true")
    assert "smallest-number" not in {one.subject for one in lint_bank(small.directory).complaints}


def test_what_cannot_be_read_is_listed_beside_what_can(small):
    """A question that is refused hides no complaint about another."""
    small.edit("unit1/words.yaml", "bloom: apply", "bloom: enjoy")
    codes = {one.code for one in lint_bank(small.directory).complaints}
    assert {"enum", "option-count"} <= codes


# Pages


def test_the_pages_of_the_rules_are_fresh(repository):
    """What stands in the documentation is what the rules say: gradesmith bank lint --write-docs."""
    assert write_rule_pages(repository.root / "docs" / "author" / "rules", check=True) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_page_says_what_is_wrong_and_what_is_right(rule):
    """A sentence, a reason, and two examples."""
    page = rule_pages()[f"{rule.code}.md"]
    assert summary(rule).endswith(".")
    assert "\nWrong:\n\n```" in page
    assert "\nRight:\n\n```" in page
    assert len(page.split("Wrong:")[0].split()) > 25


def test_pages_are_written_and_those_of_former_rules_removed(tmp_path):
    """Checking writes nothing."""
    (tmp_path / "former-rule.md").write_text("gone")
    assert len(write_rule_pages(tmp_path, check=True)) == len(RULES) + 2
    write_rule_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {INDEX, *(f"{code}.md" for code in RULES)}
    assert write_rule_pages(tmp_path, check=True) == []
