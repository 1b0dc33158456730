"""Notes on what a submission tried that honest work does not need, as far as that can be known.

Known are: what came over the grader's line that is no answer; a system call so forbidden that the kernel ends the
process; how many times the kernel refused a call of note, or was asked for a file of others, whether or not the
notebook shows that, where the kernel lets the grader count (see `confinement.witness`); and any other refusal that the
notebook lets be seen, as an error in a cell or in a check. Not known is what code asks of its own process, nor what
further processes ask for, where they are allowed. So a note tells that something was tried; no note does not tell that
nothing was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gradesmith.model.runs import CheckRun, Note
from gradesmith.sandbox.confinement import ELSEWHERE
from gradesmith.sandbox.live import Died

# EPERM and EACCES, also where a library has put them into a message of its own
REFUSED = re.compile(r"\[Errno (1|13)\]")
ASKED = "asked for a file, a program or a connection that submissions do not have; it was refused"
ATTEMPTS = {
    "forged": "the grader's line carried something that no notebook has to do with",
    "forbidden": "made a system call that is forbidden to all programs here, so the kernel ended it",
}


# What the refused calls are for, in plain words; calls that are not named here are the last
PURPOSES = {
    "start or trace other processes, or send them signals": """
        clone fork vfork execve execveat ptrace process_vm_readv process_vm_writev process_madvise process_mrelease
        kcmp pidfd_open pidfd_getfd pidfd_send_signal kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo
        setsid setpgid prlimit64 sched_setaffinity""",
    "use a network or another program's socket": """
        socket connect bind listen accept accept4 sendmmsg recvmmsg""",
    "share memory or messages with other processes": """
        shmget shmat shmdt shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl memfd_create memfd_secret
        mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr""",
    "change something about the machine": "",
}
OF_OTHERS = "open files or folders of others"
MOST_NAMED = 3


def notes_of_refusals(refused: Mapping[str, int]) -> Iterator[Note]:
    """Tell once for a submission how many times it asked the system for what it does not have, by purpose."""
    purposes = {call: purpose for purpose, calls in PURPOSES.items() for call in calls.split()}
    sums, names = Counter[str](), dict[str, list[str]]()
    for asked, times in sorted(refused.items()):
        purpose = OF_OTHERS if asked.startswith("/") else purposes.get(asked, list(PURPOSES)[-1])
        sums[purpose] += times
        names.setdefault(purpose, []).append(asked)
    if OF_OTHERS in names:
        names[OF_OTHERS] = _first_few(names[OF_OTHERS])
    for purpose, times in sums.items():
        how_often = "once" if times == 1 else f"{times} times"
        message = f"asked the system {how_often} to {purpose}, in its own code or a library's; it was refused"
        yield Note(about="attempt", message=f"{message} ({', '.join(names[purpose])})")


def _first_few(places: list[str]) -> list[str]:
    named = [place for place in places if place != ELSEWHERE][:MOST_NAMED]
    return named if len(named) == len(places) else [*named, "and others"]


def note_of_death(death: Died, cell: str) -> Note:
    """Tell how a process ended: by what it tried, or of something that happens to honest work too."""
    if death.how in ATTEMPTS:
        return Note(about="attempt", cell=cell, message=f"{ATTEMPTS[death.how]} ({death.detail})")
    return Note(about="engine", cell=cell, message=death.detail)


def notes_of_outputs(outputs: Iterable[dict[str, Any]], cell: str) -> Iterator[Note]:
    """Tell once for a cell that it was refused something."""
    errors = [output for output in outputs if output["output_type"] == "error"]
    if any(error["ename"] == "PermissionError" or REFUSED.search(error["evalue"]) for error in errors):
        yield Note(about="attempt", cell=cell, message=ASKED)


def notes_of_checks(runs: Iterable[CheckRun], cell: str) -> Iterator[Note]:
    """Tell once for a question that its code was refused something when the checks called it."""
    if any(run.raised == "PermissionError" for run in runs):
        yield Note(about="attempt", cell=cell, message=f"when called by the checks, {ASKED}")
