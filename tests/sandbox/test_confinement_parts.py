"""The parts of confinement that need no child: policy, environment, readable folders, rules, boxes."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import (
    ALL_LAYERS,
    Confinement,
    Policy,
    Witness,
    measure_box,
    readable_roots,
    scrubbed_environment,
)
from gradesmith.sandbox.confinement import landlock as landlock_module
from gradesmith.sandbox.confinement import seccomp as seccomp_module
from gradesmith.sandbox.confinement.bpf import ALLOW, ASK, KILL_PROCESS, Rule, assemble, blocks_of, errno_verdict
from gradesmith.sandbox.confinement.calls import (
    ALLOWED,
    NAMING,
    PRETENDED,
    QUIETLY_REFUSED,
    REFUSED,
    WITHOUT_ATTRIBUTES,
    asking_of_files,
    rules,
    rules_of_its_own,
)
from gradesmith.sandbox.confinement.forked import ask_child
from gradesmith.sandbox.confinement.kernel import forbid_new_privileges
from gradesmith.sandbox.confinement.landlock import restrict_files
from gradesmith.sandbox.confinement.seccomp import filter_calls
from gradesmith.sandbox.confinement.syscalls import Machine, name_of, number

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is written for Linux")


class TestPolicy:
    @pytest.mark.parametrize("wrong", [{"keep": (1,)}, {"memory_mb": 0}, {"threads": 0}])
    def test_what_cannot_be_meant_is_refused(self, wrong):
        plain = {"read": (), "write": (), "keep": (5,), "memory_mb": 1, "cpu_seconds": 1, "file_mb": 1}
        with pytest.raises(ValueError, match=r"asked"):
            Policy(**{**plain, **wrong})

    def test_all_layers_unless_said_otherwise(self):
        policy = Policy(read=(), write=(), keep=(), memory_mb=1, cpu_seconds=1, file_mb=1)
        assert policy.layers == ALL_LAYERS

    def test_what_was_reached_reads_as_words(self):
        assert str(Confinement(limits=True, landlock_abi=4, seccomp=True)) == "limits, Landlock ABI 4, seccomp"
        assert str(Confinement(limits=False, landlock_abi=0, seccomp=False)) == "none"


class TestEnvironment:
    def test_nothing_of_the_caller_is_left(self, monkeypatch):
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        monkeypatch.setenv("PYTHONPATH", "/x")
        found = scrubbed_environment("/box")
        assert not {"AWS_SECRET_ACCESS_KEY", "PYTHONPATH"} & set(found)
        assert {found["HOME"], found["TMPDIR"]} == {"/box"}

    def test_one_thread_each_and_no_processes(self):
        found = scrubbed_environment("/box")
        assert found["OMP_NUM_THREADS"] == found["OPENBLAS_NUM_THREADS"] == "1"
        assert found["JOBLIB_MULTIPROCESSING"] == "0"
        assert "background_thread:false" in found["JE_ARROW_MALLOC_CONF"]


class TestReadableRoots:
    def test_libraries_are_among_them(self):
        roots = [Path(root).resolve() for root in readable_roots() if not root.startswith("/proc/self/")]
        for needed in (os.__file__, pytest.__file__, sysconfig.get_paths()["platlib"]):
            place = Path(needed).resolve()
            assert any(root in (place, *place.parents) for root in roots), needed

    def test_neither_the_project_nor_a_home_is(self):
        project = Path(__file__).resolve().parents[2]
        for root in readable_roots():
            assert Path(root) not in {project, *project.parents, Path.home(), Path("/")}, root

    def test_an_entry_of_the_path_is_not_enough(self, monkeypatch, tmp_path):
        """An editable install puts the whole project there."""
        monkeypatch.syspath_prepend(str(tmp_path))
        assert str(tmp_path) not in readable_roots()

    def test_an_environment_in_the_course_is_no_reason_to_open_the_course(self, monkeypatch, tmp_path):
        monkeypatch.setattr(sys, "prefix", str(tmp_path))
        assert str(tmp_path) not in readable_roots()

    def test_a_course_among_the_libraries_is_refused(self):
        hidden = Path(sysconfig.get_paths()["purelib"]) / "course" / "gradebook"
        with pytest.raises(SandboxRefused, match="gradebook") as refusal:
            readable_roots(closed=[str(hidden)])
        assert "Move the course" in refusal.value.remedy

    def test_a_course_elsewhere_is_fine(self, tmp_path):
        assert readable_roots(closed=[str(tmp_path)]) == readable_roots()


class TestRules:
    @pytest.mark.parametrize("machine", list(Machine))
    def test_every_name_is_known_and_judged_once(self, machine):
        for processes in (False, True):
            numbers = [rule.number for rule in all_rules(machine, processes=processes)]
            assert len(numbers) == len(set(numbers))

    def test_a_misspelt_name_is_not_taken_for_a_missing_call(self):
        with pytest.raises(KeyError, match="opne"):
            number("opne", Machine.X86_64)
        assert number("fork", Machine.AARCH64) is None

    def test_no_call_is_both_allowed_and_refused(self):
        lists = [set(names.split()) for names in (ALLOWED, PRETENDED, WITHOUT_ATTRIBUTES, REFUSED, QUIETLY_REFUSED)]
        assert len(set.union(*lists)) == sum(map(len, lists))

    @pytest.mark.parametrize("machine", list(Machine))
    @pytest.mark.parametrize("processes", [False, True])
    @pytest.mark.parametrize("abi", [0, 2, 3, 7])
    def test_the_filter_answers_every_call_as_the_rules_say(self, machine, processes, abi):
        """Run the assembled filter in a few lines of Python: on any machine, the ARM one too."""
        code = assembled(machine, processes=processes, abi=abi)
        chosen = {rule.number: rule for rule in all_rules(machine, processes=processes, abi=abi)}
        assert len(code) // 8 <= 4096
        for one in range(480):
            rule = chosen.get(one)
            expected = {errno_verdict(errno.ENOSYS)} if rule is None else {rule.then, rule.otherwise}
            assert interpret(code, machine.value, one, [0] * 6) in expected

    def test_threads_are_no_processes(self):
        clone = number("clone", Machine.X86_64)
        thread, fork, user = 0x003D0F00, 0x01200011, 0x10000000
        plain, forking = assembled(), assembled(processes=True)
        assert verdict(plain, clone, thread) == ALLOW
        assert verdict(plain, clone, fork) == errno_verdict(errno.EPERM)
        assert verdict(forking, clone, fork) == ALLOW
        for code in (plain, forking):
            assert (
                verdict(code, clone, thread | user) == verdict(code, clone, fork | user) == errno_verdict(errno.EPERM)
            )

    def test_signals_only_to_oneself_unless_landlock_watches(self):
        kill = number("kill", Machine.X86_64)
        assert verdict(assembled(), kill, 7) == ALLOW
        for other in (8, 0, 0xFFFFFFFF, 0xFFFFFFF9):
            assert verdict(assembled(), kill, other) == errno_verdict(errno.EPERM)
            assert verdict(assembled(processes=True, abi=5), kill, other) == errno_verdict(errno.EPERM)
        assert verdict(assembled(processes=True, abi=6), kill, 8) == ALLOW

    def test_truncation_where_landlock_does_not_know_it(self):
        truncate, openat = number("truncate", Machine.X86_64), number("openat", Machine.X86_64)
        assert verdict(assembled(abi=2), truncate) == errno_verdict(errno.EPERM)
        assert verdict(assembled(abi=3), truncate) == ALLOW
        for flags, allowed in ((os.O_RDONLY, True), (os.O_WRONLY | os.O_TRUNC, True), (os.O_TRUNC, False)):
            assert (verdict(assembled(), openat, 0, 0, flags | os.O_CLOEXEC) == ALLOW) is allowed

    @pytest.mark.parametrize("machine", list(Machine))
    @pytest.mark.parametrize("processes", [False, True])
    def test_a_filter_that_asks_allows_nothing_more(self, machine, processes):
        """What it asks about is refused by the one that does not ask; all else both answer alike."""
        plain = assembled(machine, processes=processes)
        asking = assembled(machine, processes=processes, telling=ASK)
        pairs = {
            (
                interpret(plain, machine.value, one, [argument] * 6),
                interpret(asking, machine.value, one, [argument] * 6),
            )
            for one in range(480)
            for argument in (0, 7, 8, 17, 0x003D0F00)
        }
        assert {pair for pair in pairs if pair[0] != pair[1]} == {(errno_verdict(errno.EPERM), ASK)}

    @pytest.mark.parametrize("machine", list(Machine))
    @pytest.mark.parametrize("abi", [2, 7])
    def test_a_filter_that_asks_of_files_asks_only_of_what_it_would_allow(self, machine, abi):
        """So whoever is asked may always say yes to these, and to nothing else."""
        plain = list(rules(machine, landlock_abi=abi, processes=False, telling=ASK))
        others = rules_of_its_own(machine, own_pid=7, landlock_abi=abi, processes=False, telling=ASK)
        asking = {rule.number: rule for rule in asking_of_files(machine, plain)}
        changed = [(rule, asking[rule.number]) for rule in plain if rule != asking[rule.number]]
        names = {name_of(rule.number, machine) for rule, _ in changed}
        assert {(before.then, after.then) for before, after in changed} == {(ALLOW, ASK)}
        assert {after.otherwise for _, after in changed} <= {0, errno_verdict(errno.EPERM)}
        assert "openat" in names
        assert names <= set(NAMING)
        asked = (rule for rule in (*plain, *others) if ASK in {rule.then, rule.otherwise})
        assert not {name_of(rule.number, machine) for rule in asked} & set(NAMING)
        assert ("truncate" in names) is (abi >= 3)

    def test_foreign_numberings_kill(self):
        assert interpret(assembled(), 0x40000003, 20, [0] * 6) == KILL_PROCESS
        assert interpret(assembled(), Machine.X86_64.value, 0x40000000 + 39, [0] * 6) == KILL_PROCESS
        assert interpret(assembled(Machine.AARCH64), 0x40000028, 20, [0] * 6) == KILL_PROCESS


def all_rules(machine: Machine, *, processes: bool, abi: int = 7, telling: int = errno_verdict(1)) -> list[Rule]:
    asked = {"landlock_abi": abi, "processes": processes, "telling": telling}
    return [*rules(machine, **asked), *rules_of_its_own(machine, own_pid=7, **asked)]


def assembled(
    machine: Machine = Machine.X86_64, *, processes: bool = False, abi: int = 7, telling: int = errno_verdict(1)
) -> bytes:
    chosen = all_rules(machine, processes=processes, abi=abi, telling=telling)
    foreign = 0x40000000 if machine is Machine.X86_64 else None
    return assemble(machine.value, foreign, blocks_of(chosen), errno_verdict(errno.ENOSYS))


def verdict(code: bytes, call: int, *arguments: int) -> int:
    return interpret(code, Machine.X86_64.value, call, [*arguments, *[0] * 6][:6])


def interpret(code: bytes, architecture: int, call: int, arguments: list[int]) -> int:
    """A classic BPF machine, as far as the filter uses one."""
    words = {0: call, 4: architecture} | {16 + 8 * place: value for place, value in enumerate(arguments)}
    steps = [code[at : at + 8] for at in range(0, len(code), 8)]
    at = register = 0
    while True:
        kind, if_true, if_false = int.from_bytes(steps[at][:2], "little"), steps[at][2], steps[at][3]
        operand = int.from_bytes(steps[at][4:], "little")
        at += 1
        match kind:
            case 0x20:
                register = words[operand]
            case 0x54:
                register &= operand
            case 0x15:
                at += if_true if register == operand else if_false
            case 0x35:
                at += if_true if register >= operand else if_false
            case 0x06:
                return operand
            case _:
                raise AssertionError(f"instruction {kind:#x}")


def test_where_the_kernel_cannot_ask_the_filter_refuses_by_itself(monkeypatch):
    """Nothing is counted then, and the line to the witness is closed."""
    monkeypatch.setattr(seccomp_module, "ASK", 0x7FE00000)  # a verdict of no kernel
    witness = Witness()

    def what_becomes_of_a_socket() -> str:
        forbid_new_privileges()
        filter_calls(landlock_abi=7, processes=False, witness=witness.childs_end.fileno())
        try:
            socket.socket()
        except PermissionError:
            return "refused"
        return "made"

    assert ask_child(what_becomes_of_a_socket) == "refused"
    witness.childs_end.close()
    witness.hear()
    assert (witness.fileno(), witness.counts) == (-1, {})


def test_no_landlock_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(landlock_module, "landlock_abi", lambda: 0)
    with pytest.raises(SandboxRefused, match="no Landlock") as refusal:
        restrict_files([], [])
    assert "Linux 5.13" in refusal.value.remedy


def test_no_filter_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(seccomp_module, "seccomp_available", lambda: False)
    with pytest.raises(SandboxRefused, match="can't be filtered") as refusal:
        filter_calls(landlock_abi=7, processes=False)
    assert "x86-64 or ARM" in refusal.value.remedy


class TestBox:
    def test_counts_bytes_and_entries(self, tmp_path):
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "file").write_bytes(bytes(100_000))
        size = measure_box(str(tmp_path))
        assert size.entries == 2
        assert 100_000 <= size.bytes < 130_000

    def test_links_are_counted_and_not_followed(self, tmp_path):
        outside, box = tmp_path / "outside", tmp_path / "box"
        outside.mkdir()
        box.mkdir()
        (outside / "large").write_bytes(bytes(1_000_000))
        (box / "file").symlink_to(outside / "large")
        (box / "folder").symlink_to(outside)
        (box / "circle").symlink_to(box)
        size = measure_box(str(box))
        assert (size.entries, size.bytes < 50_000) == (3, True)

    def test_a_hole_is_not_a_byte(self, tmp_path):
        with (tmp_path / "sparse").open("wb") as sparse:
            sparse.truncate(10_000_000)
        assert measure_box(str(tmp_path)).bytes < 100_000

    def test_stops_counting(self, tmp_path):
        for number_ in range(50):
            (tmp_path / f"{number_}").mkdir()
            (tmp_path / f"{number_}" / "inner").touch()
        assert 10 <= measure_box(str(tmp_path), most_entries=10).entries < 100

    def test_a_shaft_is_not_climbed_down(self, tmp_path, monkeypatch):
        """A thousand folders in one another would cost a recursion and a descriptor each."""
        monkeypatch.chdir(tmp_path)
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        assert measure_box(str(tmp_path), most_entries=77).entries == 77
        os.chdir(tmp_path)
        subprocess.run(["rm", "-rf", "d"], check=True)

    def test_a_folder_closed_to_us_is_no_hiding_place_that_breaks(self, tmp_path):
        (tmp_path / "closed").mkdir()
        (tmp_path / "closed").chmod(0)
        assert measure_box(str(tmp_path)).entries == 1
        (tmp_path / "closed").chmod(0o700)
