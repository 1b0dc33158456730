"""What Moodle makes of a file: its importer and its marking, followed from its published source, apart from our writer.

Sources (moodle/moodle): ``question/format/xml/format.php``, ``question/format/gift/format.php``,
``question/type/multichoice/question.php``, ``question/type/numerical/question.php`` and ``questiontype.php``,
``question/type/multianswer/questiontype.php``, ``question/engine/bank.php`` (the percentages there are).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

PARTS = [0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667, 0.1428571]
PARTS += [0.125, 0.1111111, 0.1, 0.05, 1.0]
GRADES = [0.0, *PARTS, *(-part for part in PARTS)]
EPSILON = 1e-14  # pow(10, -1 * ini_get('precision'))


class NotImported(Exception):
    """Moodle's importer would refuse this."""


def grade_option(fraction: float) -> float:
    """``match_grade_options`` with ``error``: the percentage itself, if there is one so near."""
    for option in GRADES:
        if abs(fraction - option) < 0.00001:
            return option
    raise NotImported(f"there is no grade of {fraction}")


@dataclass
class Answer:
    text: str
    fraction: float
    tolerance: float = 0.0
    feedback: str = ""


@dataclass
class Asked:
    """One question as it stands in Moodle's tables after an import."""

    name: str
    kind: str
    text: str = ""
    answers: list[Answer] = field(default_factory=list)
    single: bool = True
    subquestions: list[tuple[float, Asked]] = field(default_factory=list)
    mark: float = 1.0

    def grade(self, response) -> float:
        """Return the fraction that a response earns: an index, a set of indices, a text, or a text for each box."""
        match self.kind:
            case "multichoice" if self.single:
                return 0.0 if response is None else self.answers[response].fraction
            case "multichoice":
                return min(max(0.0, sum(self.answers[one].fraction for one in response)), 1.0)
            case "numerical":
                return self._number(response)
            case "shortanswer":
                return next((one.fraction for one in self.answers if matches(one.text, response)), 0.0)
            case "cloze":
                earned = [
                    weight * one.grade(text) for (weight, one), text in zip(self.subquestions, response, strict=True)
                ]
                return sum(earned) / sum(weight for weight, _ in self.subquestions)
        raise AssertionError(self.kind)

    def _number(self, response: str) -> float:
        value = number_in(response)
        if value is None:
            return 0.0
        for one in self.answers:
            if one.text == "*" or within(value, float(one.text), one.tolerance):
                return one.fraction
        return 0.0

    def validate(self) -> None:
        """What the editing forms and ``qtype_multianswer_validate_question`` ask for."""
        for _, one in self.subquestions:
            one.validate()
        if self.kind == "cloze":
            assert self.subquestions
        elif self.kind == "multichoice" and not self.single:
            assert len(self.answers) > 1
            assert abs(sum(one.fraction for one in self.answers if one.fraction > 0) - 1) < 0.01
        elif self.kind != "essay":
            assert max(one.fraction for one in self.answers) == 1


def matches(pattern: str, response: str) -> bool:
    """``compare_string_with_wildcard`` without regard to case."""
    parts = (re.escape(piece) for piece in pattern.split("*"))
    return bool(re.fullmatch(".*".join(parts), response.strip(), re.IGNORECASE))


def within(value: float, answer: float, tolerance: float) -> bool:
    """``within_tolerance`` for the nominal tolerance."""
    width = tolerance + EPSILON * max(abs(tolerance), abs(answer), EPSILON)
    return answer - width <= value <= answer + width


def number_in(response: str) -> float | None:
    """``apply_units`` in an English course: a comma separates thousands, and what follows a number is a unit."""
    text = response.replace(" ", "")
    text = re.sub(r"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?\d+)", r"e\1", text).replace(",", "")
    found = re.match(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", text)
    return float(found[0]) if found else None


# Moodle XML


def from_xml(root: Element) -> list[Asked]:
    """Import every question that is asked; categories are passed over."""
    assert root.tag == "quiz"
    return [_question(one) for one in root if one.get("type") != "category"]


def _text(element: Element | None) -> str:
    return ("" if element is None else element.findtext("text") or "").strip()


def _question(element: Element) -> Asked:
    kind = element.get("type", "")
    name, text = _text(element.find("name")), _text(element.find("questiontext"))
    mark = float(element.findtext("defaultgrade") or 1)
    if kind == "cloze":
        asked = extract_question(name, text)
    else:
        single = (element.findtext("single") or "true").strip() not in {"false", "0"}
        answers = [
            Answer(
                text=_text(one),
                fraction=grade_option(float(one.get("fraction", 0)) / 100),
                tolerance=float(one.findtext("tolerance") or 0),
                feedback=_text(one.find("feedback")),
            )
            for one in element.iter("answer")
        ]
        asked = Asked(name=name, kind=kind, text=text, answers=answers, single=single, mark=mark)
    asked.validate()
    return asked


# Embedded answers

FRACTION = r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%"
ANSWER = r".+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)"
FEEDBACK = r".*?(?<!\\)(?=[~}]|$)"
ALTERNATIVE = f"({FRACTION})?({ANSWER})(#({FEEDBACK}))?"
KINDS = "NUMERICAL|NM|MULTICHOICE|MC|SHORTANSWER|SA|MW|MULTIRESPONSE|MR"
EMBEDDED = re.compile(rf"\{{([0-9]*):({KINDS}):({ALTERNATIVE}(~{ALTERNATIVE})*)\}}", re.DOTALL)
NUMBER = r"-?(([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]+)?)"


def extract_question(name: str, text: str) -> Asked:
    """``qtype_multianswer_extract_question``."""
    asked = Asked(name=name, kind="cloze", text=text)
    while found := EMBEDDED.search(asked.text):
        kind = "numerical" if found[2] in {"NUMERICAL", "NM"} else "shortanswer"
        assert found[2] in {"NUMERICAL", "SHORTANSWER"}
        sub = Asked(name=f"{name}:{len(asked.subquestions)}", kind=kind, answers=list(_alternatives(found[3], kind)))
        asked.subquestions.append((float(found[1] or 1), sub))
        asked.text = asked.text.replace(found[0], f"{{#{len(asked.subquestions)}}}", 1)
    assert len(re.findall(r"\{#\d+\}", asked.text)) == len(asked.subquestions), "text that looks like a box"
    asked.mark = sum(weight for weight, _ in asked.subquestions)
    return asked


def _alternatives(text: str, kind: str):
    rest = text
    while found := re.match(f"~?{ALTERNATIVE}", rest, re.DOTALL):
        fraction = 1.0 if found[1] == "=" else 0.01 * float((found[2] or "0").replace(",", "."))
        feedback = unescape(found[5] or "").replace(r"\}", "}").replace(r"\#", "#")
        value, tolerance = found[3], 0.0
        if kind == "numerical":
            numbers = re.fullmatch(f"({NUMBER})(:{NUMBER})?", value)
            assert numbers, f"{value} is no number"
            value, tolerance = numbers[1], float(numbers[6] or 0)
        else:
            value = unescape(value).replace(r"\}", "}").replace(r"\#", "#")
        yield Answer(text=value, fraction=fraction, tolerance=tolerance, feedback=feedback)
        rest = rest[found.end() :]
    assert rest == ""


# GIFT

MEANT = {r"\:": ":", r"\#": "#", r"\=": "=", r"\{": "{", r"\}": "}", r"\~": "~", r"\n": "\n"}
PLACES = {sign: f"&&{ord(plain):03};" for sign, plain in MEANT.items()}


def _before(text: str) -> str:
    text = text.replace("\\\\", "&&092;")
    for sign, place in PLACES.items():
        text = text.replace(sign, place)
    return text.replace("&&092;", "\\")


def _after(text: str) -> str:
    for sign, place in PLACES.items():
        text = text.replace(place, MEANT[sign])
    return text


def from_gift(content: str) -> list[Asked]:
    """Import a text: questions are separated by empty lines, and lines that begin with two slashes are comments."""
    pieces = re.split(r"\n\s*\n", content)
    found = [
        _gift_question([line for line in piece.split("\n") if not line.strip().startswith("//")]) for piece in pieces
    ]
    return [one for one in found if one is not None]


def _gift_question(lines: list[str]) -> Asked | None:
    text = _before("\n".join(lines).strip())
    if not text or text.startswith("$CATEGORY:"):
        return None
    assert text.startswith("::")
    name, _, text = text[2:].partition("::")
    start, end = text.find("{"), text.find("}")
    assert 0 < start < end
    assert text.rstrip().endswith("}")
    answers = text[start + 1 : end].strip()
    answers = answers[: answers.rindex("####")].strip() if "####" in answers else answers
    shown = text[:start].strip()
    assert shown.startswith("[html]")
    asked = Asked(name=_after(name), kind="essay", text=_after(shown.removeprefix("[html]")).strip())
    if answers.startswith("#"):
        asked.kind, asked.answers = "numerical", [_gift_number(one) for one in _split(answers[1:], "=")]
    elif "~" in answers:
        asked.kind, asked.single = "multichoice", "=" in answers
        asked.answers = [_gift_option(one) for one in _split(answers.replace("=", "~="), "~")]
    elif answers:
        asked.kind, asked.answers = "shortanswer", [_gift_option(f"={one}") for one in _split(answers, "=")]
    asked.validate()
    return asked


def _split(text: str, sign: str) -> list[str]:
    pieces = [one.strip() for one in text.split(sign)]
    return pieces[1:] if not pieces[0] else pieces


def _weighted(text: str, default: float) -> tuple[float, str]:
    if re.match(r"%-*([0-9]{1,2})\.?([0-9]*)%", text):
        _, weight, text = text.split("%", 2)
        return grade_option(float(weight) / 100), text
    return default, text


def _gift_option(text: str) -> Answer:
    if text.startswith("="):
        weight, text = _weighted(text[1:], 1.0)
    else:
        weight, text = _weighted(text, 0.0)
    answer, _, feedback = text.partition("#")
    return Answer(text=_after(answer.strip()), fraction=weight, feedback=_after(feedback.strip()))


def _gift_number(text: str) -> Answer:
    weight, text = _weighted(text, 1.0)
    answer, _, feedback = text.partition("#")
    value, _, tolerance = _after(answer).strip().partition(":")
    assert math.isfinite(float(value))
    return Answer(text=value.strip(), fraction=weight, tolerance=float(tolerance), feedback=_after(feedback.strip()))
