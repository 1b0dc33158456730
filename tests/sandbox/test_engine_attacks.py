"""Dishonest and broken work: a death costs its own question, and no lie earns anything."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gradesmith.model.runs import CellStatus

DOUBLE = "def double(x):\n    return 2 * x\n"

FATAL_CELLS = {
    "loop_that_heeds_nothing": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "ignores_the_interrupt": """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True: time.sleep(1)""",
    "os_exit": "import os\nos._exit(0)",
    "abort": "import os\nos.abort()",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "closes_all_files": "import os\nos.closerange(0, 100)",
    "fills_the_disk": "for i in range(100):\n    open(f'{i}', 'wb').write(bytes(10**6))\nimport time; time.sleep(5)",
    "takes_too_much_and_ends_at_once": "for name in 'ab': open(name, 'wb').write(bytes(4 * 10**6))",
    "many_files": "import time\nfor i in range(20000): open(f'{i}', 'w').close()\ntime.sleep(5)",
    "writes_on_every_socket": """
import os, stat
for fd in range(3, 100):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, b'x' * 100)
    except OSError: pass""",
}


@pytest.mark.parametrize("name", FATAL_CELLS)
def test_a_fatal_cell_costs_its_own_question_only(grader, name):
    report = grader.run(
        grader.question("q01", "print('first')\nseen = [1]\n" + DOUBLE, checks=("test_double",)),
        grader.question("q02", FATAL_CELLS[name], "seen.append(2)", checks=("test_double", "test_is_42")),
        grader.question("q03", "assert seen == [1, 2], seen", checks=("test_double",)),
        cell_seconds=3,
        disk_mb=5,
    )
    verdicts = [str(run.status) for run in report.checks]
    assert verdicts[0] == verdicts[3] == "PASSED", report
    assert set(verdicts[1:3]) <= {"TIMED_OUT", "KILLED"}, report
    assert [cell.status for cell in report.cells][::3] == [CellStatus.RAN, CellStatus.RAN], report
    assert report.cells[0].outputs[0]["text"] == "first\n"
    assert len(report.cells) == 4
    assert report.notes


@pytest.mark.parametrize("source", ["x = bytearray(4 * 10**9)", "x = []\nwhile True: x.append(bytearray(10**7))"])
def test_a_memory_hog_meets_its_limit(grader, source):
    report = grader.run(grader.question("q01", source), grader.question("q02", DOUBLE, checks=("test_double",)))
    assert report.cells[0].status in {CellStatus.RAISED, CellStatus.KILLED}
    assert str(report.checks[0].status) == "PASSED"


FATAL_CALLS = {
    "loop": ("while True: pass", "TIMED_OUT"),
    "deaf_loop": ("while True:\n        try: time.sleep(1)\n        except BaseException: pass", "TIMED_OUT"),
    "os_exit": ("os._exit(0)", "KILLED"),
    "segfault": ("ctypes.string_at(0)", "KILLED"),
    "hangs_up": ("os.closerange(0, 100)", "KILLED"),
    "fills_the_disk": ("[open(str(i), 'wb').write(bytes(10**6)) for i in range(50)]; time.sleep(9)", "KILLED"),
}


@pytest.mark.parametrize("name", FATAL_CALLS)
def test_a_fatal_call_costs_its_own_question_only(grader, name):
    body, verdict = FATAL_CALLS[name]
    source = f"import os, time, ctypes\ndef f():\n    {body}\n"
    report = grader.run(
        grader.question("q01", DOUBLE, checks=("test_double",)),
        grader.question("q02", source, checks=("test_double", "test_calls", "test_is_42")),
        grader.question("q03", "assert callable(f)", checks=("test_double",)),
        check_seconds=2,
        disk_mb=5,
    )
    assert [str(run.status) for run in report.checks] == ["PASSED", "PASSED", verdict, verdict, "PASSED"], report
    assert [cell.status for cell in report.cells] == [CellStatus.RAN] * 3


def test_what_a_check_had_written_is_gone_for_the_next_question(grader):
    """The function that took too much was through before anybody looked; a later cell has the whole disk."""
    takes = "def f():\n    for name in 'ab': open(name, 'wb').write(bytes(4 * 10**6))"
    report = grader.run(
        grader.question("q01", takes, checks=("test_calls",)),
        grader.question("q02", "open('c', 'wb').write(bytes(4 * 10**6))"),
        disk_mb=5,
    )
    assert [cell.status for cell in report.cells] == [CellStatus.RAN] * 2, report
    assert any("8 MB" in note.message for note in report.notes), report


@pytest.mark.parametrize("check", ["test_raises_anything", "test_swallows_everything"])
@pytest.mark.parametrize("body", ["__import__('os')._exit(0)", "exec('while True: pass')"])
def test_dying_is_no_exception_that_a_check_may_expect(grader, check, body):
    verdict = grader.statuses(f"def f(): {body}", check, check_seconds=1)[check]
    assert verdict in {"KILLED", "TIMED_OUT"}


def test_many_slow_checks_do_not_outlast_the_submission(grader):
    source = DOUBLE + "import time\ndef f(): time.sleep(1.5)"
    report = grader.run(grader.question("q", source, checks=("test_calls",) * 6), submission_seconds=4)
    assert [str(run.status) for run in report.checks] == ["PASSED", "PASSED", *["TIMED_OUT"] * 4]
    assert report.seconds < 6


def test_a_keyboard_interrupt_of_the_cells_own_is_just_an_exception(grader):
    assert grader.cell("raise KeyboardInterrupt").status is CellStatus.RAISED


def test_an_endless_iterator_is_timed_out(grader):
    source = "def f():\n    while True: yield 1"
    assert grader.statuses(source, "test_endless_iteration", check_seconds=1) == {"test_endless_iteration": "TIMED_OUT"}


def test_an_answer_that_takes_a_check_too_long_is_timed_out(grader):
    wanted = {"test_loop_over_answer": "TIMED_OUT"}
    assert grader.statuses("f = lambda: 10**12", *wanted, check_seconds=1) == wanted


def test_a_replay_that_dies_twice_leaves_the_rest_unsaid(grader):
    """Dies only in a process that is not the first: there is nothing left to go on with."""
    source = "import os, time\nif time.time() > {}: os._exit(1)"
    late = source.format(time.time() + 2)
    report = grader.run(
        grader.question("q01", late),
        grader.question("q02", "time.sleep(2.5)\nos._exit(0)", checks=("test_double",)),
        grader.question("q03", DOUBLE, checks=("test_double",)),
    )
    assert [f"{run.cell} {run.status}" for run in report.checks] == ["q02 KILLED"]
    assert any("could not be run again" in note.message for note in report.notes)


def test_the_submissions_own_time_limit(grader):
    report = grader.run(
        grader.question("q01", DOUBLE, checks=("test_double",)),
        grader.question("q02", "import time\ntime.sleep(30)", checks=("test_double",)),
        grader.question("q03", "x = 1", checks=("test_double",)),
        submission_seconds=2,
    )
    assert [str(run.status) for run in report.checks] == ["PASSED", "TIMED_OUT", "TIMED_OUT"]
    assert [str(cell.status) for cell in report.cells] == ["ran", "timed_out", "not_run"]
    assert report.seconds < 10


# Lies

LIAR = """
class Liar:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __bool__(self): return True
    def __hash__(self): return hash(42)
    def __float__(self): return 42.0
    def __int__(self): return 42
    def __index__(self): return 42
    def __contains__(self, item): return True
    def __array__(self, *a, **k):
        import numpy
        return numpy.array([42, 42, 42])
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    def __sub__(self, other): return 0
    __rsub__ = __sub__
    __class__ = int
"""
CLAIMS = (
    "test_is_42",
    "test_approx_42",
    "test_42_first",
    "test_approx_first",
    "test_close_to_42",
    "test_array_equal",
    "test_true",
    "test_in_list",
    "test_less",
    "test_series_equal",
    "test_hash",
)


@pytest.mark.parametrize(
    "lie",
    [
        LIAR + "def f(): return Liar()",
        LIAR + "class Whole(int):\n    __eq__ = Liar.__eq__; __hash__ = Liar.__hash__\ndef f(): return Whole(1)",
        LIAR
        + "import numpy as np\nclass A(np.ndarray):\n    __eq__ = Liar.__eq__\ndef f(): return np.zeros(3).view(A)",
        LIAR + "import pandas as pd\nclass S(pd.Series):\n    __eq__ = Liar.__eq__\ndef f(): return S([1])",
        "from unittest.mock import MagicMock\nf = MagicMock()",
        "from unittest.mock import ANY\ndef f(): return ANY",
    ],
)
def test_objects_that_say_yes_to_everything_earn_nothing(grader, lie):
    verdicts = grader.statuses(lie, *CLAIMS)
    assert set(verdicts) == set(CLAIMS)
    assert set(verdicts.values()) <= {"FAILED", "ERRORED"}, verdicts


def test_no_function_of_numpy_pandas_or_python_believes_a_claim(grader):
    """Not even those that ask an object for its own ``all`` or ``mean``; the check lists those that do."""
    source = LIAR + (
        "    all = any = mean = sum = max = min = item = lambda self, *a, **k: True\n"
        "    shape, ndim, size, dtype = (), 0, 1, float\n"
        "    def __iter__(self): return iter([self, self])\n"
        "    def __len__(self): return 2\n"
        "    def __format__(self, how): return '42'\n"
        "def f(): return Liar()\n"
    )
    report = grader.run(grader.question("q", source, checks=("test_no_use_of_a_claim_counts",)), check_seconds=20)
    assert str(report.checks[0].status) == "PASSED", report.checks[0].detail


def test_a_claim_that_is_no_plain_data_fails_as_the_students(grader):
    report = grader.run(grader.question("q", LIAR + "def f(): return Liar()", checks=("test_is_42", "test_true")))
    assert [str(run.status) for run in report.checks] == ["FAILED", "FAILED"]
    assert "returned a Liar where plain data was expected" in report.checks[0].detail


@pytest.mark.parametrize(
    "patch",
    [
        "import pytest, _pytest.python_api as p\npytest.approx = int\np.ApproxScalar.__eq__ = lambda *a: True",
        "import numpy as np\nnp.allclose = lambda *a, **k: True\nnp.testing.assert_array_equal = lambda *a: None",
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.AssertionError = KeyError",
        "import pandas.testing\npandas.testing.assert_series_equal = lambda *a, **k: None",
        "import gradesmith.sandbox.answers as a, json\na.description = dict\njson.dumps = lambda *a, **k: '{}'",
        "import gradesmith.sandbox.wire.core as c\nc.Writer.write = lambda self, v: ['h', 1, 'x']",
        "get_ipython().run_cell = lambda *a, **k: None",
        "import sys\nsys.modules['numpy'] = None; sys.stdout = None",
    ],
)
def test_monkeypatching_changes_nothing(grader, patch):
    report = grader.run(
        grader.question("q", patch + "\ndef f(): return 41", checks=CLAIMS[:7]),
        grader.question("r", "pass"),
    )
    verdicts = [str(run.status) for run in report.checks]
    assert len(verdicts) == 7
    assert "PASSED" not in [verdict for name, verdict in zip(CLAIMS, verdicts, strict=False) if name != "test_true"]
    assert not {"BROKEN", "NOT_RUN"} & set(verdicts), report


# Every way of speaking on the sockets that is not an answer

FORGERIES = {
    "junk": "b'junk' * 100",
    "huge": "b'\\xff' * 8",
    "empty_object": "frame(b'{}')",
    "not_json": "frame(b'[[[')",
    "guessed_answer": 'frame(b\'{"nonce":1,"value":42,"buffers":[]}\')',
    "nan": 'frame(b\'{"nonce":NaN,"buffers":[]}\')',
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_frames_end_the_question_and_are_noted(grader, name):
    source = f"""
import os, stat, struct
def frame(head): return struct.pack('!II', len(head), 0) + head
def f():
    for fd in range(3, 60):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, {FORGERIES[name]})
        except OSError: pass
    return 42
"""
    report = grader.run(
        grader.question("q01", source, checks=("test_calls", "test_two_calls")),
        grader.question("q02", DOUBLE, checks=("test_double",)),
    )
    verdicts = {run.name: str(run.status) for run in report.checks}
    assert verdicts == {"test_calls": "KILLED", "test_two_calls": "KILLED", "test_double": "PASSED"}, report
    assert [note.about for note in report.notes] == ["attempt"]


def test_a_thread_that_speaks_between_questions_is_found_out(grader):
    source = """
import os, stat, threading, time
def chatter():
    time.sleep(0.3)
    for fd in range(3, 60):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, b'x' * 50)
        except OSError: pass
threading.Thread(target=chatter, daemon=True).start()
"""
    report = grader.run(
        grader.question("q01", source + DOUBLE),
        grader.question("q02", "time.sleep(0.6)", checks=("test_double",)),
    )
    assert str(report.checks[0].status) in {"KILLED", "PASSED"}
    assert "attempt" in [note.about for note in report.notes]


def test_knowing_the_nonce_buys_nothing(grader):
    """The answer to a call is the student's to give anyway; a second answer to the same question is not."""
    source = """
import sys, os, stat, struct, json
def f():
    here = sys._getframe()
    while here and 'frame' not in here.f_locals: here = here.f_back
    head = json.dumps({'nonce': here.f_locals['frame'].header['nonce'], 'value': 42, 'buffers': []}).encode()
    for fd in range(3, 60):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, struct.pack('!II', len(head), 0) + head)
        except OSError: pass
    return 41
"""
    verdicts = grader.statuses(source, "test_is_42", "test_double")
    assert verdicts["test_is_42"] in {"KILLED", "PASSED"}
    assert verdicts["test_double"] == "KILLED"


# What there is to steal


def test_the_box_is_all_there_is(grader):
    secret = Path("/var/tmp") / f"decoy-{secrets.token_hex(4)}"
    secret.write_text("the key is B")
    secret.chmod(0o644)
    try:
        for read in (f"open({str(secret)!r}).read()", f"__import__('os').listdir({str(secret.parent)!r})"):
            cell = grader.cell(f"print({read})")
            assert cell.status is CellStatus.RAISED
            assert cell.outputs[-1]["ename"] == "PermissionError"
    finally:
        secret.unlink()


def test_the_child_has_loaded_nothing_of_ours_but_the_sandbox(grader):
    source = "print(*sorted(name for name in sys.modules if name.startswith(('gradesmith', 'pydantic', '_pytest'))))"
    loaded = grader.cell(f"import sys\n{source}").outputs[0]["text"].split()
    assert "gradesmith.sandbox.child" in loaded
    assert [name for name in loaded if not name.startswith("gradesmith.sandbox")] == ["gradesmith", "gradesmith.errors"]
    assert not {"gradesmith.sandbox.checking", "gradesmith.sandbox.engine", "gradesmith.sandbox.proxy"} & set(loaded)


def test_the_grading_process_loads_nothing_heavy():
    heavy = "import sys, gradesmith.sandbox.engine; print(*{'numpy', 'pandas', 'IPython', 'pytest'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout.split() == []
    )


def test_no_network(grader):
    with socket.create_server(("127.0.0.1", 0)) as server:
        cell = grader.cell(f"import socket\nsocket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 1)")
    assert cell.status is CellStatus.RAISED


def test_no_other_process(grader):
    for act in ("os.fork()", "__import__('subprocess').run(['ls'])", "os.kill(os.getppid(), 9)"):
        assert grader.cell(f"import os\n{act}").status is CellStatus.RAISED
    assert grader.statuses(DOUBLE, "test_double") == {"test_double": "PASSED"}


@pytest.mark.parametrize(
    "output",
    [
        "get_ipython().recorder.record.outputs.append(5)",
        "get_ipython().recorder.record.outputs.append({'output_type': 'nothing'})",
        "get_ipython().recorder.record.outputs.append({'output_type': 'error', 'ename': 1, 'traceback': 3})",
    ],
)
def test_outputs_of_no_known_kind_are_refused(grader, output):
    assert grader.cell(output).status is CellStatus.KILLED


def test_a_lost_zygote_is_replaced(grader):
    grader.engine._partners["zygote"]._process.kill()
    assert grader.statuses(DOUBLE, "test_double") == {"test_double": "PASSED"}


CAUGHT = """
import os, socket, subprocess
for act in (*[socket.socket] * 6, os.fork, lambda: os.kill(os.getppid(), 9), lambda: subprocess.run(["id"])):
    try:
        act()
    except OSError:
        pass
"""


def test_refusals_are_counted_however_well_they_are_caught(grader):
    """The notebook shows nothing of them; the instructor is told how many there were, and what for."""
    report = grader.run(grader.question("q01", CAUGHT))
    assert [cell.status for cell in report.cells] == [CellStatus.RAN]
    assert {call: report.refused[call] for call in ("socket", "clone", "kill")} == {"socket": 6, "clone": 2, "kill": 1}
    said = [note.message for note in report.notes if note.about == "attempt"]
    assert any("6 times to use a network" in one and "(socket)" in one for one in said), said
    assert any("to start or trace other processes" in one and "clone" in one for one in said), said


@pytest.mark.parametrize("apart", [False, True])
def test_refusals_are_counted_once_although_cells_are_run_again(grader, apart):
    """Cells are replayed after a death, and run twice where outputs are kept apart from checks."""
    calls = "def double(x):\n    import socket\n    try: socket.socket()\n    except OSError: return 2 * x\n"
    report = grader.run(
        grader.question("q01", CAUGHT),
        grader.question("q02", "import os\nos._exit(1)"),
        grader.question("q03", calls, checks=("test_double",)),
        apart=apart,
    )
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert report.refused["kill"] == 1
    assert report.refused["socket"] > 6  # what the checks' calls asked for counts, too


def test_a_flood_of_refusals_does_not_hold_up_the_grader(grader):
    """Threads that do nothing else are ended like any other loop, and the next question is graded."""
    flood = """
import socket, threading
def ask():
    while True:
        try: socket.socket()
        except OSError: pass
for _ in range(8): threading.Thread(target=ask, daemon=True).start()
while True:
    try: ask()
    except BaseException: pass
"""
    started = time.monotonic()
    report = grader.run(
        grader.question("q01", flood), grader.question("q02", DOUBLE, checks=("test_double",)), cell_seconds=1
    )
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert report.cells[0].status is CellStatus.TIMED_OUT
    assert report.refused["socket"] > 100
    assert time.monotonic() - started < 60
