"""Makes certificates, and asks for them before a question is used."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from gradesmith import __version__
from gradesmith.bank.certificates import read_certificate
from gradesmith.bank.loader import Bank
from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.model.certificates import Certificate, seeds_needed
from gradesmith.model.questions import Question

# What verifying means changes with this: raise it when a question that passed might not pass any more.
VERIFIER = 1
LIBRARIES = ("numpy", "pandas", "pytest", "scikit-learn", "scipy")
Warn = Callable[[str], None]


def unheard(_warning: str) -> None:
    """Let nobody know."""


class Uncertified(GradesmithError):
    """Questions were to be used that nobody has verified as they stand."""


@cache
def tools() -> dict[str, str]:
    """Return the versions of whatever a verification depends on."""
    python = ".".join(platform.python_version_tuple()[:2])
    ours = {"gradesmith": __version__, "verifier": str(VERIFIER), "python": python}
    return ours | {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not there"


def must_be_certified(bank: Bank, forms: Iterable[Form], warn: Warn) -> None:
    """See that every question of these forms was verified as it stands, under enough seeds; other tools are only told.

    Raises:
        Uncertified: With every question that was not verified, was changed since, or was tried too few times.
    """
    used = {slot.variant.question for form in forms for slot in form.slots}
    questions_must_be_certified(bank, used, warn)


def questions_must_be_certified(bank: Bank, used: Iterable[str], warn: Warn) -> None:
    """See that these questions were verified as they stand, as `must_be_certified` does for those of forms."""
    missing, elsewhere = [], []
    for name in sorted(set(used)):
        question = bank.questions[name]
        certificate = read_certificate(bank.root, name)
        if certificate is None or not certificate.proves(question):
            missing.append(f"{name}: {_unproven(certificate, question)}")
        elif certificate.tools != tools():
            elsewhere.append(name)
    if missing:
        remedy = f"gradesmith bank verify {' '.join(line.partition(':')[0] for line in missing)}"
        raise Uncertified("\n".join(missing), f"{remedy}; or, on your own word, add --uncertified")
    if elsewhere:
        count = f"{len(elsewhere)} question" + ("s were" if len(elsewhere) > 1 else " was")
        warn(f"{count} verified with other versions of the tools: gradesmith bank verify {' '.join(elsewhere)}")


def _unproven(certificate: Certificate | None, question: Question) -> str:
    """Say why a certificate is no proof of a question."""
    if certificate is None:
        return "was never verified"
    if not certificate.covers(question):
        return "was changed since it was verified"
    return f"was verified under {certificate.seeds} seeds, not the {seeds_needed(question)} that it needs"


def is_current(bank: Bank, question: Question, seeds: int) -> bool:
    """Whether a question's certificate is about its content, these tools, and at least so many seeds."""
    certificate = read_certificate(bank.root, question.id)
    covered = certificate is not None and certificate.covers(question)
    return covered and certificate is not None and certificate.tools == tools() and certificate.seeds >= seeds
