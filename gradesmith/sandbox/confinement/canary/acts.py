"""The forbidden acts that a canary tries, each with the wall that should stop it.

An act returns ``""`` when it found itself powerless, or says what it could do; a refusal by the kernel counts as
powerless, any other error does not (a decoy that is not there proves nothing). To cover one more act, add a function
here; its docstring is its name.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gradesmith.sandbox.confinement.policy import Layer, Policy

_REFUSALS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EXDEV, errno.ENOMEM, errno.EMFILE, errno.EFBIG, errno.EBADF}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoys:
    """Things that look worth attacking; ``tcp`` and ``udp`` are loopback ports."""

    folder: str
    secret: str
    process: int
    tcp: int
    udp: int
    abstract: bytes
    named: str
    descriptor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an act has to work with."""

    policy: Policy
    decoys: Decoys

    def in_box(self, name: str) -> Path:
        """A path in the box, wherever the process works."""
        return Path(self.policy.write[0], name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One forbidden act. ``deadly``: the filter answers it by killing the process, so it comes last."""

    name: str
    layer: Layer | None
    run: Callable[[Scene], str]
    backed: bool = False
    deadly: bool = False


def attempt(act: Act, scene: Scene) -> tuple[bool, str]:
    """Try an act: whether the wall held, and what was seen."""
    try:
        done = act.run(scene)
    except MemoryError:
        return True, "out of memory"
    except OSError as error:
        return error.errno in _REFUSALS, f"{errno.errorcode.get(error.errno or 0, '?')}: {error}"
    return not done, done or "powerless"
