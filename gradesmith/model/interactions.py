"""What a student sees and fills in, whatever kind of question asked for it.

The word is QTI's. Writers of notebooks, papers and web pages know these four and no kind of question.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting

from gradesmith.model.values import Value


class Option(Value):
    """One option of a choice, under the letter it has in this variant."""

    letter: str
    text: str


class Choice(Value):
    """Pick one option, or several."""

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...]
    multiple: bool = False


class Field(Value):
    """One quantity to fill in."""

    name: str
    label: str


class Fields(Value):
    """Fill in named quantities."""

    type: Literal["fields"] = "fields"
    fields: tuple[Field, ...]


class Code(Value):
    """Write code; the cell holds the starter at first."""

    type: Literal["code"] = "code"
    starter: str


class Text(Value):
    """Write an answer in words, to be marked by a person."""

    type: Literal["text"] = "text"
    hint: str = "*Write your answer here.*"


Interaction = Annotated[Choice | Fields | Code | Text, Setting(discriminator="type")]
