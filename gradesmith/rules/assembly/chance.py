"""Where the draws of a form come from, and what its code is."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_uppercase

LETTERS = "CDFGHJKMNPQRTVWXY34679"
"""What codes are written with: nothing that looks like another, and no vowels, so that no code is a word."""

SHORTEST = 4


def seed_of(*parts: object) -> int:
    """Derive a seed below 2**48 from what it is for, so that equal purposes have equal seeds."""
    text = "\0".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The source of one form's draws: a root (the assessment's seed, or the course secret), and whose form it is.

    The checks of a question draw the same for everybody, so their seeds leave the owner out.
    """

    root: str
    assessment: str
    owner: str = ""

    def of(self, owner: str) -> Chance:
        """Return the source of another owner's draws."""
        return Chance(root=self.root, assessment=self.assessment, owner=owner)

    def variant(self, question: str, attempt: int = 0) -> int:
        """The seed of a question's variant; later attempts are for who may not have the numbers of the first."""
        return seed_of(*self._whose(), question, *((attempt,) if attempt else ()))

    def checks(self, question: str) -> int:
        """The seed of what the checks of a question draw."""
        return seed_of(self.root, question, "rng")

    def picks(self, purpose: str = "picks") -> random.Random:
        """The random source by which questions are picked, or put in order."""
        return random.Random(seed_of(*self._whose(), purpose))  # noqa: S311 - reproducible by design; the root is secret

    def _whose(self) -> tuple[str, ...]:
        return self.root, self.assessment, *((self.owner,) if self.owner else ())


def parallel_codes(number: int) -> tuple[str, ...]:
    """Return A, B, C, …, and after Z two letters each."""
    codes = ("".join(letters) for size in count(1) for letters in product(ascii_uppercase, repeat=size))
    return tuple(code for code, _ in zip(codes, range(number), strict=False))


def own_code(root: str, assessment: str, student: str, taken: Collection[str]) -> str:
    """Return a short code for a student's form that nobody else in the class has.

    It follows from the secret, so it tells nothing of the student to who does not know it.
    """
    return next(code for code in _codes(root, assessment, student) if code not in taken)


def _codes(root: str, assessment: str, student: str) -> Iterator[str]:
    for attempt in count():
        drawn = random.Random(seed_of(root, assessment, student, "code", attempt))  # noqa: S311 - reproducible by design
        # A class that fills the short codes gets longer ones.
        yield "".join(drawn.choices(LETTERS, k=SHORTEST + attempt // 50))
