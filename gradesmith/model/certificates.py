"""What was proven about a question before it is used."""

from __future__ import annotations

from fractions import Fraction

from gradesmith.model.questions import Question, Slug
from gradesmith.model.values import Value

# A proof needs at least so many: seeds that a coding task is tried under, and draws of a question of another kind.
SEEDS = 5
DRAWS = 1000


def seeds_needed(question: Question) -> int:
    """Return the number of seeds that a proof of this question needs."""
    return DRAWS if question.as_code() is None else SEEDS


class MutationCount(Value):
    """How many faults were put into a solution, how many of them are none, and how many the checks noticed."""

    made: int
    waived: int
    killed: int

    @property
    def score(self) -> Fraction:
        """The share of the real faults that the checks noticed; 1 where there is none."""
        real = self.made - self.waived
        return Fraction(self.killed, real) if real else Fraction(1)


class Remark(Value):
    """Something found that does not stop a question from being used."""

    code: str
    severity: str
    message: str
    hint: str = ""


class Certificate(Value):
    """The proof that a question, with this very content, was verified with these tools under so many seeds.

    ``scores`` says what each kind of answer to a coding task earned, ``variants`` how many different ones were drawn
    of a question of another kind. The same question and tools give the same certificate, byte for byte.
    """

    question: Slug
    kind: str
    content: str
    tools: dict[str, str]
    seeds: int
    scores: dict[str, str] = {}
    mutation: MutationCount | None = None
    variants: int | None = None
    remarks: tuple[Remark, ...] = ()

    def covers(self, question: Question) -> bool:
        """Whether it is about this question as it stands."""
        return self.question == question.id and self.content == question.digest

    def proves(self, question: Question) -> bool:
        """Whether this question may be used: it was verified as it stands, and under as many seeds as that needs."""
        return self.covers(question) and self.seeds >= seeds_needed(question)
