"""Reads Moodle XML back: choices, numbers, embedded answers and essays, as they are written here.

What other programs write and this does not follow is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from string import ascii_uppercase
from xml.etree.ElementTree import Element

from gradesmith.interchange.items import ReadItem, undefined_words
from gradesmith.interchange.markup import CannotRead, parse
from gradesmith.interchange.moodle.cloze import EMBEDDED, read_boxes
from gradesmith.model.interactions import Choice, Field, Fields, Interaction, Option, Text
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, Key, Mistake, TextKey
from gradesmith.model.questions import Part

NEAR = Fraction(1, 100_000)


def read(content: bytes) -> tuple[ReadItem, ...]:
    """Return the questions of a file in order; categories and descriptions are passed over.

    Raises:
        CannotRead: When the file is no Moodle XML, or holds a question that this reader does not follow.
    """
    root = parse(content, "the file")
    if root.tag != "quiz":
        raise CannotRead(f"the file begins with <{root.tag}>, not with <quiz>", "is it Moodle XML?")
    return tuple(_read(one) for one in root.iter("question") if one.get("type") not in {"category", "description"})


def _read(question: Element) -> ReadItem:
    name = _plain(question, "idnumber") or _text(question, "name")
    prompt = _text(question, "questiontext")
    try:
        interaction, key, exact = _asked(question, prompt)
        points = _points(question, key)
    except CannotRead as error:
        raise error.of(name) from None
    except (ValueError, ZeroDivisionError) as error:
        raise CannotRead(f"{name}: {error}", "export it again") from None
    part = Part(interaction=interaction, key=key, points=points)
    shown = EMBEDDED.sub("", prompt) if isinstance(key, FieldsKey) else prompt
    return ReadItem(name=name, title=_text(question, "name"), prompt=shown, part=part, exact=exact)


def _asked(question: Element, prompt: str) -> tuple[Interaction, Key, bool]:
    """Return what is asked, its key, and whether the file says that exactly."""
    match kind := question.get("type", ""):
        case "multichoice":
            return _choice(question)
        case "numerical":
            return *_one_field(_number(question)), True
        case "shortanswer":
            return *_one_field(_undefined(question)), True
        case "cloze":
            return *read_boxes(prompt), True
        case "essay":
            return Text(), TextKey(rubric=(), answer=_text(question, "graderinfo")), True
    raise CannotRead(f'a question of the type "{kind}" is not followed', "leave it out")


def _plain(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _text(element: Element, name: str) -> str:
    return _plain(element, f"{name}/text")


def _points(question: Element, key: Key) -> Fraction:
    """Return what a question is worth; Moodle adds up the weights of embedded answers."""
    if question.get("type") == "cloze" and isinstance(key, FieldsKey):
        found = EMBEDDED.finditer(_text(question, "questiontext"))
        return Fraction(sum(int(one["weight"] or 1) for one in found))
    return Fraction(_plain(question, "defaultgrade") or "1")


def _share(answer: Element) -> Fraction:
    return Fraction(answer.get("fraction", "0")) / 100


def _choice(question: Element) -> tuple[Choice, ChoiceKey, bool]:
    answers = list(zip(ascii_uppercase, question.findall("answer"), strict=False))
    if len(question.findall("answer")) > len(ascii_uppercase):
        raise CannotRead("a choice has more options than there are letters", "split it")
    options = tuple(Option(letter=letter, text=_plain(one, "text")) for letter, one in answers)
    several = _plain(question, "single") in {"false", "0"}
    shares = {letter: _share(one) for letter, one in answers}
    right = tuple(letter for letter, share in shares.items() if share > 0)
    reasons = {letter: _text(one, "feedback") for letter, one in answers if shares[letter] <= 0}
    choice = Choice(options=options, multiple=several)
    scoring, exact = policy(shares, right) if several else ("all_or_nothing", True)
    if not several and [shares[letter] for letter in right] != [1]:
        raise CannotRead("a single choice has other than one right option", "only such choices are read")
    key = ChoiceKey.model_validate({"letters": right, "reasons": reasons, "scoring": scoring})
    return choice, key, exact


def policy(shares: dict[str, Fraction], right: tuple[str, ...]) -> tuple[str, bool]:
    """Return the marking that shares of several options mean, and whether they say it exactly."""
    wrong = [share for letter, share in shares.items() if letter not in right]
    if not right or not wrong or any(abs(shares[letter] - Fraction(1, len(right))) > NEAR for letter in right):
        raise CannotRead("the right options are worth different shares", "only equal shares are read")
    if all(abs(share + Fraction(1, len(wrong))) <= NEAR for share in wrong):
        return "each_option", True
    if all(share == -1 for share in wrong):
        return "all_or_nothing", len(right) == 1
    raise CannotRead("the wrong options cost different shares", "only equal shares are read")


def _one_field(key: FieldKey) -> tuple[Fields, FieldsKey]:
    return Fields(fields=(Field(name=key.name, label=key.name),)), FieldsKey(fields=(key,))


def _number(question: Element) -> FieldKey:
    right, *others = list(_values(question))
    if right[0] != 1 or any(share for share, *_ in others):
        raise CannotRead("one right number, then wrong ones are expected", "only these are read")
    mistakes = tuple(Mistake(value=value, feedback=feedback) for _, value, _, feedback in others)
    return FieldKey(name="field_1", value=right[1], tolerance=right[2], points=Fraction(1), mistakes=mistakes)


def _values(question: Element) -> Iterator[tuple[Fraction, float, float, str]]:
    for one in question.findall("answer"):
        yield _share(one), float(_plain(one, "text")), float(_plain(one, "tolerance") or 0), _text(one, "feedback")


def _undefined(question: Element) -> FieldKey:
    if {_plain(one, "text") for one in question.findall("answer")} != set(undefined_words()):
        raise CannotRead("a short answer other than “undefined”", "only that is read")
    return FieldKey(name="field_1", value=None, tolerance=1e-6, points=Fraction(1))
