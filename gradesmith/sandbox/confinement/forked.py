"""Ask a short-lived forked child something that this process must not try on itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final, NoReturn

from gradesmith.errors import SandboxRefused

_MOST: Final = 1 << 20


def ask_child(question: Callable[[], str]) -> str:
    """Run ``question`` in a forked child and return its answer. Raises ``SandboxRefused`` when it gives none."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(question, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read(_MOST).decode()
    _, status = os.waitpid(child, 0)
    if status or not answer.endswith("."):
        raise SandboxRefused(
            f"the sandbox could not find out what its user may do: {answer or f'the probe ended with {status}'}",
            "Start the grader as an ordinary user, or as root with CAP_SETUID and CAP_SETGID.",
        )
    return answer[:-1]


def _answer(question: Callable[[], str], writing: int) -> NoReturn:
    """Answer and end at once, whatever happens: nothing of the parent's code may go on here."""
    code = 1
    try:
        os.write(writing, f"{question()}.".encode())
        code = 0
    except (OSError, SandboxRefused) as error:
        os.write(writing, str(error).encode())
    finally:
        os._exit(code)
