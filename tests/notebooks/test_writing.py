"""Notebooks are valid, the same to the byte, and the released ones hold nothing that tells a key."""

from __future__ import annotations

import ast
import json
import os
import shutil
import sys
import types
from fractions import Fraction
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory as NbgraderDirectory
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import PyFileConfigLoader

from gradesmith.model.assessments import Narrative
from gradesmith.model.keys import ChoiceKey, CodeKey, FieldsKey, TextKey
from gradesmith.notebooks.check_cells import split
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.notebooks.writing import answered_notebook, instructor_notebook, solutions, student_notebook
from gradesmith.rules.scoring import round_half_up
from gradesmith.workflows.assemble import make_form
from gradesmith.workflows.author import build

FORMS = ["quiz", "practice", "wt5", "practical-07"]


@pytest.fixture(params=FORMS)
def form(request, session_course, shipped):
    """Each small form and each of the shipped ones."""
    return forms_by_name(session_course, shipped)[request.param]()


def forms_by_name(course, shipped):
    small = {name: lambda name=name: course.form(name) for name in FORMS[:2]}
    return small | {name: lambda name=name: make_form(shipped, name) for name in FORMS[2:]}


def cells_of(text):
    return json.loads(text)["cells"]


def sources(text):
    return {cell["id"]: "".join(cell["source"]) for cell in cells_of(text)}


def test_notebooks_are_valid_for_jupyter_and_nbgrader(form):
    """Both notebooks satisfy the format's schema and nbgrader's, version 3."""
    for text in (instructor_notebook(form), student_notebook(form)):
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
        assert {cell.metadata.nbgrader.schema_version for cell in notebook.cells} == {3}
        assert len({cell.metadata.nbgrader.grade_id for cell in notebook.cells}) == len(notebook.cells)


def test_notebooks_are_the_same_to_the_byte(session_course, shipped):
    """Made twice, from a bank read twice, not a byte differs."""
    for make in forms_by_name(session_course, shipped).values():
        one, two = make(), make()
        assert instructor_notebook(one) == instructor_notebook(two)
        assert student_notebook(one) == student_notebook(two)


def test_points_of_the_cells_add_up_to_the_form(form):
    """What nbgrader adds up is what the title says."""
    points = [cell["metadata"]["nbgrader"].get("points", 0) for cell in cells_of(student_notebook(form))]
    assert sum(points) == pytest.approx(float(form.points))


def lines_of(text):
    return {line.strip() for line in text.splitlines() if len(line.strip()) > 12}


def public(form):
    """Return every line that students are meant to see."""
    shown = [item.text if isinstance(item, Narrative) else item.variant.prompt for item in form.items]
    for slot in form.slots:
        for part in slot.variant.parts:
            shown.append(getattr(part.interaction, "starter", ""))
            if isinstance(part.key, CodeKey):
                shown += split(part.key)[0]
    return set().union(*map(lines_of, shown))


def secrets(form):
    """Yield what must not stand anywhere in a released notebook."""
    for slot in form.slots:
        yield from (str(slot.rng_seed), str(slot.variant.seed), slot.variant.version)
        yield from lines_of(slot.variant.explanation)
        for part in slot.variant.parts:
            yield from _secrets_of(part.key)


def _secrets_of(key):
    match key:
        case ChoiceKey(reasons=reasons):
            yield from reasons.values()
        case FieldsKey(fields=fields):
            for field in fields:
                yield from (repr(number) for number in [field.value, *(one.value for one in field.mistakes)] if number)
                yield from (mistake.feedback for mistake in field.mistakes)
        case CodeKey(checks=checks, solution=solution):
            yield from (word for check in checks if not check.visible for word in (check.name, check.title))
            yield from lines_of(solution)
            yield from (line for piece in split(key)[1] for line in lines_of(piece))
        case TextKey(rubric=rubric, answer=answer):
            yield from lines_of(answer)
            yield from (criterion.text.strip() for criterion in rubric)


def test_a_released_notebook_tells_no_key(form):
    """No solution, hidden check, seed, reason, rubric, model answer or key value stands in it, metadata included."""
    text = student_notebook(form)
    everything = "\n".join([*sources(text).values(), json.dumps(json.loads(text)["metadata"]), *(
        json.dumps(cell["metadata"], ensure_ascii=False) for cell in cells_of(text)
    )])  # fmt: skip
    hidden = {secret for secret in secrets(form) if len(secret) > 3} - public(form)
    assert len(hidden) > 10
    assert [secret for secret in hidden if secret in everything] == []
    assert "HIDDEN" not in everything
    assert "SOLUTION" not in everything


def test_the_metadata_of_an_answer_says_only_how_to_draw_it(form):
    """Slot, kind of input, letters and field names: an editor needs no more."""
    known = {"slot", "type", "options", "multiple", "fields"}
    for text in (instructor_notebook(form), student_notebook(form)):
        for cell in cells_of(text):
            assert set(cell["metadata"].get("gradesmith", {})) <= known
            assert set(cell["metadata"]) <= {"nbgrader", "gradesmith", "deletable", "editable", "jupyter"}


def test_the_source_notebook_holds_what_the_release_must_not(quiz):
    """The instructor sees solution, hidden checks and key: the test above looks for things that are there."""
    text = "\n".join(sources(instructor_notebook(quiz)).values())
    for secret in ("reference_solution", "test_secretly", "secret_oracle", "Rubric-names-the-misses", "Model-answer"):
        assert secret in text


@pytest.fixture(scope="module")
def generated(tmp_path_factory, repository, session_course, shipped):
    """What ``nbgrader generate_assignment`` makes of our source notebooks, with this repository's configuration."""
    root = tmp_path_factory.mktemp("nbgrader")
    shutil.copy(repository.root / "nbgrader_config.py", root)
    (root / "gradebook").mkdir()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    api = NbGraderAPI(NbgraderDirectory(config=config), config=config)
    texts = {}
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader calls alembic by its name.
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        for name, make in forms_by_name(session_course, shipped).items():
            source = root / "source" / name / f"{name}.ipynb"
            source.parent.mkdir(parents=True)
            source.write_text(instructor_notebook(make()), encoding="utf-8")
            done = api.generate_assignment(name)
            assert done["success"], done["log"]
            texts[name] = (root / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    return texts


def test_our_release_is_what_nbgrader_makes_of_our_source(generated, form):
    """Cell for cell the same source and the same metadata, checksums included."""
    ours = [(cell["id"], cell["source"], cell["metadata"]) for cell in cells_of(student_notebook(form))]
    theirs = [(cell["id"], cell["source"], cell["metadata"]) for cell in cells_of(generated[form.assessment])]
    assert ours == theirs


class Jupyter:
    """Runs notebooks cell by cell, as a kernel does that has no gradesmith."""

    def __init__(self, monkeypatch):
        self.module = types.ModuleType("__main__")
        monkeypatch.setitem(sys.modules, "__main__", self.module)

    def run(self, text):
        """Return the value of each code cell's last line."""
        return {
            cell["id"]: self._cell("".join(cell["source"])) for cell in cells_of(text) if cell["cell_type"] == "code"
        }

    def _cell(self, source):
        tree = ast.parse(source)
        last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), vars(self.module))
        return eval(compile(last, "cell", "eval"), vars(self.module)) if last else None


@pytest.fixture
def jupyter(monkeypatch):
    return Jupyter(monkeypatch)


def test_the_solution_earns_all_points_in_plain_jupyter(jupyter, quiz):
    """Run from top to bottom, the source notebook gives each question its full points."""
    earned = jupyter.run(instructor_notebook(quiz))
    points = {f"{slot.name}-check": float(slot.variant.parts[0].points) for slot in quiz.slots}
    assert {cell: value for cell, value in earned.items() if cell.endswith("-check")} == points


def test_an_untouched_release_runs_and_earns_nothing(jupyter, quiz, capsys):
    """Nothing raises; what is not answered is said, with what is wanted."""
    earned = jupyter.run(student_notebook(quiz))
    assert (earned["q04-check"], earned["q01-check"]) == (0, None)
    printed = capsys.readouterr().out
    assert "q03: not answered: write a number for each" in printed
    assert "✗ Two doubled is four." in printed


def test_a_filled_in_release_says_what_was_answered(jupyter, quiz, capsys):
    """The test cell of a choice repeats the letter, without judging it; visible checks are judged."""
    answers = {**solutions(quiz), "q01": 'q01 = "B"'}
    earned = jupyter.run(answered_notebook(quiz, answers))
    printed = capsys.readouterr().out
    assert "q01: answered B" in printed
    assert "✓ Two doubled is four." in printed
    assert (earned["q01-check"], earned["q04-check"]) == (None, 5.0)


def test_a_task_whose_checks_are_all_hidden_runs_for_students(jupyter, small, capsys):
    """With nothing visible there is nothing to say and nothing to earn, and no error either."""
    small.edit("unit1/doubling/checks.py", ", visible=True", "")
    form = small.form("quiz")
    assert jupyter.run(student_notebook(form))["q04-check"] == 0
    assert jupyter.run(instructor_notebook(form))["q04-check"] == 5.0


def test_a_check_may_carry_further_marks(jupyter, small):
    """A mark of pytest's own beside ours does not change what a check is worth."""
    own = "@pytest.mark.check(points=2)\n@pytest.mark.filterwarnings('ignore')\n"
    small.edit("unit1/doubling/checks.py", "@pytest.mark.check(points=2)\n", own)
    assert jupyter.run(instructor_notebook(small.form("quiz")))["q04-check"] == 5.0


def test_an_undefined_quantity_can_be_answered(jupyter, small):
    """Where a denominator is zero, the solution says "undefined" and earns the points."""
    small.edit("unit1/matrix.yaml", "{tp: 270, fn: 280, fp: 2000, tn: 12000}", "{tp: 0, fn: 5, fp: 0, tn: 20}")
    small.edit(
        "unit1/matrix.yaml", "ask: {accuracy: 1, precision: 1, recall: 1, specificity: 1, f1: 1}", "ask: {precision: 1}"
    )
    form = small.form("quiz")
    points = round_half_up(form.slots[2].variant.parts[0].points)
    assert jupyter.run(instructor_notebook(form))["q03-check"] == float(points)


def test_a_question_is_laid_out_as_prompt_answer_and_test(quiz):
    """Locked prompt, answer, one test cell with the points; a judgement is a cell graded by hand."""
    cells = {one.id: one for one in skeleton(quiz)}
    of_q03 = ["q03-prompt", "q03", "q03-check", "q03-judgement-prompt", "q03-judgement"]
    assert [name for name in cells if name.startswith("q03")] == of_q03
    assert [cells[name].answers for name in of_q03] == [False, True, False, False, True]
    assert cells["q03-check"].points == Fraction(5)
    assert cells["q03-judgement"].graded_by_hand


def key_of(source, *visible):
    names = [node.name for node in ast.parse(source).body if getattr(node, "name", "").startswith("test_")]
    checks = [{"name": name, "title": name, "points": 1, "visible": name in visible} for name in names]
    return CodeKey.model_validate({"solution": "", "source": source, "checks": checks})


CHECKS = '''\
"""Docstring of the file."""
import json
import math as m
from os import path
import pytest

LIMIT = 3
SECRET = 4


class Shown:
    value = LIMIT


def used_by_shown():
    return m.pi


def reference():
    return path.join("a", SECRET)


@pytest.mark.check(points=1, visible=True)
def test_shown(student):
    """Shown."""
    assert used_by_shown() and Shown


@pytest.mark.check(points=1)
def test_hidden(student):
    """Hidden."""
    assert reference() == json.dumps(LIMIT)
'''


def test_what_only_hidden_checks_use_stays_hidden():
    """A visible check brings what it reaches by name, and nothing else: no reference implementation slips out."""
    shown, hidden = ("\n".join(pieces) for pieces in split(key_of(CHECKS, "test_shown")))
    for word in (
        "import math as m",
        "import pytest",
        "LIMIT = 3",
        "class Shown",
        "def used_by_shown",
        "def test_shown",
    ):
        assert word in shown
        assert word not in hidden
    for word in ("import json", "from os import path", "SECRET", "def reference", "def test_hidden"):
        assert word in hidden
        assert word not in shown
    assert "Docstring of the file" not in shown + hidden


def test_nothing_is_shown_where_no_check_is_visible():
    """Without a visible check the student's test cell says nothing about the checks."""
    shown, hidden = split(key_of(CHECKS))
    assert shown == []
    assert len(hidden) == 11


STRINGS = '''\
import pytest

TABLE = (
    """a
b
  c"""
)
NAME = "x"
FILLED = f"""one {NAME}
two"""


@pytest.mark.check(points=1, visible=True)
def test_strings(student):
    """A docstring
    of two lines."""
    inner = """d
e"""
    assert TABLE == "a\\nb\\n  c"
    assert FILLED == "one x\\ntwo"
    assert inner == "d\\ne"
'''


def test_strings_over_several_lines_survive_indentation():
    """Code moves in by one level; the inside of strings does not, wherever they stand."""
    (*pieces,) = split(key_of(STRINGS, "test_strings"))[0]
    space = {}
    exec("def outer():\n" + "\n".join(pieces) + "\n    test_strings(None)", space)
    space["outer"]()
    assert '        """A docstring\n        of two lines."""' in pieces[-1]


def test_committed_notebooks_are_fresh(repository):
    """source/ and release/ are what the bank makes."""
    assert build(repository, check=True) == []


def test_building_writes_what_checking_missed(small):
    """Checking names the stale files and writes none; building writes them; then nothing is stale."""
    root = small.directory.root
    expected = {root / kind / name / f"{name}.ipynb" for kind in ("source", "release") for name in ("quiz", "practice")}
    assert set(build(small.directory, check=True, uncertified=True)) == expected
    assert not (root / "source").exists()
    assert set(build(small.directory, uncertified=True)) == expected
    assert build(small.directory, check=True, uncertified=True) == build(small.directory, uncertified=True) == []
    small.edit("unit1/choice.yaml", "Which is largest?", "Which is the largest?")
    assert {path.name for path in build(small.directory, check=True, uncertified=True)} == {"quiz.ipynb"}
