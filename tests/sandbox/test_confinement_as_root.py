"""What a root grader does before anything runs: choose a user, open the way to the libraries, drop for good."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import Identity, choose_identity, identity, scrubbed_environment
from gradesmith.sandbox.confinement.kernel import status_field

CAP_SYS_ADMIN = 1 << 21
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can drop to another user")

able_to_mount = pytest.mark.skipif(
    not int(status_field("CapEff"), 16) & CAP_SYS_ADMIN, reason="only who may mount can cover a folder"
)

PRELUDE = """
import json, os, sys
from pathlib import Path
import gradesmith
from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement import *
from gradesmith.sandbox.confinement import kernel
ground = sys.argv[1]
user = choose_identity(5)
libraries = (sys.prefix, sys.base_prefix, str(Path(gradesmith.__file__).parent))
def attempt(act, *arguments):
    try:
        return act(*arguments)
    except SandboxRefused as refusal:
        return [refusal.message, refusal.remedy]
    except OSError as error:
        return error.errno
def tell(**what):
    print(json.dumps(what))
"""


def run(script: str, ground: Path, *arguments: str) -> dict:
    """A process of its own: what is dropped stays dropped."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + script, str(ground), *arguments],
        env=scrubbed_environment(str(ground)),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture
def ground() -> Iterator[Path]:
    """A course that root cloned into a closed folder, beside a secret; not under pytest's own closed folder."""
    top = Path(tempfile.mkdtemp(prefix="confinement-"))
    top.chmod(0o755)
    closed = top / "closed"
    for folder in ("env/lib", "store/env-2", "deep/er", "shut"):
        (closed / folder).mkdir(parents=True)
    (closed / "env/lib/module.py").write_text("answer = 42")
    (closed / "store/env-2/found").write_text("x")
    (closed / "deep/er/file").write_text("x")
    (closed / "secret").write_text("x")
    (closed / "link").symlink_to("store/env-2")
    (closed / "other").symlink_to(closed / "deep")
    for folder in ("deep", "shut", "."):
        (closed / folder).chmod(0o700)
    yield top
    shutil.rmtree(top)


class TestChoosing:
    def test_each_slot_has_its_own_number_that_no_account_has(self):
        chosen = [choose_identity(slot) for slot in range(4)]
        if len({one.uid for one in chosen}) == 1:
            assert pwd.getpwuid(chosen[0].uid).pw_name == "gradesmith"
            return
        assert len({one.uid for one in chosen}) == 4
        for one in chosen:
            assert 61184 <= one.uid <= 65519
            with pytest.raises(KeyError):
                pwd.getpwuid(one.uid)

    def test_a_dedicated_account_is_preferred(self, monkeypatch):
        monkeypatch.setattr(identity.pwd, "getpwnam", lambda name: SimpleNamespace(pw_uid=993, pw_gid=992))
        assert choose_identity(3) == Identity(993, 992)

    def test_an_account_that_is_roots_is_refused(self, monkeypatch):
        monkeypatch.setattr(identity.pwd, "getpwnam", lambda name: SimpleNamespace(pw_uid=0, pw_gid=0))
        with pytest.raises(SandboxRefused, match="root's"):
            choose_identity()

    def test_numbers_run_out_in_words(self):
        with pytest.raises(SandboxRefused, match="no unused user id") as refusal:
            choose_identity(10_000)
        assert "useradd" in refusal.value.remedy


@as_root
class TestDropping:
    def test_nothing_is_left_and_there_is_no_way_back(self, ground):
        seen = run(
            """
prepare_zygote(user, libraries)
drop_privileges(user)
tell(ids=[*os.getresuid(), *os.getresgid()], groups=os.getgroups(), back=[attempt(os.setuid, 0), attempt(os.setgid, 0)],
     caps=[kernel.status_field(name) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")],
     mount=attempt(kernel.call, "mount", b"none\\0", b"/tmp\\0", b"tmpfs\\0", 0, None), expected=user.uid)
""",
            ground,
        )
        assert seen["ids"] == [seen["expected"]] * 6
        assert seen["groups"] == []
        assert seen["back"] == [1, 1]
        assert {int(caps, 16) for caps in seen["caps"]} == {0}
        assert seen["mount"] == 1

    def test_root_is_never_confined_instead(self, ground):
        seen = run(
            """
policy = Policy(read=(), write=(ground,), keep=(), memory_mb=64, cpu_seconds=1, file_mb=1)
tell(refused=attempt(confine, policy))
""",
            ground,
        )
        assert "never runs as root" in seen["refused"][0]


@as_root
@able_to_mount
class TestMounts:
    def test_needed_folders_appear_where_they_were_and_nothing_else(self, ground):
        seen = run(
            """
closed = ground + "/closed"
needed = (closed + "/env", closed + "/link", closed + "/other/er", closed + "/deep/er/file")
prepare_zygote(user, (*libraries, *needed))
drop_privileges(user)
sys.path.insert(0, closed + "/env/lib")
import module
tell(answer=module.answer, names=sorted(os.listdir(closed)), link=os.readlink(closed + "/link"),
     linked=os.listdir(closed + "/link"), other=os.listdir(closed + "/other/er"), store=os.listdir(closed + "/store"),
     deep=os.listdir(closed + "/deep"), mode=oct(os.stat(closed).st_mode & 0o777))
""",
            ground,
        )
        assert seen["answer"] == 42
        assert seen["names"] == ["deep", "env", "link", "other", "store"]
        assert (seen["link"], seen["linked"], seen["store"]) == ("store/env-2", ["found"], ["env-2"])
        assert (seen["other"], seen["deep"]) == (["file"], ["er"])
        assert seen["mode"] == "0o755"

    def test_even_root_cannot_write_through_the_cover(self, ground):
        seen = run(
            """
closed = ground + "/closed"
prepare_zygote(user, (*libraries, closed + "/env"))
flags = os.O_WRONLY | os.O_CREAT
tell(cover=attempt(os.open, closed + "/new", flags), needed=attempt(os.open, closed + "/env/new", flags),
     secret=attempt(os.stat, closed + "/secret"))
""",
            ground,
        )
        assert (seen["cover"], seen["needed"], seen["secret"]) == (30, 30, 2)
        assert (ground / "closed/secret").read_text() == "x"

    def test_a_working_directory_does_not_look_behind_the_cover(self, ground):
        seen = run(
            """
os.chdir(ground + "/closed/env")
prepare_zygote(user, (*libraries, ground + "/closed/env"))
kept = [os.getcwd(), attempt(os.stat, "../secret")]
tell(kept=kept)
""",
            ground,
        )
        assert seen["kept"] == [f"{ground}/closed/env", 2]

    def test_nothing_is_covered_where_nothing_is_closed(self, ground):
        seen = run(
            """
(Path(ground) / "open").mkdir()
before = os.readlink("/proc/self/ns/mnt")
prepare_zygote(user, (ground + "/open",))
tell(same=before == os.readlink("/proc/self/ns/mnt"))
""",
            ground,
        )
        assert seen["same"] is True

    @pytest.mark.parametrize("folder", ["closed/shut", "closed"])
    def test_a_needed_folder_that_is_closed_itself_is_named(self, ground, folder):
        seen = run(f"tell(refused=attempt(prepare_zygote, user, (*libraries, ground + '/{folder}')))", ground)
        message, remedy = seen["refused"]
        assert f"{ground}/{folder}" in message
        assert "chmod -R go+rX" in remedy

    def test_without_the_right_to_mount_the_closed_folder_is_named(self, ground):
        seen = run(
            """
import ctypes, struct
kept = int(kernel.status_field("CapPrm"), 16) & ~(1 << 21)
header = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0))
low, high = kept & 0xFFFFFFFF, kept >> 32
kernel.call("capset", header, struct.pack("=6I", low, low, 0, high, high, 0))
tell(refused=attempt(prepare_zygote, user, (ground + "/closed/env",)))
""",
            ground,
        )
        message, remedy = seen["refused"]
        assert f"{ground}/closed is closed" in message
        assert f"chmod o+x {ground}/closed" in remedy

    def test_links_in_circles_are_refused(self, ground):
        (ground / "one").symlink_to("two")
        (ground / "two").symlink_to("one")
        seen = run("tell(refused=attempt(prepare_zygote, user, (ground + '/one',)))", ground)
        assert "circles" in seen["refused"][0]


NETWORKS = """
if os.geteuid() == 0 and sys.argv[2] == "ordinary":
    prepare_zygote(user, libraries)
    drop_privileges(user)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
import socket
listener = socket.create_server(("127.0.0.1", 0))
spaces = lambda: [os.readlink(f"/proc/self/ns/{name}") for name in ("net", "ipc")]
before = spaces()
reached = enter_namespaces()
def connect():
    socket.create_connection(listener.getsockname(), 1).close()
    return "connected"
tell(reached=sorted(reached), changed=[one != other for one, other in zip(before, spaces())],
     connect=attempt(connect), uid=os.getuid() in (0, user.uid), held=kernel.status_field("CapEff"),
     writes=attempt((Path(ground) / "mine").write_text, "x"))
"""


@pytest.mark.parametrize("who", ["ordinary", pytest.param("root", marks=[as_root, able_to_mount])])
def test_namespaces_are_entered_or_left_alone(ground, who):
    """Optional: where they are denied, everything is as before."""
    ground.chmod(0o777)
    seen = run(NETWORKS, ground, who)
    if not seen["reached"]:
        assert (seen["changed"], seen["connect"]) == ([False, False], "connected")
        pytest.skip("this kernel or container denies namespaces to ordinary users")
    assert seen["changed"] == [True, True]
    assert seen["connect"] != "connected"
    assert seen["writes"] == 1
    if who == "ordinary":
        assert int(seen["held"], 16) == 0


def test_a_second_thread_is_refused(ground):
    """It would stay unconfined."""
    seen = run(
        """
import threading
if os.geteuid() == 0:
    prepare_zygote(user, libraries)
    drop_privileges(user)
go = threading.Event()
threading.Thread(target=go.wait).start()
policy = Policy(read=(), write=(ground,), keep=(), memory_mb=64, cpu_seconds=1, file_mb=1)
said = attempt(confine, policy)
go.set()
tell(refused=said)
""",
        ground,
    )
    assert "2 threads" in seen["refused"][0]
