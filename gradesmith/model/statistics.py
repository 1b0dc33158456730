"""How questions fared when they were set: what the bank knows of their difficulty beyond its authors' estimates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from gradesmith.model.questions import Slug
from gradesmith.model.values import Value

Version = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class QuestionStatistics(Value):
    """How one version of a question fared, over everybody who had it in a test and whose answer has a final mark.

    ``mean`` is the mean share of its points that was earned (0 to 1), ``sd`` the standard deviation of that share
    between students, dividing by ``responses`` - 1 (0 for a single response).
    """

    question: Slug
    version: Version
    responses: int = Field(ge=1)
    mean: float = Field(ge=0, le=1)
    sd: float = Field(ge=0, le=0.75)


RECORDS = TypeAdapter(tuple[QuestionStatistics, ...])
"""What ``question_bank/statistics.yaml`` holds."""
