"""Runs a program as an ordinary user: as is, or, when root, after dropping to one who can read what it needs.

Usage: ordinary.py FOLDER SCRIPT [ARGUMENT…]     (FOLDER becomes the ordinary user's own)
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    folder, script, *arguments = sys.argv[1:]
    if os.geteuid() == 0:
        from gradesmith.sandbox.confinement import choose_identity, drop_privileges, prepare_zygote

        identity = choose_identity(7)
        for place in (Path(folder), *Path(folder).rglob("*")):
            os.chown(place, identity.uid, identity.gid)
        prepare_zygote(identity, (sys.prefix, sys.base_prefix, str(ROOT / "gradesmith"), str(ROOT / "tests")))
        drop_privileges(identity)
    os.environ["HOME"] = folder
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
