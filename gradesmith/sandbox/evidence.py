"""Notes on what a submission tried that honest work does not need, as far as that can be known.

Known are: what came over the grader's line that is no answer; a system call so forbidden that the kernel ends the
process; and what the kernel refused, where the notebook lets that be seen: as an error in a cell or in a check. What
student code hides (a refusal that it catches, a question to its own process) leaves nothing here, and a counter in its
process would only be its own word. So a note tells that something was tried; no note does not tell that nothing was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from gradesmith.model.runs import CheckRun, Note
from gradesmith.sandbox.live import Died

# EPERM and EACCES, also where a library has put them into a message of its own
REFUSED = re.compile(r"\[Errno (1|13)\]")
ASKED = "asked for a file, a program or a connection that submissions do not have; it was refused"
ATTEMPTS = {
    "forged": "the grader's line carried something that no notebook has to do with",
    "forbidden": "made a system call that is forbidden to all programs here, so the kernel ended it",
}


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
