"""Runs gradesmith's command line on a kernel that seems to have no Landlock.

Usage: old_kernel.py ARGUMENT…     (what would follow ``gradesmith``)
"""

from __future__ import annotations

import errno
import sys

from gradesmith.cli.main import main
from gradesmith.sandbox.confinement import seccomp
from gradesmith.sandbox.confinement.bpf import ALLOW, Rule, assemble, blocks_of, errno_verdict
from gradesmith.sandbox.confinement.kernel import call, forbid_new_privileges, machine
from gradesmith.sandbox.confinement.syscalls import number


def take_landlock_away() -> None:
    """Have this process and all it starts be told that there is no such call."""
    here = machine()
    missing = [number(name, here) for name in ("landlock_create_ruleset", "landlock_restrict_self")]
    rules = [Rule(one, errno_verdict(errno.ENOSYS)) for one in missing]
    code = assemble(here.value, None, blocks_of(rules), ALLOW)
    forbid_new_privileges()
    call("seccomp", 1, 0, seccomp._Program(len(code) // 8, code))


if __name__ == "__main__":
    take_landlock_away()
    sys.argv = ["gradesmith", *sys.argv[1:]]
    main()
