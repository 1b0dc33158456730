"""Honest work: cells run as in a notebook, checks speak with them, and outputs come back."""

from __future__ import annotations

import base64
import io
import math
import zlib
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt

from gradesmith.model.runs import CellStatus, ChecksToAsk, QuestionRun
from gradesmith.sandbox.engine import Engine

OPEN_FILES = Path("/proc/self/fd")
DOUBLE = "def double(x):\n    return 2 * x\n"


def texts(cell) -> str:
    return "".join(output["text"] for output in cell.outputs if output["output_type"] == "stream")


def kinds(cell) -> list[str]:
    return [output["output_type"] for output in cell.outputs]


def test_a_right_solution_passes_and_a_wrong_one_fails(grader):
    assert grader.statuses(DOUBLE, "test_double") == {"test_double": "PASSED"}
    assert grader.statuses("def double(x): return x", "test_double") == {"test_double": "FAILED"}


def test_the_report_has_one_run_for_each_check_in_order(grader):
    report = grader.run(grader.question("q01", DOUBLE, checks=("test_double", "test_each", "test_is_42")))
    assert [run.name for run in report.checks] == ["test_double", "test_each", "test_is_42"]
    assert [str(run.status) for run in report.checks] == ["PASSED", "PASSED", "ERRORED"]
    assert "Landlock" in report.confinement or "landlock" in report.confinement
    assert 0 < report.seconds < 30


def test_what_a_check_computes_is_told_apart_from_what_the_students_code_computes(grader):
    laborious = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\n"
    source = f"def double(x):\n    exec({laborious!r})\n    return 2 * x\n"
    report = grader.run(grader.question("q", source, checks=("test_double", "test_after_much_computing")))
    assert [str(run.status) for run in report.checks] == ["PASSED", "PASSED"]
    theirs, ours = (run.cpu_seconds for run in report.checks)
    assert 0 < theirs < 0.15
    assert ours >= 0.2


def test_the_same_check_can_be_asked_again_and_again(grader):
    for _ in range(3):
        assert grader.statuses(DOUBLE, "test_double", "test_each") == {"test_double": "PASSED", "test_each": "PASSED"}


def test_one_submission_leaves_nothing_to_the_next(grader):
    grader.cell("leftover = 1\nopen('file.txt', 'w').write('x')\nimport numpy\nnumpy.leftover = 1")
    cell = grader.cell("import os, numpy\nprint(os.listdir(), hasattr(numpy, 'leftover'), 'leftover' in globals())")
    assert texts(cell) == "[] False False\n"


def test_plain_values_of_every_kind_survive_the_way_there_and_back(grader):
    assert grader.statuses("f = lambda x: x", "test_types") == {"test_types": "PASSED"}


def test_functions_and_estimators_can_be_arguments(grader):
    assert grader.statuses("f = lambda g: g(10)", "test_passes_a_function") == {"test_passes_a_function": "PASSED"}
    source = "def f(model, X, y):\n    return model.fit(X, y)"
    assert grader.statuses(source, "test_passes_an_estimator") == {"test_passes_an_estimator": "PASSED"}


def test_figures_are_looked_into_by_handles(grader):
    source = """
import matplotlib.pyplot as plt
def draw():
    fig, ax = plt.subplots()
    ax.bar(["a", "b"], [1, 2]); ax.plot([0, 1], [3, 4])
    ax.set_title("Ages"); ax.set_xlabel("years")
    return ax
"""
    report = grader.run(
        grader.question("q", source, checks=("test_looks_into_axes",)), grader.question("r", "plt.gcf().axes")
    )
    assert [str(run.status) for run in report.checks] == ["PASSED"], report.checks
    shown = [output["data"] for output in report.cells[1].outputs]
    assert shown[0] == {"text/plain": "[]"}, "the cell gets a figure of its own"
    assert not any("image/png" in one for one in shown), "what a check drew is not shown"


def test_a_figure_that_the_notebook_left_open_outlives_the_checks(grader):
    source = "import matplotlib.pyplot as plt\ndef draw(): return plt.subplots()[1]\nmine = plt.figure(num='mine')"
    source = f"%config InlineBackend.close_figures = False\n{source}"
    report = grader.run(
        grader.question("q", source, checks=("test_draws",)), grader.question("r", "plt.get_figlabels()")
    )
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert report.cells[1].outputs[0]["data"] == {"text/plain": "['mine']"}


def test_figures_with_a_layout_engine_are_whole_and_others_are_cropped(grader):
    """Either way what lies outside the axes is on the picture, as in Jupyter."""
    source = """
import matplotlib.pyplot as plt
fig, ax = plt.subplots({})
ax.plot([0, 1], [0, 1], label="a rather long name of a line")
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
"""
    for layout in ("layout='constrained'", ""):
        cell = grader.cell(source.format(layout))
        drawn = plt.imread(io.BytesIO(base64.b64decode(cell.outputs[0]["data"]["image/png"])), format="png")
        edge = drawn[:, -2:, :3]
        assert drawn[:, -60:, :3].min() < 0.5, "the legend is there"
        assert edge.min() > 0.9, "and not cut off"


def test_unseeded_draws_are_the_same_whenever_a_notebook_is_graded(grader):
    source = "import random, numpy as np\nprint(random.random(), np.random.rand())"
    assert texts(grader.cell(source)) == texts(grader.cell(source))


def test_handles_go_back_as_arguments_and_iterate(grader):
    source = """
class Box:
    value = 5
def make(): return Box()
def read(box): return box.value
def count(n): yield from range(n)
f = count
"""
    wanted = {"test_hands_a_handle_back": "PASSED", "test_iterates": "PASSED"}
    assert grader.statuses(source, *wanted) == wanted


def test_what_a_check_printed_is_there_for_the_check_and_nobody_else(grader):
    report = grader.run(grader.question("q", "f = lambda: print('hello')", checks=("test_prints",)))
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert report.cells[0].outputs == ()


def test_names_can_be_set(grader):
    source = "data = [0]\ntotal = lambda: sum(data)"
    wanted = {"test_patched": "PASSED", "test_sets_a_name": "PASSED"}
    assert grader.statuses(source, *wanted) == wanted


def test_the_rng_is_the_course_seed_and_the_name_of_the_check(grader):
    report = grader.run(grader.question("q", "f = lambda x: x", checks=("test_rng",)))
    drawn = int(np.random.default_rng([7, zlib.crc32(b"test_rng")]).integers(10**9))
    assert f"drawn {drawn}" in report.checks[0].detail


def test_a_students_exception_is_one_that_raises_understands(grader):
    raising = "def f():\n    raise ValueError('a negative number')"
    assert grader.statuses(raising, "test_raises_value_error") == {"test_raises_value_error": "PASSED"}
    own = "class Mine(ValueError): pass\ndef f():\n    raise Mine('a negative number')"
    assert grader.statuses(own, "test_raises_value_error") == {"test_raises_value_error": "PASSED"}
    report = grader.run(grader.question("q", "def f():\n    raise KeyError('k')", checks=("test_is_42",)))
    assert (str(report.checks[0].status), report.checks[0].raised) == ("ERRORED", "KeyError")
    assert grader.statuses("def f(): return 1", "test_raises_value_error") == {"test_raises_value_error": "FAILED"}


@pytest.mark.parametrize("raised", ["SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()", "StopIteration()"])
def test_exceptions_that_steer_python_do_not_steer_the_checker(grader, raised):
    assert grader.statuses(f"def f():\n    raise {raised}", "test_is_42") == {"test_is_42": "ERRORED"}


def test_a_missing_name_is_the_students(grader):
    report = grader.run(grader.question("q", "pass", checks=("test_double",)))
    assert (str(report.checks[0].status), report.checks[0].raised) == ("ERRORED", "NameError")
    assert "defines no `double`" in report.checks[0].detail


def test_our_own_mistakes_are_not_the_students(grader):
    source = DOUBLE + "f = lambda: 1\ndef fit():\n    raise ValueError('x')\n"
    wanted = {
        "test_own_mistake": "BROKEN",
        "test_skips": "BROKEN",
        "test_exits": "BROKEN",
        "test_with_broken_fixture": "BROKEN",
        "test_with_student_fixture": "ERRORED",
        "test_cannot_use": "ERRORED",
        "test_no_such_check": "BROKEN",
    }
    assert grader.statuses(source, *wanted) == wanted


def test_a_check_file_that_does_not_load_is_broken_and_says_why(grader):
    asked = ChecksToAsk(cell="q", file="broken.py", names=("test_a",), rng_seed=1)
    report = grader.run(QuestionRun(slot="q", cells=(), checks=(asked,)))
    assert str(report.checks[0].status) == "BROKEN"
    assert "no_such_module" in report.checks[0].detail


def test_a_check_that_hangs_or_dies_is_broken_and_the_checker_is_replaced(grader):
    wanted = {"test_own_loop": "BROKEN", "test_double": "PASSED"}
    assert grader.statuses(DOUBLE, *wanted, check_seconds=1) == wanted
    wanted = {"test_kills_the_checker": "BROKEN", "test_double": "BROKEN"}
    assert grader.statuses(DOUBLE, *wanted) == wanted
    report = grader.run(
        grader.question("q01", "x = 1\n" + DOUBLE, checks=("test_double", "test_kills_the_checker")),
        grader.question("q02", "assert x == 1", checks=("test_double",)),
    )
    assert [str(run.status) for run in report.checks] == ["PASSED", "BROKEN", "PASSED"]
    assert [str(cell.status) for cell in report.cells] == ["ran", "ran"]


def test_values_are_read_where_they_are_plain(grader):
    source = """
import numpy as np
a, b, c, d = "B", 0.5, ["A", ("C", 1)], {"x": float("inf")}
e, f, g, h = np.float64(2.5), object(), float("nan"), "\\ud800"
class Text(str): pass
i = Text("B")
"""
    values = grader.run(grader.question("q", source, read=tuple("abcdefghij"))).values
    assert math.isnan(values.pop("g"))
    assert values == {"a": "B", "b": 0.5, "c": ["A", ["C", 1]], "d": {"x": math.inf}, "e": 2.5, "h": "?"}


# Outputs


def test_outputs_are_those_of_nbformat(grader):
    cell = grader.cell(
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\nprint('d')\ndisplay('e')\n1 + 1"
    )
    assert kinds(cell) == ["stream", "stream", "stream", "display_data", "execute_result"]
    assert [output.get("name") for output in cell.outputs[:3]] == ["stdout", "stderr", "stdout"]
    assert cell.outputs[2]["text"] == "c\nd\n"
    assert cell.outputs[4]["data"]["text/plain"] == "2"
    assert cell.outputs[4]["execution_count"] == 1


def test_a_raised_exception_is_an_error_output_and_the_next_cell_runs(grader):
    report = grader.run(grader.question("q", "print('before')\n1 / 0", "print('after')", "def ("))
    assert [cell.status for cell in report.cells] == [CellStatus.RAISED, CellStatus.RAN, CellStatus.RAISED]
    assert kinds(report.cells[0]) == ["stream", "error"]
    assert report.cells[0].outputs[1]["ename"] == "ZeroDivisionError"
    assert report.cells[2].outputs[0]["ename"] == "SyntaxError"


@pytest.mark.parametrize("ending", ["", "\nplt.show()", "\nplt.show()\nplt.plot([1])"])
def test_figures_are_shown_inline(grader, ending):
    cell = grader.cell(f"%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4]);{ending}")
    images = [output["data"]["image/png"] for output in cell.outputs if "image/png" in output.get("data", {})]
    assert len(images) == 1 + ending.count("plot")
    assert base64.b64decode(images[0]).startswith(b"\x89PNG")


def test_tables_are_shown_as_html_without_scripts(grader):
    cell = grader.cell("import pandas as pd\npd.DataFrame({'a': [1], 'b': ['<script>']})")
    html = cell.outputs[0]["data"]["text/html"]
    assert [part in html for part in ("<table", "&lt;script&gt;", "<script", "style")] == [True, True, False, False]
    cell = grader.cell("from IPython.display import HTML, Markdown\nfor k in (HTML, Markdown): display(k('<script>'))")
    assert all(set(output["data"]) == {"text/plain"} for output in cell.outputs)
    cell = grader.cell("from sklearn.linear_model import Ridge\nRidge()")
    assert cell.outputs[0]["data"] == {"text/plain": "Ridge()"}


def test_too_much_output_is_cut_with_a_notice(grader):
    report = grader.run(grader.question("q", "for i in range(10**5): print('x' * 20)", "print('more')"), output_kb=100)
    assert sum(len(texts(cell)) for cell in report.cells) < 130_000
    assert "too much output" in texts(report.cells[0])


# What course notebooks do

COURSE_CODE = {
    "read_csv": "import pandas as pd\nassert pd.read_csv('data/in.csv').shape == (2, 2)",
    "write": "open('out.txt', 'w').write('x')\nimport pandas as pd\npd.DataFrame([1]).to_csv('o.csv')",
    "joblib": """
from joblib import Parallel, delayed
assert Parallel(n_jobs=2)(delayed(abs)(-i) for i in range(3)) == [0, 1, 2]""",
    "joblib_dump": "import joblib\njoblib.dump([1], 'm.joblib')\nassert joblib.load('m.joblib') == [1]",
    "grid_search": """
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.tree import DecisionTreeClassifier
X, y = load_iris(return_X_y=True)
GridSearchCV(DecisionTreeClassifier(), {"max_depth": [1, 2]}, n_jobs=2, cv=3).fit(X, y)
cross_val_score(DecisionTreeClassifier(), X, y, n_jobs=2)""",
    "boosting_twice": """
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.datasets import load_iris
for _ in range(2): HistGradientBoostingClassifier(max_iter=3).fit(*load_iris(return_X_y=True))""",
    "kmeans_twice": """
import numpy as np
from sklearn.cluster import KMeans
for _ in range(2): KMeans(3, n_init=2).fit(np.random.rand(200, 2))""",
    "threads": """
import threading, concurrent.futures as c
with c.ThreadPoolExecutor(4) as pool: assert list(pool.map(abs, [-1, 2])) == [1, 2]""",
    "logging": "import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.info('seen')",
    "tempfile": "import tempfile\nwith tempfile.TemporaryDirectory() as d: open(d + '/x', 'w').write('y')",
    "asyncio": "import asyncio\nasync def f(): return 1\nassert asyncio.run(f()) == 1",
    "top_level_await": "import asyncio\nawait asyncio.sleep(0)\nassert True",
    "sqlite": "import sqlite3\nd = sqlite3.connect('x.db')\nd.execute('create table t (a)')\nd.commit()",
    "time": "%%time\nx = 1",
    "timeit": "%timeit -n 2 -r 2 sum([1])",
    "capture": "%%capture out\nprint('x')",
    "writefile": "%%writefile mine.py\nvalue = 3",
    "import_own": "open('own.py', 'w').write('value = 3')\nimport own\nassert own.value == 3",
    "matplotlib": """
%matplotlib inline
import matplotlib.pyplot as plt
plt.hist([1, 2]); plt.savefig('f.png'); plt.show()""",
    "main": "import __main__ as student\nx = 5\nassert student.x == 5\nassert __name__ == '__main__'",
    "pickle_own_class": "import pickle\nclass C: pass\nassert type(pickle.loads(pickle.dumps(C()))) is C",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass P:\n    a: int\nassert P(1) == P(1)",
    "doctest": """
import doctest
def f():
    '''
    >>> 1 + 1
    2
    '''
assert doctest.run_docstring_examples(f, {}) is None""",
    "warnings": "import warnings\nwarnings.warn('careful')",
    "zone": "import datetime, time\nassert time.tzname[0] == 'UTC'",
    "source": "import inspect\ndef f(): return 1\nassert 'return 1' in inspect.getsource(f)",
    "pipeline": """
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
from sklearn.datasets import load_breast_cancer
make_pipeline(StandardScaler(), LogisticRegression()).fit(*load_breast_cancer(return_X_y=True))""",
}


@pytest.mark.parametrize("name", COURSE_CODE)
def test_common_course_code_runs(grader, name):
    question = grader.question("q", COURSE_CODE[name])
    cell = grader.run(question, files={"data/in.csv": b"a,b\n1,2\n3,4\n"}).cells[0]
    assert cell.status is CellStatus.RAN, cell.outputs


@pytest.mark.parametrize(
    "line", ["%pip install x", "!pip install x", "!ls", "files = !ls", "%%bash\nls", "%%sh\nls", "%conda x"]
)
def test_lines_for_other_programs_become_a_warning(grader, line):
    cell = grader.cell(line)
    assert cell.status is CellStatus.RAN
    assert "left out" in texts(cell)


def test_input_says_that_nobody_is_there(grader):
    cell = grader.cell("name = input('Name? ')")
    assert cell.status is CellStatus.RAISED
    assert "nobody is there" in cell.outputs[-1]["evalue"]


def test_exit_ends_a_cell_only(grader):
    report = grader.run(grader.question("q", "exit()", "import sys\nsys.exit(1)", "print(1)"))
    assert report.cells[2].status is CellStatus.RAN


def test_a_cell_may_be_interrupted_and_the_next_question_goes_on(grader):
    report = grader.run(
        grader.question("q01", "x = 1"),
        grader.question("q02", "print('in')\nwhile True: pass", checks=("test_double",), read=("x",)),
        grader.question("q03", DOUBLE + "assert x == 1", checks=("test_double",)),
        cell_seconds=0.5,
    )
    assert [str(cell.status) for cell in report.cells] == ["ran", "timed_out", "ran"]
    assert [str(run.status) for run in report.checks] == ["TIMED_OUT", "PASSED"]
    assert texts(report.cells[1]) == "in\n"
    assert report.values == {"x": 1}


LOOP = "while True:\n    try:\n        pass\n    except BaseException:\n        pass"


def test_in_a_plan_apart_cells_show_and_hold_what_no_check_has_touched(grader):
    source = "data = [0]\ntotal = lambda: sum(data)"
    questions = (
        grader.question("q", source, checks=("test_sets_a_name",)),
        grader.question("r", "print(data)", read=("data",)),
    )
    report = grader.run(*questions, apart=True)
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert texts(report.cells[1]) == "[0]\n"
    assert report.values == {"data": [0]}


def test_in_a_plan_apart_a_cell_that_never_ends_costs_its_time_once(grader):
    questions = (grader.question("q", DOUBLE, checks=("test_double",)), grader.question("r", LOOP))
    report = grader.run(*questions, apart=True, cell_seconds=2)
    assert [cell.status for cell in report.cells] == [CellStatus.RAN, CellStatus.TIMED_OUT]
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert len([note for note in report.notes if note.cell == "r.0"]) == 1


def test_an_engine_needs_no_privilege_or_says_so():
    with Engine({}, unconfined=True) as engine:
        assert "none" in engine.confinement


def test_nothing_is_left_behind(grader):
    before = len([*OPEN_FILES.iterdir()])
    grader.cell("import os\nfor _ in range(1500):\n    os.mkdir('d')\n    os.chdir('d')")
    grader.cell("import os\nos.symlink('/etc', 'link')\nos.mkdir('closed', 0)")
    boxes = [path for path in grader.engine._station.folder.iterdir() if path.name.startswith("box")]
    assert boxes == []
    assert len([*OPEN_FILES.iterdir()]) == before
    assert Path("/etc/passwd").exists()
