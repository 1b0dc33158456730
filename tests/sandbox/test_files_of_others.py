"""Files of others that student code asks for: refused, counted however well that is caught, and told by their place.

What libraries ask for of their own accord, and what does not exist, is not counted.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradesmith.model.runs import CellStatus, CellToRun, Plan, QuestionRun, Report
from gradesmith.sandbox.confinement import ELSEWHERE
from gradesmith.sandbox.confinement.witness import MOST_PLACES
from gradesmith.sandbox.engine import Engine
from tests.sandbox.conftest import QUICK

QUIET = """
import ctypes, os, sys
from contextlib import suppress
libc = ctypes.CDLL(None)
def quietly(act, *arguments, **named):
    with suppress(OSError):
        return act(*arguments, **named)
"""


@pytest.fixture(scope="module")
def theirs() -> Iterator[Path]:
    """A folder that the system would let anybody read: only confinement closes it."""
    with tempfile.TemporaryDirectory(prefix="theirs-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "marks.csv").write_text("ada,20\n")
        (folder / "drafts").mkdir()
        (folder / "closed").mkdir(mode=0)
        yield folder
        (folder / "closed").chmod(0o700)


def asked(report: Report) -> dict[str, int]:
    return {place: times for place, times in report.refused.items() if place.startswith("/")}


WAYS = {
    "open": "quietly(open, f'{theirs}/marks.csv')",
    "write": "quietly(open, f'{theirs}/marks.csv', 'w')",
    "by_the_c_library": "libc.open(f'{theirs}/marks.csv'.encode(), 0)",
    "in_a_thread": "import threading\nt = threading.Thread(target=quietly, args=(open, f'{theirs}/marks.csv'))\n"
    "t.start(); t.join()",
    "by_a_link": "os.symlink(theirs, 'link')\nquietly(open, 'link/marks.csv')",
    "by_a_link_to_a_link": "os.symlink(f'{theirs}/marks.csv', 'a')\nos.symlink('a', 'b')\nquietly(open, 'b')",
    "from_the_root": "quietly(open, '../../../../../../..' + f'{theirs}/marks.csv')",
    "through_a_library": "quietly(open, f'{os.path.dirname(os.__file__)}/' + '../' * 20 + f'{theirs}/marks.csv')",
    "by_its_own_process": "quietly(open, f'/proc/self/root{theirs}/marks.csv')",
    "from_where_it_went": "os.chdir(theirs)\nquietly(open, 'marks.csv')\nos.chdir(os.environ['HOME'])\n"
    "open('mine', 'w').close()",
    "remove": "quietly(os.remove, f'{theirs}/marks.csv')",
    "rename": "quietly(os.rename, f'{theirs}/marks.csv', 'mine')",
    "replace": "open('mine', 'w').close()\nquietly(os.rename, 'mine', f'{theirs}/marks.csv')",
    "truncate": "quietly(os.truncate, f'{theirs}/marks.csv', 0)",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_counted_by_whatever_way(grader, theirs, way):
    report = grader.run(grader.question("q", f"{QUIET}theirs = {str(theirs)!r}\n{WAYS[way]}"))
    assert [cell.status for cell in report.cells] == [CellStatus.RAN], report.cells
    assert asked(report) == {f"{theirs}/marks.csv": 1}
    (note,) = report.notes
    assert "once to open files or folders of others" in note.message
    assert f"({theirs}/marks.csv)" in note.message


FOLDERS = {
    "list": ("quietly(os.listdir, f'{theirs}/drafts')", "/drafts"),
    "by_a_descriptor": ("quietly(os.open, theirs, os.O_PATH)", ""),
    "remove": ("quietly(os.rmdir, f'{theirs}/drafts')", "/drafts"),
    "a_new_file": ("quietly(open, f'{theirs}/drafts/me@example.org <b>', 'x')", "/drafts/…"),
    "in_a_closed_folder": ("quietly(open, f'{theirs}/closed/anything at all')", "/closed"),
}


@pytest.mark.parametrize("way", FOLDERS)
def test_a_folder_is_counted_and_no_name_of_the_students_own_is_told(grader, theirs, way):
    source, place = FOLDERS[way]
    report = grader.run(grader.question("q", f"{QUIET}theirs = {str(theirs)!r}\n{source}"))
    assert asked(report) == {f"{theirs}{place}": 1}


def test_what_another_process_is_asked_counts_and_its_own_does_not(grader):
    source = f"{QUIET}[quietly(open, f'/proc/{{one}}/environ') for one in ('self', os.getpid(), os.getppid())]"
    (place,) = asked(grader.run(grader.question("q", source)))
    assert place.startswith("/proc/")
    assert place.endswith("/environ")


HONEST = {
    "what_is_not_there": "quietly(open, '/content/drive/data.csv')\nquietly(open, '../data/titanic.csv')\n"
    "quietly(open, 'titanic.csv')\nquietly(open, '/home/nobody/of/this/name.csv')",
    "its_own_folder": "os.mkdir('sub')\nopen('sub/a', 'w').close()\nos.rename('sub/a', os.path.abspath('b'))\n"
    "os.chdir('sub')\nopen('../b').close()\nos.listdir('..')\nos.remove('../b')",
    "imports_from_above": "sys.path += ['..', '../..', '../src']\ntry: import of_no_name\nexcept ImportError: pass",
    "the_system": "[quietly(open, one) for one in ('/etc/hosts', '/etc/passwd', '/proc/mounts', '/sys/kernel/mm')]",
    "its_own_process": "quietly(open, '/proc/self/mountinfo')\nquietly(open, f'/proc/{os.getpid()}/cgroup')",
    "lines_of_a_traceback": "import linecache, gradesmith.sandbox.shell as s\nlinecache.getline(s.__file__, 1)",
    "libraries": "import getpass, importlib.metadata, platform, ssl, tempfile, matplotlib.font_manager as fonts\n"
    "getpass.getuser(); quietly(platform.freedesktop_os_release); ssl.create_default_context(); tempfile.mkdtemp()\n"
    "[one.metadata['Name'] for one in importlib.metadata.distributions()]; fonts.findSystemFonts()",
    "strange_words": "[libc.open(one, 0) for one in (b'', b'x' * 5000, b'\\xff\\x80', b'/\\x01' * 1000, None)]",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_is_not_noted(grader, name):
    report = grader.run(grader.question("q", QUIET + HONEST[name]))
    assert [cell.status for cell in report.cells] == [CellStatus.RAN], report.cells
    assert (asked(report), report.notes) == ({}, ())


def test_places_are_told_up_to_a_few(grader, theirs):
    """Whoever asks for very many can't fill the grader's memory, nor its report."""
    many = theirs / "many"
    many.mkdir()
    for number in range(100):
        (many / f"{number:02}").touch()
    report = grader.run(grader.question("q", f"{QUIET}[quietly(open, f'{many}/{{n:02}}') for n in range(100)]"))
    assert sum(asked(report).values()) == 100
    assert len(asked(report)) == MOST_PLACES + 1
    assert asked(report)[ELSEWHERE] == 100 - MOST_PLACES
    (note,) = report.notes
    assert "100 times" in note.message
    assert f"{many}/02, and others)" in note.message


FLOOD = """
import threading
deep = '/'.join(['..'] * 1000) + theirs
os.symlink('loop', 'loop')
def ask():
    while True:
        for path in (theirs, deep, 'loop', '/proc/self/mem', 'x' * 4000): quietly(os.open, path, 0)
for _ in range(20): threading.Thread(target=ask, daemon=True).start()
while True:
    try: ask()
    except BaseException: pass
"""


def test_a_flood_costs_its_own_question_only(grader, theirs):
    """It is ended like any other loop, its disk is watched meanwhile, and the next question is graded."""
    double = "def double(x):\n    return 2 * x\n"
    started = time.monotonic()
    report = grader.run(
        grader.question("q01", f"{QUIET}theirs = {str(theirs)!r}\n{FLOOD}"),
        grader.question("q02", double, checks=("test_double",)),
        cell_seconds=1,
    )
    assert [str(run.status) for run in report.checks] == ["PASSED"]
    assert report.cells[0].status is CellStatus.TIMED_OUT
    assert asked(report)[str(theirs)] > 100
    assert time.monotonic() - started < 60


def test_the_disk_is_watched_during_a_flood(grader, theirs):
    source = f"""{QUIET}theirs = {str(theirs)!r}
import threading
def ask():
    while True: quietly(os.open, theirs, 0)
for _ in range(4): threading.Thread(target=ask, daemon=True).start()
files = [open(str(number), 'wb') for number in range(8)]
for file in files: file.write(bytes(1_000_000)); file.flush()
while True: pass
"""
    report = grader.run(grader.question("q", source), disk_mb=5, cell_seconds=30)
    assert any("MB" in note.message for note in report.notes), report.notes
    assert report.seconds < 25


def test_further_processes_are_not_looked_at(grader, theirs):
    """Their memory is another's, so what they ask for can't be read; the first process's own still is."""
    source = f"""{QUIET}theirs = {str(theirs)!r}
def ask(*names):
    for name in names: quietly(open, f'{{theirs}}/{{name}}')
if not os.fork():
    os.chdir('/'); ask('marks.csv', 'drafts'); os._exit(0)
os.wait()
ask('drafts')
"""
    report = grader.run(grader.question("q", source), processes=True)
    assert asked(report) == {f"{theirs}/drafts": 1}


def test_it_does_not_count_what_nobody_refuses(theirs):
    """Without confinement nothing is closed, and nothing is claimed."""
    cell = CellToRun(id="c", source=f"print(open('{theirs}/marks.csv').read())")
    with Engine({}, unconfined=True) as engine:
        report = engine.run(Plan(questions=(QuestionRun(slot="q", cells=(cell,)),), files=(), limits=QUICK))
    assert report.cells[0].outputs[0]["text"] == "ada,20\n\n"
    assert (report.refused, report.notes) == ({}, ())
