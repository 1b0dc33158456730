"""Practicals run from top to bottom in plain Jupyter, with nothing of gradesmith in the kernel's reach but the file."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.conftest import REPOSITORY

SECONDS = 90
MEGABYTES = 1000
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
PRACTICALS = sorted(path.name for path in (REPOSITORY / "source").glob("practical-*"))


def executed(path: Path, folder: Path) -> NotebookNode:
    """Run a notebook in a kernel of its own and an empty folder; a cell that raises ends it."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def given(folder: Path, target: Path) -> None:
    """Put the files that come with a notebook where it runs."""
    for path in folder.iterdir():
        if path.suffix != ".ipynb":
            (target / path.name).write_bytes(path.read_bytes())


def printed(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def pictures(notebook: NotebookNode) -> int:
    return sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))


@pytest.mark.parametrize("practical", PRACTICALS)
def test_the_solutions_earn_every_point_and_draw_their_figures(practical, tmp_path):
    """Hidden checks included, in less memory than students have."""
    folder = REPOSITORY / "source" / practical
    given(folder, tmp_path)
    notebook = executed(folder / f"{practical}.ipynb", tmp_path)
    marks = {}
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            assert "✗" not in printed(cell), printed(cell)
            marks[about.grade_id] = (float(cell.outputs[-1].data["text/plain"]), float(about.points))
    assert marks
    assert [name for name, (earned, points) in marks.items() if earned != pytest.approx(points)] == []
    assert pictures(notebook) > 0
    assert int(printed(notebook.cells[-1])) < MEGABYTES


@pytest.mark.parametrize("practical", PRACTICALS)
def test_what_is_handed_out_runs_before_anything_is_solved(practical, tmp_path):
    """Starters raise nothing, and locked cells say what they wait for."""
    folder = REPOSITORY / "release" / practical
    given(folder, tmp_path)
    notebook = executed(folder / f"{practical}.ipynb", tmp_path)
    assert all(output.output_type != "error" for cell in notebook.cells for output in cell.get("outputs", ()))
