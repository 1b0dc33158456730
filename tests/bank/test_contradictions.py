"""A blueprint that contradicts itself, the bank or another one is refused when the bank is read, with the remedy."""

from __future__ import annotations

import pytest

QUIZ = "assessments/quiz.yaml"

SECOND = """\
id: {name}
title: Another quiz
kind: weekly_test
units: [1]
minutes: 20
seed: 1
sections:
  - title: Choose
    pick: {{kind: single_choice, count: 1, points: 1}}
"""

WRONG = {
    "balance: {minutes: [20, 10]}": ("no time lies between 20 and 10 minutes", "write [10, 20]"),
    "balance: {minutes: [30, 40]}": ("to take 30 minutes or more, and it has 20", "give it 30 minutes"),
    "anchors: [largest-numbr]": ('there is no question "largest-numbr"', "did you mean largest-number?"),
    "anchors: [largest-number, largest-number]": ("stands here twice", "keep one"),
    "anchors: [reasons]": ("is of the kind written, which no section picks", "choose another one"),
    "anchors: [screening, other-screening]": ("2 anchors are of the kind confusion_matrix", "keep 1 of them"),
    "anchors: [largest-number, smallest-number]": ("are enemies", "keep one of them"),
    "anchors: [old]": ("is retired", "choose another one"),
    "anchors: [drill]": ("is for practicals", "choose another one"),
    "anchors: [elsewhere]": ("is on lecture 2.1, outside the units", "choose another one"),
    "forms: 3\nanchors: [screening]\nbalance: {overlap: 0}": ("at most 0 of 4 questions may be", "raise it to 0.25"),
    "apart_from: [quiz]": ("can't be apart from itself", "remove it"),
    "apart_from: [quizz]": ('there is no assessment "quizz"', "did you mean quiz?"),
    "apart_from: [second]": ("second is to be apart from quiz as well", "keep it in the one that is set later"),
    "apart_from: [practice]\nanchors: [double-it]": ("the anchor double-it stands in practice, too", "another anchor"),
    "canary: true": ("a single form has no other", "per_student"),
    "balance: {tolerance: 0}": ('"tolerance"', ""),
}  # fmt: skip


@pytest.fixture
def furnished(small):
    """The small course with enemies, a retired question, one for practicals, and assessments that go in a circle."""
    small.edit(
        "unit1/choice.yaml",
        "  prompt: Which is smallest?\n",
        "  prompt: Which is smallest?\n  enemies: [largest-number]\n",
    )
    matrix = (small.bank / "unit1/matrix.yaml").read_text()
    for name, more in (("other-screening", ""), ("old", "retired: true"), ("drill", "use: practical")):
        small.write(f"unit1/{name}.yaml", matrix.replace("id: screening", f"id: {name}\n  {more}"))
    small.edit("course.yaml", "    lectures: []", '    lectures: [{number: "2.1", title: Ends, topics: [counting]}]')
    small.write("unit2/matrix.yaml", matrix.replace("id: screening", "id: elsewhere").replace('"1.1"', '"2.1"'))
    small.write("assessments/second.yaml", SECOND.format(name="second") + "apart_from: [third]\n")
    small.write("assessments/third.yaml", SECOND.format(name="third"))
    assert small.open()
    return small


@pytest.mark.parametrize("line", WRONG)
def test_a_contradiction_is_named_with_its_place(furnished, line):
    """The line, what is wrong, and what would be right."""
    if "second" in line:
        furnished.write("assessments/third.yaml", SECOND.format(name="third") + "apart_from: [quiz]\n")
    furnished.edit(QUIZ, "seed: 4711\n", f"seed: 4711\n{line}\n")
    problem, hint = WRONG[line]
    found = [one for one in furnished.errors() if one.subject == "quiz"]
    assert any(problem in one.message and hint in one.hint for one in found), found
    assert all(one.place.path.name == "quiz.yaml" and one.place.line > 6 for one in found)


def test_what_agrees_is_accepted(furnished):
    """Anchors that sections can pick, and an assessment to be apart from."""
    lines = "forms: per_student\ncanary: true\nanchors: [screening]\napart_from: [second]\nbalance: {overlap: 0.5}"
    furnished.edit(QUIZ, "seed: 4711\n", f"seed: 4711\n{lines}\n")
    assert furnished.open().assessment("quiz").canary


VERSION = "0123456789abcdef"

RECORDS = {
    f"- {{question: screning, version: {VERSION}, responses: 5, mean: 0.5, sd: 0.1}}": "there is no such question",
    "- {question: screening, version: new, responses: 5, mean: 0.5, sd: 0.1}": '"version"',
    f"- {{question: screening, version: {VERSION}, responses: 0, mean: 0.5, sd: 0.1}}": '"responses"',
    f"- {{question: screening, version: {VERSION}, responses: 5, mean: 50, sd: 0.1}}": '"mean"',
    f"- {{question: screening, version: {VERSION}, responses: 5, mean: 0.5}}": 'the field "sd" is missing',
    "screening: 0.5": "a list of records is expected",
    f"- &a {{question: screening, version: {VERSION}, responses: 5, mean: 0.5, sd: 0.1}}\n- *a": "aliases",
}


@pytest.mark.parametrize("text", RECORDS)
def test_statistics_are_judged_like_all_else(small, text):
    """A record that says nothing sensible, or is about nothing, is an error with its place."""
    small.write("statistics.yaml", text)
    (error,) = small.errors()
    assert RECORDS[text] in error.message
    assert error.place.path.name == "statistics.yaml"


def test_a_record_stands_once(small):
    """Two records of one version would count the same students twice, or contradict each other."""
    line = f"- {{question: screening, version: {VERSION}, responses: 5, mean: 0.5, sd: 0.1}}\n"
    small.write("statistics.yaml", line * 2)
    assert small.error().message == f"a second record of version {VERSION}"


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n"])
def test_a_bank_needs_no_statistics(small, text):
    """Without any, authors are believed."""
    if text is not None:
        small.write("statistics.yaml", text)
    assert small.open().statistics == ()
