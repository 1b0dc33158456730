"""The confinement of a forked child, applied before the first byte of a student's code.

::

    zygote, as root    enter_namespaces(room)              optional, for ordinary users too
                       prepare_zygote(identity, needed)    opens the way to libraries in closed folders
                       drop_privileges(identity)
    zygote             make_undumpable()                   then libraries, foresee(), then fork
    child              confine(policy)                     limits, no_new_privs, Landlock, seccomp

``canary`` proves by behaviour, on decoys, that all this holds on the machine at hand.
"""

from gradesmith.sandbox.confinement.box import BoxSize, measure_box
from gradesmith.sandbox.confinement.confine import confine, foresee
from gradesmith.sandbox.confinement.environment import readable_roots, scrubbed_environment
from gradesmith.sandbox.confinement.identity import Identity, choose_identity, drop_privileges
from gradesmith.sandbox.confinement.kernel import adopt_orphans, call_process, die_with_parent, make_undumpable
from gradesmith.sandbox.confinement.landlock import landlock_abi
from gradesmith.sandbox.confinement.limits import close_all_but, tasks_of
from gradesmith.sandbox.confinement.mounts import prepare_zygote
from gradesmith.sandbox.confinement.namespaces import enter_namespaces
from gradesmith.sandbox.confinement.policy import ALL_LAYERS, Confinement, Layer, Policy
from gradesmith.sandbox.confinement.reach import Ground, Reach, surveyed
from gradesmith.sandbox.confinement.room import MOST_ENTRIES, Room, bytes_taken, places
from gradesmith.sandbox.confinement.seccomp import seccomp_available
from gradesmith.sandbox.confinement.witness import ELSEWHERE, Witness

__all__ = [
    "ALL_LAYERS",
    "ELSEWHERE",
    "MOST_ENTRIES",
    "BoxSize",
    "Confinement",
    "Ground",
    "Identity",
    "Layer",
    "Policy",
    "Reach",
    "Room",
    "Witness",
    "adopt_orphans",
    "bytes_taken",
    "call_process",
    "choose_identity",
    "close_all_but",
    "confine",
    "die_with_parent",
    "drop_privileges",
    "enter_namespaces",
    "foresee",
    "landlock_abi",
    "make_undumpable",
    "measure_box",
    "places",
    "prepare_zygote",
    "readable_roots",
    "scrubbed_environment",
    "seccomp_available",
    "surveyed",
    "tasks_of",
]
