"""What a zygote and its children find around them: variables, and the folders they may read."""

from __future__ import annotations

import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from gradesmith.errors import SandboxRefused

_SYSTEM_FOLDERS: Final = (
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/lib",
    "/lib64",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/sys/devices/system/cpu",
    # joblib and the C library ask how many processors there are, and how much memory
    "/sys/fs/cgroup/cpu.max",
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
)
# Resolved by the child when it confines itself, so these are its own. Not the whole of /proc/self: net, mountinfo and
# environ there tell about the machine.
_OWN_PROCESS: Final = ("/proc/self/maps", "/proc/self/stat", "/proc/self/statm", "/proc/self/status")


def readable_roots(*, closed: Iterable[str] = ()) -> tuple[str, ...]:
    """The folders and files that student code needs for reading: interpreter, libraries, fonts, processors.

    Only what exists, each named by itself: an editable install puts the whole project on ``sys.path``, and an
    environment may have been made in the project's own root, so neither ``sys.path`` nor the prefixes are granted as
    such. ``closed`` names folders that must stay out of reach (question bank, gradebook, submissions); raises
    ``SandboxRefused`` when one of them lies under a needed folder, or the other way round.
    """
    roots = dict.fromkeys(path for path in (*_library_folders(), *_SYSTEM_FOLDERS) if Path(path).exists())
    for secret in closed:
        _refuse_overlap(Path(secret).resolve(), roots)
    return (*roots, *_OWN_PROCESS)


def _library_folders() -> Iterator[str]:
    """The interpreter's library, its shared objects, and the installed packages of this environment."""
    named = sysconfig.get_paths()
    yield from (named[kind] for kind in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield from site.getsitepackages()
    for prefix in (sys.base_prefix, sys.base_exec_prefix):
        yield from (f"{prefix}/{folder}" for folder in ("lib", "lib64"))


def _refuse_overlap(secret: Path, roots: Iterable[str]) -> None:
    for root in roots:
        place = Path(root).resolve()
        if place == secret or place in secret.parents:
            raise SandboxRefused(
                f"{secret} lies in {root}, which student code must be able to read",
                "Move the course out of the folders of the Python installation.",
            )


def scrubbed_environment(home: str) -> dict[str, str]:
    """All the variables that a zygote or a child has: nothing of the caller's, and ``home`` for everything it writes.

    One thread per library: a zygote that forks with a second thread leaves its children locks that nobody opens, and
    an OpenMP pool that never answers.
    """
    return {
        "HOME": home,
        "TMPDIR": home,
        "PATH": "/usr/bin:/bin",
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "agg",
        "SCIKIT_LEARN_DATA": f"{home}/.scikit_learn",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "BLIS_NUM_THREADS": "1",
        "NUMEXPR_MAX_THREADS": "1",
        # joblib then runs n_jobs=2 in one process instead of failing to start others
        "JOBLIB_MULTIPROCESSING": "0",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        # fewer arenas reserve less address space; huge pages make a fork of a large zygote cheaper
        "MALLOC_ARENA_MAX": "2",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }
