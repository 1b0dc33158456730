"""Confinement, by behaviour: honest course code passes, forbidden acts fail, and each layer is needed."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradesmith.sandbox.confinement import Layer, landlock_abi, scrubbed_environment, seccomp_available
from tests.grading.processes import descendants

HERE = Path(__file__).parent
EPERM, EACCES, ENOSYS, EFBIG = 1, 13, 38, 27

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's"),
    pytest.mark.skipif(landlock_abi() < 1, reason="this kernel offers no Landlock"),
    pytest.mark.skipif(not seccomp_available(), reason="this kernel or container offers no seccomp filters"),
]


def functions(file: str, prefix: str) -> list[str]:
    """The names are read, not imported: importing would load every library into pytest."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name.removeprefix(prefix) for name in found if name.startswith(prefix)]


def start_zygote(mode: str) -> dict[str, dict]:
    """Run a little zygote on ground of its own. Not pytest's tmp_path: that is closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="confinement-"))
    folder.chmod(0o755)
    for part in ("box", "outside"):
        (folder / part).mkdir()
    environment = scrubbed_environment(str(folder / "outside")) | {"SECRET": "of the grader"}
    try:
        done = subprocess.run(
            [sys.executable, str(HERE / "confinement_zygote.py"), mode, str(folder)],
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def courses() -> dict[str, dict]:
    return start_zygote("courses")


@pytest.fixture(scope="module")
def songs() -> dict[str, dict]:
    return start_zygote("canary")


@pytest.fixture(scope="module")
def attacks() -> dict[str, dict]:
    return start_zygote("attacks")


@pytest.mark.parametrize("name", functions("confinement_courses.py", "course_"))
def test_honest_code_passes(courses, name):
    assert "raised" not in courses[name], courses[name]["raised"]
    assert courses[name]["status"] == 0
    assert "result" in courses[name]


class TestCanary:
    """Everything the canary tries, on this kernel and on what older ones had."""

    @pytest.mark.parametrize("variation", ["all", "processes", *(f"Landlock {abi}" for abi in range(1, 7))])
    def test_every_wall_holds(self, songs, variation):
        assert len(songs[variation]) > 60
        assert [name for name, _, held, _, detail in songs[variation] if not held] == []

    @pytest.mark.parametrize("layer", list(Layer))
    def test_each_layer_alone_stops_its_acts(self, songs, layer):
        """Without it, what has no second wall gets through, and nothing else does."""
        through = {name for name, _, held, _, _ in songs[f"without {layer}"] if not held}
        alone = {name for name, wall, _, backed, _ in songs["all"] if wall == layer and not backed}
        elsewhere_refused = set(filter(_depends_on_the_machine, alone - through))
        assert through == alone - elsewhere_refused
        assert len(through) >= 9

    def test_a_namespace_of_processes_is_tried_as_well(self, songs):
        """Where one is believed in and there is none, the canary sees who else is there; nothing else gets through."""
        through = [name for name, _, held, _, _ in songs["believed to be alone"] if not held]
        assert through == ["see the machine's processes"]

    def test_the_act_that_ends_the_canary_is_told_from_its_death(self, songs):
        details = {name: detail for name, *_, detail in songs["all"]}
        if os.uname().machine == "x86_64":
            assert details["make a 32-bit call"] == "killed by the filter"


def _depends_on_the_machine(name: str) -> bool:
    """What this machine may refuse to everybody: 32-bit calls, page faults and namespaces of users, key quotas."""
    return name in {
        "make a 32-bit call",
        "answer page faults (userfaultfd)",
        "call unshare",
        "call keyctl",
        "call add_key",
        "open a netlink socket",
    }


class TestLimits:
    """What ends or fills a process."""

    def test_endless_loop(self, attacks):
        assert attacks["compute_for_ever"]["status"] == signal.SIGXCPU

    def test_a_loop_that_ignores_the_warning_is_killed(self, attacks):
        assert attacks["ignore_the_first_warning"]["status"] == signal.SIGKILL

    def test_threads_share_one_allowance(self, attacks):
        assert attacks["compute_in_threads"]["status"] == signal.SIGXCPU
        assert attacks["compute_in_threads"]["seconds"] < 20

    def test_memory_at_once(self, attacks):
        assert attacks["take_memory"]["result"] == "refused"

    def test_memory_in_pieces(self, attacks):
        assert 400 < attacks["take_memory_in_pieces"]["result"] <= 512

    def test_threads(self, attacks):
        assert 10 < attacks["take_threads"]["result"] < 20_000
        if os.geteuid() == 0:  # then the user is nobody else's
            assert attacks["take_threads"]["result"] < 100

    def test_one_file(self, attacks):
        assert attacks["fill_one_file"]["result"] == EFBIG

    def test_limits_stay(self, attacks):
        assert set(attacks["raise_the_limits"]["result"].values()) == {"refused"}


class TestFilter:
    """The ways around a filter."""

    @pytest.mark.skipif(os.uname().machine != "x86_64", reason="these second numberings are x86-64's")
    @pytest.mark.parametrize("call", ["x32_call", "32_bit_execve_number"])
    def test_a_foreign_numbering_kills(self, attacks, call):
        assert attacks[call]["status"] == signal.SIGSYS

    def test_abort_still_aborts(self, attacks):
        assert attacks["end_by_abort"]["status"] == signal.SIGABRT

    def test_signals_reach_nobody(self, attacks):
        assert attacks["kill_everybody"]["result"] == {"all": EPERM, "parent": EPERM, "group": EPERM, "first": EPERM}

    def test_walls_cannot_be_loosened(self, attacks):
        seen = attacks["loosen_the_walls"]["result"]
        unknown = {seen.pop("unknown"), seen.pop("future")}
        assert set(seen.values()) == {EPERM}
        assert unknown == {ENOSYS}

    def test_a_socket_pair_leads_nowhere_else(self, attacks):
        assert attacks["send_descriptors_out_by_pair"]["result"] == [EPERM] * 3


class TestFiles:
    """What may be seen."""

    def test_nothing_around_can_be_listed_or_read(self, attacks):
        assert set(attacks["look_around"]["result"].values()) == {EACCES}

    def test_links_lead_nowhere(self, attacks):
        assert attacks["leave_by_links"]["result"] == [EACCES] * 3

    def test_libraries_stay_as_they_are(self, attacks):
        assert attacks["change_libraries"]["result"] == [EACCES] * 3


class TestProcesses:
    """The profile that may fork."""

    def test_forks(self, attacks):
        assert attacks["processes_fork"]["result"] == 7

    def test_descendants_stay_confined_and_in_the_group(self, attacks):
        assert attacks["processes_escape"]["result"] == repr([EPERM, EPERM, EPERM, EACCES, EPERM, EPERM])

    def test_there_is_an_end_to_forking(self, attacks):
        assert 5 < attacks["processes_bomb"]["result"] < 5000


def test_a_child_dies_with_its_zygote():
    """The child is killed when the zygote is, whatever it is doing."""
    with orphan() as (zygote, child):
        os.kill(zygote.pid, signal.SIGKILL)
        zygote.wait()
        for _ in range(200):
            state = state_of(child)
            if state in {"", "Z", "X"}:
                return
            signal.sigtimedwait([], 0.05)
        pytest.fail(f"the child lives on in state {state}")


class orphan:  # noqa: N801 -- reads as a verb
    """A zygote with one confined child that sleeps."""

    SCRIPT = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from confinement_zygote import Ground, become_ordinary
from gradesmith.sandbox.confinement import confine
os.chdir("/")
become_ordinary(sys.argv[2])
ready, tell = os.pipe()
child = os.fork()
if child == 0:
    confine(Ground(sys.argv[2]).policy(tell))
    os.write(tell, b"x")
    time.sleep(60)
    os._exit(0)
os.read(ready, 1)
print(child, flush=True)
time.sleep(60)
"""

    def __enter__(self) -> tuple[subprocess.Popen[bytes], int]:
        self.folder = tempfile.mkdtemp()
        Path(self.folder).chmod(0o755)
        for part in ("box", "outside"):
            Path(self.folder, part).mkdir()
        self.zygote = subprocess.Popen(
            [sys.executable, "-c", self.SCRIPT, str(HERE), self.folder],
            env=scrubbed_environment(self.folder),
            stdout=subprocess.PIPE,
        )
        return self.zygote, int(self.zygote.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self.zygote.kill()
        self.zygote.wait()
        self.zygote.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def state_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
    except FileNotFoundError:
        return ""


@pytest.fixture(autouse=True)
def _no_children_left() -> Iterator[None]:
    """Other tests of this process may keep an engine; what is here at the end was here before."""
    before = descendants(os.getpid())
    yield
    assert set(descendants(os.getpid())) <= set(before)
