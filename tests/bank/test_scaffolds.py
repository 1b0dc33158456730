"""A scaffold can be read at once, and passes lint once its TODOs are written."""

from __future__ import annotations

import pytest

from gradesmith.errors import GradesmithError, NotFound
from gradesmith.kinds.registry import all_kinds
from gradesmith.workflows.drafts import new_question
from gradesmith.workflows.lint import lint_bank

WRITTEN = "What an author would have written here, number"


def filled_in(text):
    """Write something else for every TODO, as an author does."""
    pieces = text.replace("outcomes: []", "outcomes: [count-things]").split("TODO")
    return "".join(f"{piece}{WRITTEN} {number} " for number, piece in enumerate(pieces[:-1])) + pieces[-1]


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_a_scaffold_passes_lint_once_filled_in(small, kind):
    """Before, it loads and lint names only what is missing; after, nothing is left to say."""
    target = small.bank / "unit1" / ("fresh" if all_kinds()[kind].folder else "fresh.yaml")
    begun = new_question(small.directory, kind, target)
    assert begun.ids == ("fresh",)
    assert small.open().question("fresh").kind == kind
    assert {one.code for one in lint_bank(small.directory, ["fresh"]).complaints} == {"todo", "no-outcome"}
    for path in begun.paths:
        path.write_text(filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert [str(one) for one in lint_bank(small.directory, ["fresh"]).complaints] == []


def test_a_second_question_goes_to_the_end_of_the_list(small):
    """What stands there stays as it is."""
    path = small.bank / "unit1/choice.yaml"
    before = path.read_text()
    new_question(small.directory, "single_choice", path, name="third-number", lecture="1.2")
    assert path.read_text().startswith(before.rstrip("\n"))
    assert small.open().question("third-number").lecture == "1.2"


def test_the_first_line_leads_to_the_schema(small):
    """From wherever the file stands."""
    (path,) = new_question(small.directory, "written", small.bank / "unit1/deep/words.yaml").paths
    assert path.read_text().startswith("# yaml-language-server: $schema=../../schema/written.json\n- id: words\n")


@pytest.mark.parametrize(
    ("kind", "path", "options", "message"),
    [
        ("written", "unit1/words.yaml", {"name": "reasons"}, '"reasons" is taken'),
        ("written", "unit1/fresh.yaml", {"name": "No Id"}, "can't be an id"),
        ("written", "unit1/fresh.yaml", {"lecture": "9.9"}, 'there is no lecture "9.9"'),
        ("written", "unit1/fresh.txt", {}, "a list of questions is a .yaml file"),
        ("written", "../fresh.yaml", {}, "does not lie in a unit of the bank"),
        ("written", "assessments/fresh.yaml", {}, "does not lie in a unit of the bank"),
        ("code", "unit1/doubling", {"name": "fresh"}, "is there already"),
        ("writen", "unit1/fresh.yaml", {}, "there is no kind of question"),
    ],
)
def test_what_cannot_be_begun_is_said(small, kind, path, options, message):
    """And nothing is written."""
    before = sorted(small.directory.root.rglob("*"))
    with pytest.raises(GradesmithError, match=message.replace(".", r"\.")):
        new_question(small.directory, kind, small.bank / path, **options)
    assert sorted(small.directory.root.rglob("*")) == before


def test_a_kind_without_a_scaffold_says_so(small, monkeypatch):
    """With what to do instead."""

    class Bare:
        name = "bare"
        folder = {}

    monkeypatch.setattr("gradesmith.workflows.drafts.kind_named", lambda name: Bare())
    with pytest.raises(NotFound, match='the kind "bare" brings no scaffold'):
        new_question(small.directory, "bare", small.bank / "unit1/fresh.yaml")
