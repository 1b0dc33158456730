"""The errors that gradesmith raises on purpose: each says where, what, and what to do."""

from __future__ import annotations


class GradesmithError(Exception):
    """Something a person can mend; its text is all they need to see.

    ``remedy`` is the next thing to do, often a command to type.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  {self.remedy}" if self.remedy else self.message


class NotFound(GradesmithError):
    """A name that stands for nothing; the nearest known ones are suggested."""


class Unreleased(GradesmithError):
    """An assessment was to be graded before its forms were frozen."""


class SandboxRefused(GradesmithError):
    """Student code can't be confined here, so it is not run."""


class CannotCompute(GradesmithError):
    """A question's own Python did not come to its end; the text says at which line, as far as that is known."""


class CannotDraw(GradesmithError):
    """A question of which no variant can be set: every draw was refused, and the text says why the last one was."""
