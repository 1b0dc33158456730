"""What course notebooks do, through the whole way from the file that was handed in to the marks.

What a single cell may do is expected in tests/sandbox/test_engine.py; here is what needs the form's files, several
cells of one submission, or a library that not everybody has.
"""

from __future__ import annotations

import pytest

from gradesmith.model.runs import CellStatus

DOUBLE = "def double(x):\n    return 2 * x\n"

FILE = """
import pandas as pd
table = pd.read_csv("given.csv")
assert list(table.columns) == ["x", "twice"]
table.to_csv("mine.csv", index=False)
def double(x):
    known = pd.read_csv("mine.csv").set_index("x")["twice"].to_dict()
    return known.get(x, 2 * x)
"""
FIGURE = """
%matplotlib inline
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot([1, 2], [3, 4])
plt.savefig("figure.png")
plt.show()
"""
AWAITED = """
import asyncio
async def doubled(x):
    await asyncio.sleep(0)
    return 2 * x
four = await doubled(2)
def double(x):
    return asyncio.run(doubled(x))
"""
BAR = """
from tqdm.auto import tqdm
total = sum(tqdm(range(5)))
def double(x):
    return sum(x for _ in tqdm(range(2)))
"""
SERVICE = """
from fastapi import FastAPI
from fastapi.testclient import TestClient
app = FastAPI()
@app.get("/double/{x}")
def serve(x: int) -> dict:
    return {"result": 2 * x}
client = TestClient(app)
def double(x):
    return client.get(f"/double/{x}").json()["result"]
"""
STATEFUL = """
import logging, sqlite3, tempfile, warnings
warnings.filterwarnings("ignore")
logging.basicConfig(level=logging.INFO, force=True)
log = logging.getLogger("homework")
store = sqlite3.connect("doubles.db")
store.execute("create table doubles (x integer primary key, twice integer)")
def double(x):
    log.info("doubling %s", x)
    with tempfile.NamedTemporaryFile("w+") as file, store:
        store.execute("insert or replace into doubles values (?, ?)", (x, 2 * x))
        file.write(str(x))
        return store.execute("select twice from doubles where x = ?", (x,)).fetchone()[0]
"""
SEARCH = """
import numpy as np
from joblib import Parallel, delayed
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV
X = np.arange(30.0).reshape(-1, 1)
search = GridSearchCV(LinearRegression(), {"fit_intercept": [True, False]}, n_jobs=2, cv=3).fit(X, 2 * X.ravel())
def double(x):
    return Parallel(n_jobs=2)(delayed(int)(value) for value in search.predict([[x]]).round())[0]
"""
TIMED = "%%time\n" + DOUBLE
INSTALLED = "%pip install pandas\n!pip install scikit-learn\n" + DOUBLE

RIGHT = {
    "the given file": FILE,
    "await in a cell, asyncio.run in a function": AWAITED,
    "logging, SQLite and temporary files": STATEFUL,
    "joblib and a grid search with two jobs": SEARCH,
    "%%time": TIMED,
    "%pip install": INSTALLED,
    "tqdm": BAR,
    "FastAPI's test client": SERVICE,
}


@pytest.mark.parametrize("name", RIGHT)
def test_common_code_earns_its_marks(judge, name):
    """The function works for the checks as it does in the notebook."""
    result, report, _ = judge(RIGHT[name])
    (mark,) = (mark for mark in result.marks if mark.cell == "q04")
    assert mark.given == mark.maximum, [(one.status, one.detail) for one in mark.outcomes]
    assert {cell.status for cell in report.cells} == {CellStatus.RAN}
    assert report.refused == {}, "nobody is to be told of code like this"


def test_figures_are_kept_for_the_person_who_marks(judge):
    """A figure that was shown is in the graded copy, and saving it is no failure."""
    _, report, copy = judge(DOUBLE, FIGURE)
    assert report.cells[-1].status is CellStatus.RAN
    assert "image/png" in copy


def test_a_question_at_the_keyboard_is_refused_in_plain_words(judge):
    """Nobody is there to type; the other cells run, and the function counts."""
    result, report, copy = judge(DOUBLE, "name = input('Name? ')")
    assert report.cells[-1].status is CellStatus.RAISED
    assert "nobody is there to type" in copy
    assert next(mark.given == mark.maximum for mark in result.marks if mark.cell == "q04")


def test_installing_is_a_warning_and_no_failure(judge):
    """The line is left out, and the graded copy says so."""
    _, _, copy = judge(INSTALLED)
    assert "other programs are not run here, so this line was left out: %pip install pandas" in copy
