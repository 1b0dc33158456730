"""Acts within the process: more than its share of memory, files or rights, and what it may have inherited."""

from __future__ import annotations

import ctypes
import mmap
import os
import resource
import threading
from pathlib import Path

from gradesmith.sandbox.confinement.canary.acts import Act, Scene
from gradesmith.sandbox.confinement.environment import scrubbed_environment
from gradesmith.sandbox.confinement.kernel import PR_GET_NO_NEW_PRIVS, call, prctl, status_field
from gradesmith.sandbox.confinement.limits import RESERVED_ADDRESS_SPACE
from gradesmith.sandbox.confinement.policy import Layer

_MEGABYTE = 1 << 20


def _become_root(_: Scene) -> str:
    os.setuid(0)
    return "became root"


def _be_root(_: Scene) -> str:
    return "runs as root" if 0 in os.getresuid() else ""


def _hold_capabilities(_: Scene) -> str:
    held = [name for name in ("CapInh", "CapPrm", "CapEff", "CapAmb") if int(_field(name), 16)]
    return f"holds {', '.join(held)}" if held else ""


def _field(name: str) -> str:
    """Through the policy's own grant of ``/proc/self/status``, if it has it; else there is nothing to see."""
    try:
        return status_field(name)
    except PermissionError:
        return "0"


def _gain_privileges(_: Scene) -> str:
    return "" if prctl(PR_GET_NO_NEW_PRIVS) else "may gain privileges by exec"


def _inherited_descriptor(scene: Scene) -> str:
    return f"read {os.pread(scene.decoys.descriptor, 8, 0)!r} from a descriptor of the parent"


def _inherited_environment(scene: Scene) -> str:
    home = scene.policy.write[0] if scene.policy.write else ""
    strange = set(os.environ.items()) - set(scrubbed_environment(home).items())
    return f"found {len(strange)} variables of the parent" if strange else ""


def _elsewhere(scene: Scene) -> str:
    here = Path.cwd()
    return "" if not scene.policy.write or here.samefile(scene.policy.write[0]) else f"works in {here}"


def _same_session(_: Scene) -> str:
    return "" if os.getsid(0) == os.getpid() == os.getpgrp() else "is in the parent's session or group"


def _memory(scene: Scene) -> str:
    size = (scene.policy.memory_mb + 64) * _MEGABYTE
    mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    return f"got {size // _MEGABYTE} MB"


def _shared_memory(scene: Scene) -> str:
    size = (scene.policy.memory_mb + 64) * _MEGABYTE + RESERVED_ADDRESS_SPACE
    mmap.mmap(-1, size, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS).close()
    return f"got {size // _MEGABYTE} MB"


def _descriptors(scene: Scene) -> str:
    taken: list[int] = []
    try:
        taken.extend(os.dup(0) for _ in range(scene.policy.open_files + 1))
    finally:
        for descriptor in taken:
            os.close(descriptor)
    return f"opened {len(taken)} descriptors"


def _large_file(scene: Scene) -> str:
    place = scene.in_box("large")
    with place.open("wb") as large:
        try:
            large.truncate((scene.policy.file_mb + 1) * _MEGABYTE)
        finally:
            place.unlink()
    return f"made a file of more than {scene.policy.file_mb} MB"


def _core(_: Scene) -> str:
    return "may leave a core file" if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0) else ""


def _processor_time(scene: Scene) -> str:
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    return "" if 0 <= soft <= hard <= scene.policy.cpu_seconds + 1 else "may compute for ever"


def _lock_memory(_: Scene) -> str:
    page = mmap.mmap(-1, mmap.PAGESIZE)
    where = ctypes.addressof(ctypes.c_char.from_buffer(page))
    call("mlock", where, mmap.PAGESIZE)
    return "locked memory"


def _lack_threads(_: Scene) -> str:
    """Not an attack but the cost of a limit: where a user's tasks are hidden from us, NPROC may leave no room."""
    thread = threading.Thread(target=int)
    try:
        thread.start()
    except RuntimeError as error:
        return f"{error}: this user runs more threads than /proc shows"
    thread.join()
    return ""


ACTS = (
    Act(name="be root", layer=None, run=_be_root),
    Act(name="become root", layer=None, run=_become_root),
    Act(name="hold capabilities", layer=None, run=_hold_capabilities),
    Act(name="gain privileges by exec", layer=None, run=_gain_privileges),
    Act(name="be without threads", layer=None, run=_lack_threads),
    Act(name="use a descriptor of the parent", layer=Layer.LIMITS, run=_inherited_descriptor),
    Act(name="see the parent's environment", layer=Layer.LIMITS, run=_inherited_environment),
    Act(name="work outside the box", layer=Layer.LIMITS, run=_elsewhere),
    Act(name="stay in the parent's session", layer=Layer.LIMITS, run=_same_session),
    Act(name="take too much memory", layer=Layer.LIMITS, run=_memory),
    Act(name="take too much shared memory", layer=Layer.LIMITS, run=_shared_memory),
    Act(name="open too many descriptors", layer=Layer.LIMITS, run=_descriptors),
    Act(name="make too large a file", layer=Layer.LIMITS, run=_large_file),
    Act(name="leave a core file", layer=Layer.LIMITS, run=_core),
    Act(name="compute for ever", layer=Layer.LIMITS, run=_processor_time),
    Act(name="lock memory", layer=Layer.LIMITS, run=_lock_memory, backed=True),
)
