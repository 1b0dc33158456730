"""How fast we grade, against nbgrader, otter-grader and the floor: the same submissions, one run, ratios.

Usage: python benchmarks/bench_grading.py [SUBMISSIONS]     (prints a table; takes some ten minutes)
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import find_submissions
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form, Limits
from gradesmith.model.keys import CodeKey
from gradesmith.model.runs import CellStatus, CellToRun, Plan, QuestionRun
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.otter import otter_notebook
from gradesmith.sandbox.engine import Engine
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.library import check_library
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import release
from gradesmith.workflows.simulate import simulate
from gradesmith.workflows.understand import Understood, graded, understand

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
REPEATS = 3
RECIPES = ("perfect", "partly_wrong", "known_wrong")


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def said(seconds: list[float]) -> str:
    """Say a median with its range, in milliseconds."""
    low, middle, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"{middle:8.1f} ms  ({low:.1f} to {high:.1f})"


def ratio(slow: list[float], fast: list[float]) -> str:
    """Say how many times slower, with the range over all pairs of repeats."""
    pairs = [one / other for one in slow for other in fast]
    return f"{statistics.median(slow) / statistics.median(fast):7.1f} ×   ({min(pairs):.1f} to {max(pairs):.1f})"


def a_course(root: Path, assessment: str, count: int) -> CourseDirectory:
    """Make a course with a class that has handed in."""
    shutil.copytree(ROOT / "question_bank", root / "question_bank")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    course = CourseDirectory(root)
    release(course, [assessment], datetime.now(UTC))
    simulate(course, assessment, count, seed=5, recipes=RECIPES)
    return course


def ours(course: CourseDirectory, assessment: str, count: int) -> list[float]:
    """Grade the whole class on both cores, again and again: seconds per submission."""
    settings = Settings(jobs=os.cpu_count() or 1, again=True)
    grade(course, assessment, settings)
    return [timed(lambda: grade(course, assessment, settings)) / count for _ in range(REPEATS)]


def run(course: CourseDirectory, *command: str) -> None:
    """Run another grader's command, silently."""
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    subprocess.run(command, cwd=course.root, env=environment, check=True, capture_output=True)


def nbgraders(course: CourseDirectory, assessment: str, root: Path) -> list[float]:
    """Let nbgrader grade some of the same submissions: seconds for each further one, without its start."""
    theirs = CourseDirectory(root)
    root.mkdir()
    (root / "gradebook").mkdir()
    shutil.copytree(course.root / "source", root / "source")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    run(theirs, "nbgrader", "generate_assignment", assessment, "--create")
    students = sorted(path.name for path in course.submitted.iterdir())

    def hand_in(chosen: list[str]) -> None:
        shutil.rmtree(theirs.submitted, ignore_errors=True)
        for student in chosen:
            shutil.copytree(course.submitted / student, theirs.submitted / student)

    def autograde() -> None:
        run(theirs, "nbgrader", "autograde", assessment, "--create", "--force")

    found = []
    for repeat in range(REPEATS):
        hand_in(students[:1])
        one = timed(autograde)
        hand_in(students[repeat + 1 : repeat + 5])
        found.append((timed(autograde) - one) / 3)
    return found


def otters(form: Form, root: Path) -> list[float]:
    """Let otter grade its own version of the coding task: seconds per submission, each a run of its own."""
    root.mkdir()
    code = tuple(slot for slot in form.slots if any(isinstance(part.key, CodeKey) for part in slot.variant.parts))
    write_whole(root / "task.ipynb", otter_notebook(form.but(items=code)))
    theirs = CourseDirectory(root)
    run(theirs, "otter", "assign", "task.ipynb", "dist", "--no-run-tests")
    archive = next(root.glob("dist/autograder/*-autograder_*.zip"))
    submission = root / "dist" / "autograder" / "task.ipynb"  # the one with the solutions
    command = ("otter", "run", "-a", str(archive), str(submission))
    run(theirs, *command)
    scored = json.loads((root / "results.json").read_text(encoding="utf-8"))
    assert any(one.get("score") == 5 for one in scored["tests"]), scored
    return [timed(lambda: run(theirs, *command)) for _ in range(REPEATS)]


def single_file(course: CourseDirectory, form: Form, most: int) -> tuple[list[float], list[float]]:
    """Grade one after the other, each in full and at the floor: without confinement and checks. Seconds each.

    The two take turns, so that a machine whose speed changes is as fast for one as for the other.
    """
    found = [understand(form, one) for one in find_submissions(course, form.assessment)][:most]
    with (
        open_gradebook(course) as gradebook,
        Engine(check_library((form,))) as full,
        Engine({}, unconfined=True) as low,
    ):
        number = gradebook.start_run(version="benchmark", confinement="")
        ways = [lambda one, engine=engine: whole_way(course, gradebook, number, engine, one) for engine in (full, low)]
        for way in ways:
            way(found[0])
        pairs = [[timed(lambda way=way, one=one: way(one)) for way in ways] for one in found]
    return [one for one, _ in pairs], [other for _, other in pairs]


def whole_way(course: CourseDirectory, gradebook: Gradebook, number: int, engine: Engine, one: Understood) -> None:
    """Run one submission, write its notebook and store its rows; an engine that does not confine is asked no checks."""
    plan = one.plan or Plan(questions=(), files=(), limits=one.form.limits)
    if engine.confinement.startswith("none"):
        plan = plan.but(questions=tuple(question.but(checks=()) for question in plan.questions))
    report = engine.run(plan)
    result = graded(one, report)
    runs = {cell.id: cell for cell in report.cells}
    marks = {mark.cell: mark for mark in result.marks}
    path = course.autograded(result.student, result.assessment) / f"{result.assessment}.ipynb"
    write_whole(path, autograded_notebook(one.form, one.found, runs, marks, result.notes))
    gradebook.record(number, result)


def births() -> tuple[list[float], list[float]]:
    """Fork a child, have it run the smallest of cells, and end it, confined and not, in turns: seconds each."""
    cell = QuestionRun(slot="", cells=(CellToRun(id="cell", source="pass"),))
    plan = Plan(questions=(cell,), files=(), limits=Limits())
    with Engine({}) as closed, Engine({}, unconfined=True) as open_:
        assert all(engine.run(plan).cells[0].status is CellStatus.RAN for engine in (closed, open_))
        pairs = [[timed(lambda engine=engine: engine.run(plan)) for engine in (closed, open_)] for _ in range(200)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for assessment, wanted in (("wt5", 100), ("practical-07", 40)):
            root = Path(name) / assessment
            course = a_course(root / "ours", assessment, count if assessment == "wt5" else count // 4)
            with open_gradebook(course) as gradebook:
                form = gradebook.forms(assessment)[0]
            size = len(list(course.submitted.iterdir()))
            mine, theirs = ours(course, assessment, size), nbgraders(course, assessment, root / "nbgrader")
            print(f"\n{assessment}: {size} submissions, {os.cpu_count()} cores, per submission")
            print(f"  gradesmith grade             {said(mine)}")
            print(f"  nbgrader autograde           {said(theirs)}")
            print(f"  nbgrader / gradesmith        {ratio(theirs, mine)}   wanted: {wanted} ×")
            if assessment == "wt5":
                otter = otters(form, root / "otter")
                print(f"  otter run                    {said(otter)}")
                print(f"  otter / gradesmith           {ratio(otter, mine)}   wanted: 300 ×")
            full, low = single_file(course, form, most=40)
            print(f"  one at a time                {said(full)}")
            print(f"  the floor, one at a time     {said(low)}")
            share = statistics.median(full) / statistics.median(low)
            print(f"  one at a time / floor        {share:7.2f} ×   wanted: 1.5 ×")
        closed, open_ = births()
        print(f"\na child with one cell, confined  {said(closed)}\n  the same, unconfined         {said(open_)}")
        cost = 1000 * (statistics.median(closed) - statistics.median(open_))
        print(f"confinement                    {cost:8.1f} ms   wanted: 10 ms")


if __name__ == "__main__":
    main()
