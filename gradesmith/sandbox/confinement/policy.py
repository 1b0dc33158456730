"""What a confined child may do, and what confining it reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """One of the three walls; each stops acts that the others let through."""

    LIMITS = "limits"  # session, descriptors, environment, working directory, RLIMIT_*, parent-death signal
    LANDLOCK = "landlock"  # which files, and signals and abstract sockets where the kernel can
    SECCOMP = "seccomp"  # which system calls


ALL_LAYERS = frozenset(Layer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one child may touch and use up.

    ``read`` holds folders and files it may read (and map its libraries from); ``write`` the folders it may also
    change, the first of which becomes its working directory, home and temporary folder; ``keep`` the descriptors that
    stay open besides 0, 1 and 2, which go to ``/dev/null``. A kept socket must be a stream: a datagram socket could
    still be pointed elsewhere. ``memory_mb`` is granted on top of what the forking process already holds.
    ``witness`` is the child's end of a `Witness`, which then counts what is refused; -1 where nobody counts.
    ``tasks`` is how many threads its user runs on the machine, or -1 where the child can count them itself; ``alone``
    says that it can't see any process but the forking one and its own.
    ``processes`` lets the child fork (never execute a file). ``landlock_at_most`` makes believe that the kernel is
    older, so that what Landlock then lacks can be tried.

    Raises ``ValueError`` for a kept descriptor below 3 or a limit below 1.
    """

    read: tuple[str, ...]
    write: tuple[str, ...]
    keep: tuple[int, ...]
    memory_mb: int
    cpu_seconds: int
    file_mb: int
    open_files: int = 256
    threads: int = 64
    tasks: int = -1
    alone: bool = False
    witness: int = -1
    processes: bool = False
    layers: frozenset[Layer] = ALL_LAYERS
    landlock_at_most: int = 7

    def __post_init__(self) -> None:
        """Refuse what can't be meant."""
        if any(descriptor < 3 for descriptor in self.keep):
            raise ValueError(f"descriptors 0, 1 and 2 always go to /dev/null; asked to keep {self.keep}")
        limits = (self.memory_mb, self.cpu_seconds, self.file_mb, self.open_files, self.threads)
        if min(limits) < 1:
            raise ValueError(f"every limit is at least 1; asked for {limits}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What was reached: ``landlock_abi`` is 0 where that layer was not asked for."""

    limits: bool
    landlock_abi: int
    seccomp: bool

    def __str__(self) -> str:
        reached = [
            "limits" if self.limits else "",
            f"Landlock ABI {self.landlock_abi}" if self.landlock_abi else "",
            "seccomp" if self.seccomp else "",
        ]
        return ", ".join(filter(None, reached)) or "none"
