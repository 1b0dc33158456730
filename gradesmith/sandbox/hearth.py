"""The process that has run a first notebook, so that those which it is forked for are warm: zygotes, and proofs.

It is forked from the loader, and ends with it. The zygotes go on without either.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from types import ModuleType

from gradesmith.sandbox.confinement import adopt_orphans, die_with_parent, surveyed
from gradesmith.sandbox.forking import fork
from gradesmith.sandbox.frames import Channel, PartnerGone
from gradesmith.sandbox.libraries import FOR_NOTEBOOKS, load
from gradesmith.sandbox.shell import make_shell
from gradesmith.sandbox.warmth import warm_up


def main(loader: Channel) -> None:
    """Load and warm up, then fork until the loader is gone."""
    die_with_parent(signal.SIGKILL)
    load((*FOR_NOTEBOOKS, "gradesmith.sandbox.zygote"))
    gc.freeze()
    warm_up(make_shell(_fresh_main()))
    sys.dont_write_bytecode = True
    surveyed()
    gc.collect()
    gc.freeze()
    gc.enable()
    adopt_orphans()
    with suppress(PartnerGone):
        while True:
            fork(loader.receive(with_descriptors=True))


def _fresh_main() -> ModuleType:
    """Put an empty module in the place of the loader's, so that ``import __main__`` finds the student's notebook."""
    main_module = ModuleType("__main__")
    sys.modules["__main__"] = main_module
    return main_module
