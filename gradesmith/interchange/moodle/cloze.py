r"""Several quantities in one question: Moodle's embedded answers, ``{2:NUMERICAL:=0.25:0.01~%0%0.5:0.01#Not so.}``.

The grammar is that of ``question/type/multianswer/questiontype.php``: an answer ends at ``~``, ``#`` or ``}``, feedback
at ``~`` or ``}``; entities are decoded once more, and then ``\}`` and ``\#`` lose their backslash. Weights are whole
numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from html import unescape

from gradesmith.interchange.items import undefined_words
from gradesmith.interchange.markup import CannotRead
from gradesmith.interchange.moodle.numbers import answer_text
from gradesmith.markdown import FOR_MATHJAX, inline
from gradesmith.model.interactions import Field, Fields
from gradesmith.model.keys import FieldKey, FieldsKey, Mistake

# What would begin an embedded answer, or stand for one that Moodle has taken out.
OPENING = re.compile(r"\{(?=[#:\d])")
ESCAPED_IN_TEX = re.compile(r"\\([{}#])")
WITHOUT_ESCAPE = {"{": r"\lbrace ", "}": r"\rbrace ", "#": r"\text{#}"}
SPECIAL = {"{": "&#123;", "}": "&#125;", "~": "&#126;", "#": "&#35;", "\\": "&#92;"}

EMBEDDED = re.compile(r"\{(?P<weight>\d*):(?P<kind>NUMERICAL|SHORTANSWER):(?P<answers>(?:\\.|[^\\}])*)\}", re.DOTALL)
ALTERNATIVE = re.compile(
    r"~?(?P<mark>=|%(?P<percent>-?[\d.]+)%)?(?P<answer>[^~#}]+)(?:#(?P<feedback>[^~}]*))?", re.DOTALL
)
MOST_FIELDS = 1000


def weights(key: FieldsKey) -> tuple[int, ...]:
    """Return the quantities' points as whole numbers: multiplied by the least that makes all of them whole."""
    scale = math.lcm(*(one.points.denominator for one in key.fields))
    return tuple(int(one.points * scale) for one in key.fields)


def boxes(fields: Fields, key: FieldsKey) -> str:
    """Return the quantities as HTML, each with its label and its box."""
    lines = zip(fields.fields, key.fields, weights(key), strict=True)
    return "\n".join(f"<p>{_label(field)}: {_box(one, weight)}</p>" for field, one, weight in lines)


def beside_boxes(html: str) -> str:
    """Return HTML in which no brace can be taken for the beginning of an embedded answer."""
    return OPENING.sub("&#123;", html)


def _label(field: Field) -> str:
    return beside_boxes(inline(field.label, FOR_MATHJAX))


def _box(key: FieldKey, weight: int) -> str:
    if key.value is None:
        return f"{{{weight}:SHORTANSWER:{'~'.join(f'={word}' for word in undefined_words())}}}"
    right = f"={answer_text(key.value, key.tolerance)}"
    wrong = [f"%0%{answer_text(one.value, key.tolerance)}#{_feedback(one)}" for one in key.mistakes]
    return f"{{{weight}:NUMERICAL:{'~'.join([right, *wrong])}}}"


def _feedback(mistake: Mistake) -> str:
    """Return feedback as an embedded answer may hold it.

    It is decoded once more when it is read, so its own entities are doubled. A sign that TeX wants escaped becomes a
    command, as it would lose its backslash.
    """
    html = ESCAPED_IN_TEX.sub(lambda found: WITHOUT_ESCAPE[found[1]], inline(mistake.feedback, FOR_MATHJAX))
    return "".join(SPECIAL.get(sign, sign) for sign in html.replace("&", "&amp;"))


def read_boxes(html: str) -> tuple[Fields, FieldsKey]:
    """Return the quantities that HTML with embedded answers asks for; they are named by their order.

    Raises:
        CannotRead: When there is none, or one of another sort.
    """
    found = list(EMBEDDED.finditer(html))
    if not 0 < len(found) <= MOST_FIELDS or re.search(r"\{\d*:[A-Z_]+:", EMBEDDED.sub("", html)):
        raise CannotRead("there are embedded answers that are neither numbers nor words", "only these are read")
    whole = sum(int(one["weight"] or 1) for one in found)
    keys = [_read_box(one, f"field_{place}", whole) for place, one in enumerate(found, start=1)]
    fields = tuple(Field(name=key.name, label=_label_before(html, one)) for key, one in zip(keys, found, strict=True))
    return Fields(fields=fields), FieldsKey(fields=tuple(keys))


def _label_before(html: str, box: re.Match[str]) -> str:
    label = re.sub(r"<[^>]*>", "", html[: box.start()].rpartition("<p>")[2])
    return unescape(label).strip().removesuffix(":")


def _read_box(box: re.Match[str], name: str, whole: int) -> FieldKey:
    points = Fraction(int(box["weight"] or 1), whole)
    answers = list(_read_answers(box["answers"]))
    right = [value for share, value, _ in answers if share == 1]
    if box["kind"] == "SHORTANSWER":
        if {unescape(one) for one in right} != set(undefined_words()):
            raise CannotRead(f"{name}: a box for words other than “undefined”", "only that is read")
        return FieldKey(name=name, value=None, tolerance=1e-6, points=points)
    if len(right) != 1:
        raise CannotRead(f"{name}: {len(right)} answers earn everything", "only one such answer is read")
    value, tolerance = map(float, right[0].split(":"))
    mistakes = tuple(
        Mistake(value=float(wrong.partition(":")[0]), feedback=feedback)
        for share, wrong, feedback in answers
        if not share
    )
    return FieldKey(name=name, value=value, tolerance=tolerance, points=points, mistakes=mistakes)


def _read_answers(answers: str) -> Iterator[tuple[float, str, str]]:
    """Yield the share, the answer and the feedback of each alternative."""
    for one in ALTERNATIVE.finditer(answers):
        share = 1.0 if one["mark"] == "=" else float(one["percent"] or 0) / 100
        feedback = unescape(one["feedback"] or "").replace(r"\}", "}").replace(r"\#", "#")
        yield share, one["answer"], feedback
