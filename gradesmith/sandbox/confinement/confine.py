"""Confine the calling process, in the one order that works."""

from __future__ import annotations

import os

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.confinement.kernel import drop_capabilities, forbid_new_privileges, own_memory
from gradesmith.sandbox.confinement.landlock import NEWEST_ABI, landlock_abi, restrict_files
from gradesmith.sandbox.confinement.limits import set_limits, stand_alone
from gradesmith.sandbox.confinement.policy import Confinement, Layer, Policy
from gradesmith.sandbox.confinement.seccomp import filter_calls, foresee_filters


def confine(policy: Policy) -> Confinement:
    """Confine this freshly forked process for good, before it meets the first byte of a student's code.

    Each layer takes away what the next one does not need: descriptors and limits, then privileges, then files, and
    the filter last, because it forbids the calls that set up the others. Raises ``SandboxRefused`` when a layer that
    the policy asks for can't be had, or when the process runs as root or has a second thread (which would stay
    free); the process is then half confined and must end.
    """
    _refuse_root()
    _refuse_threads()
    limits = Layer.LIMITS in policy.layers
    try:
        if limits:
            stand_alone(policy)
            set_limits(policy)
        drop_capabilities()
        forbid_new_privileges()
        abi, memory = 0, -1
        if Layer.LANDLOCK in policy.layers:
            memory = own_memory() if policy.witness >= 0 and Layer.SECCOMP in policy.layers else -1
            abi = restrict_files(policy.read, policy.write, at_most=policy.landlock_at_most)
        if Layer.SECCOMP in policy.layers:
            filter_calls(landlock_abi=abi, processes=policy.processes, witness=policy.witness, memory=memory)
        elif policy.witness >= 0:
            os.close(policy.witness)
    except (OSError, ValueError) as error:
        raise SandboxRefused(
            f"the child could not be confined: {error}",
            "Something here forbids the call named above: look at the container's or the service's own restrictions.",
        ) from error
    return Confinement(limits=limits, landlock_abi=abi, seccomp=Layer.SECCOMP in policy.layers)


def foresee() -> None:
    """Work out beforehand what all children need alike, so that those that are forked from here need not."""
    foresee_filters(min(landlock_abi(), NEWEST_ABI))


def _refuse_root() -> None:
    if 0 in os.getresuid():
        raise SandboxRefused(
            "student code never runs as root",
            "Drop to another user first (drop_privileges), or start the grader as an ordinary user.",
        )


def _refuse_threads() -> None:
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 -- Path objects are of no use here
    if threads != 1:
        raise SandboxRefused(
            f"the child has {threads} threads, and only the one that asks would be confined",
            "Fork from a process with one thread, and confine before starting any.",
        )
