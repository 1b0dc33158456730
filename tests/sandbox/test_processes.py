"""Processes of student code: refused unless the assessment lets it have them, and never left behind."""

from __future__ import annotations

import os
import threading
import time

import pytest

from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellStatus
from tests.grading.processes import descendants, gone

POOL = """
import multiprocessing, os, time
def square(x):
    time.sleep(0.05)
    return x * x, os.getpid()
with multiprocessing.Pool(2) as pool:
    told = pool.map(square, range(8), 1)
print([result for result, _ in told], len({one for _, one in told}), os.getpid() in {one for _, one in told})
"""
EXECUTOR = POOL.replace("import multiprocessing,", "import concurrent.futures,").replace(
    "multiprocessing.Pool(2) as pool:\n    told = pool.map(square, range(8), 1)",
    "concurrent.futures.ProcessPoolExecutor(2) as pool:\n    told = list(pool.map(square, range(8)))",
)
JOBLIB = """
from joblib import Parallel, delayed
print(Parallel(n_jobs=2)(delayed(pow)(x, 2) for x in range(8)))
"""
SQUARES = "[0, 1, 4, 9, 16, 25, 36, 49]"
LEAVE = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        while True:
            open("left", "w").write("x")
            time.sleep(0.001)
"""


@pytest.fixture
def shared(grader) -> None:
    """Semaphores need shared memory of the zygote's own."""
    if "own disk" not in grader.engine.confinement:
        pytest.skip("no disk of its own is to be had here")


@pytest.fixture
def apart(grader) -> None:
    """The machine's processes can be left."""
    if "own pid" not in grader.engine.confinement:
        pytest.skip("no namespace of processes is to be had here")


@pytest.mark.parametrize(("source", "printed"), [(POOL, f"{SQUARES} 2 False"), (EXECUTOR, f"{SQUARES} 2 False")])
def test_pools_of_processes_work_where_they_are_allowed(grader, shared, source, printed):
    """Two workers share the work, neither of them the notebook's own process, and there is nothing to tell of."""
    report = grader.run(grader.question("q", source), processes=True)
    assert report.cells[0].outputs[0]["text"].strip() == printed, report
    assert report.notes == ()


@pytest.mark.parametrize("processes", [False, True])
def test_joblib_computes_either_way(grader, processes):
    """Its own workers would be new programs, so it does the work itself."""
    report = grader.run(grader.question("q", JOBLIB), processes=processes)
    assert report.cells[0].outputs[0]["text"].strip() == SQUARES
    assert report.notes == ()


def test_a_fork_is_refused_unless_it_is_allowed(grader):
    """The notebook sees a PermissionError, the instructor a note."""
    forks = grader.question("q", "import os\nif not os.fork(): os._exit(0)\nprint(os.wait()[1])")
    refused, allowed = grader.run(forks), grader.run(forks, processes=True)
    assert (refused.cells[0].status, refused.refused) == (CellStatus.RAISED, {"clone": 1})
    assert refused.cells[0].outputs[-1]["ename"] == "PermissionError"
    assert (allowed.cells[0].outputs[0]["text"].strip(), allowed.refused) == ("0", {})


@pytest.mark.parametrize("ends", ["", "\nos._exit(0)"])
def test_no_process_outlives_its_submission(grader, ends):
    """Whether the notebook ends or is ended: they are gone with it, and so is what they were still writing."""
    before = {one.pid for one in descendants(os.getpid())}
    grader.run(grader.question("q", LEAVE + ends), processes=True)
    assert {one.pid for one in descendants(os.getpid())} == before
    following = grader.cell("import os\nprint(os.listdir('.'))", processes=True)
    assert following.outputs[0]["text"].strip() == "[]"


def test_no_process_outlives_its_zygote(grader, apart):
    """It is the first of its namespace: whatever was forked there is killed with it, orphans too."""
    zygote = grader.engine._partner("zygote")._process
    begun, latest = [], time.monotonic() + 60

    def kill_once_there_are_some() -> None:
        while len(begun) < 4 and time.monotonic() < latest:
            begun[:] = descendants(zygote.pid)
            time.sleep(0.05)
        zygote.kill()

    threading.Thread(target=kill_once_there_are_some).start()
    grader.run(grader.question("q", LEAVE + "\ntime.sleep(3)"), processes=True)
    assert len(begun) == 4
    assert gone(begun, 10)


def test_the_machines_processes_are_out_of_sight(grader, apart):
    """Not even their numbers are seen: the first is the zygote, and there is nobody else."""
    look = (
        "import os\nprint([n for n in range(1, 3000) if os.path.exists(f'/proc/{n}')] == [os.getppid(), os.getpid()])"
    )
    assert grader.cell(look).outputs[0]["text"].strip() == "True"


def test_programs_stay_refused(grader):
    report = grader.run(grader.question("q", "import os\nos.execv('/bin/true', ['true'])"), processes=True)
    assert report.cells[0].outputs[-1]["ename"] == "PermissionError"
    assert report.refused == {"execve": 1}


def test_shared_memory_is_bounded_and_emptied(grader, shared):
    """It counts as part of the submission's disk, and the next submission finds nothing there."""
    flood = "import time\nfor n in range(30): open(f'/dev/shm/{n}', 'wb').write(bytes(10**6))\ntime.sleep(5)"
    report = grader.run(grader.question("q", flood), processes=True, disk_mb=5)
    assert report.cells[0].status is CellStatus.KILLED
    following = grader.cell("import os\nprint(os.listdir('/dev/shm'))", processes=True)
    assert following.outputs[0]["text"].strip() == "[]"


def test_forms_frozen_before_the_limit_existed_keep_their_digest():
    """What is off is not written, what is on is, and both are read again."""
    assert "processes" not in Limits().model_dump(mode="json")
    for limits in (Limits(), Limits(processes=True)):
        assert Limits.model_validate_json(limits.model_dump_json()) == limits
    assert Limits().digest != Limits(processes=True).digest
