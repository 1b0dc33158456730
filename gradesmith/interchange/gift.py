r"""GIFT, Moodle's text format, as its ``question/format/gift`` reads it: ``::title::[html]text{=right ~wrong#why}``.

A backslash takes the meaning of ``~ = # { } : \`` away, and makes a line's end of ``n``. An empty line ends a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from string import ascii_uppercase

from gradesmith.interchange.items import Collection, Item, ReadItem, undefined_words
from gradesmith.interchange.limits import Limit, approximate, common_limits, is_strict, left_out, remark
from gradesmith.interchange.markup import LARGEST, CannotRead, legal, number
from gradesmith.interchange.moodle.fractions import percentage, shares_of_ticks
from gradesmith.interchange.moodle.numbers import answer_text
from gradesmith.interchange.moodle.reading import policy
from gradesmith.markdown import FOR_MATHJAX, block, inline
from gradesmith.model.interactions import Choice, Field, Fields, Interaction, Option, Text
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, Key, Mistake, TextKey
from gradesmith.model.questions import Part

SPECIAL = re.compile(r"[\\~=#{}:]")
QUESTION = re.compile(
    r"::(?P<title>(?:\\.|[^\\:])*)::\[html\](?P<text>(?:\\.|[^\\{}])*)\{(?P<answers>(?:\\.|[^\\}])*)\}", re.DOTALL
)
ANSWER = re.compile(
    r"(?P<mark>[=~])(?:%(?P<percent>-?[\d.]+)%)?(?P<text>(?:\\.|[^\\~=#])*)(?:#(?P<feedback>(?:\\.|[^\\~=#])*))?",
    re.DOTALL,
)


def limits(item: Item) -> Iterator[Limit]:
    """Yield what GIFT can't say of an item."""
    yield from common_limits(item)
    interaction, key, worth = item.part.interaction, item.part.key, item.part.points
    if isinstance(key, FieldsKey) and len(key.fields) > 1:
        yield left_out(item, "GIFT holds one quantity in a question, not several", "export to moodle or qti")
        return
    if isinstance(interaction, Choice) and isinstance(key, ChoiceKey) and interaction.multiple:
        if is_strict(item) and len(key.letters) > 1:
            what = "only the exact set of options earns here, while GIFT lets a part of them earn a part"
            yield approximate(item, what, "write scoring: each_option, or export to qti")
        elif None in map(percentage, shares_of_ticks(interaction, key)):
            what = f"GIFT has no percentage for one of {len(key.letters)} right options or of the wrong ones"
            yield left_out(item, what, "show at most ten options of each sort")
    if isinstance(key, TextKey):
        yield remark(item, "GIFT holds no rubric", "keep the rubric at hand when you mark, or export to moodle")
    if worth != 1 and key.type != "code":
        what = f"GIFT holds no points, and it is worth {number(float(worth))}"
        yield remark(item, what, "set its mark in the quiz, or export to moodle")


def write(collection: Collection) -> bytes:
    """Return the text; items are put into categories by their folders."""
    pieces: list[str] = []
    folder = None
    for item in collection.items:
        if item.folder != folder:
            folder = item.folder
            path = "/".join(name.replace("/", "//") for name in folder)
            pieces.append(f"$CATEGORY: $course$/top/{path}")
        pieces.append(f"// {item.name}\n{_question(item)}")
    return ("\n\n".join(pieces) + "\n").encode()


def _plain(text: str) -> str:
    """Return text without any meaning of its own, on one line."""
    return SPECIAL.sub(lambda found: f"\\{found[0]}", legal(text).strip()).replace("\r", "").replace("\n", r"\n")


def _question(item: Item) -> str:
    label = ""
    if isinstance(item.part.interaction, Fields):
        label = f"<p>{inline(item.part.interaction.fields[0].label, FOR_MATHJAX)}:</p>"
    text = _plain(f"{block(item.prompt, item.files, FOR_MATHJAX)}{label}")
    general = _plain(block(item.explanation, item.files, FOR_MATHJAX))
    mark, answers = _answers(item)
    lines = [f"::{_plain(item.title)}::[html]{text}{{{mark}", *(f"\t{one}" for one in answers), f"\t####{general}", "}"]
    return "\n".join(lines)


def _answers(item: Item) -> tuple[str, list[str]]:
    interaction, key = item.part.interaction, item.part.key
    if isinstance(interaction, Choice) and isinstance(key, ChoiceKey):
        return "", list(_options(interaction, key))
    if isinstance(key, FieldsKey):
        (one,) = key.fields
        if one.value is None:
            return "", [f"=%100%{_plain(word)}" for word in undefined_words()]
        return "#", list(_numbers(one, one.value))
    return "", []


def _options(choice: Choice, key: ChoiceKey) -> Iterator[str]:
    right, wrong = shares_of_ticks(choice, key) if choice.multiple else (Fraction(1), Fraction(0))
    for option in choice.options:
        share = right if option.letter in key.letters else wrong
        mark = f"~%{percentage(share)}%" if choice.multiple else ("=" if share else "~")
        reason = key.reasons.get(option.letter, "")
        feedback = f"#{_plain(inline(reason, FOR_MATHJAX))}" if reason else ""
        yield f"{mark}{_plain(inline(option.text, FOR_MATHJAX))}{feedback}"


def _numbers(key: FieldKey, value: float) -> Iterator[str]:
    yield f"=%100%{answer_text(value, key.tolerance)}#"
    for one in key.mistakes:
        feedback = _plain(inline(one.feedback, FOR_MATHJAX))
        yield f"=%0%{answer_text(one.value, key.tolerance)}#{feedback}"


def read(content: bytes) -> tuple[ReadItem, ...]:
    """Return the questions of a text in order, as they are written here; categories are passed over.

    Raises:
        CannotRead: When it is no such text, or holds a question that this reader does not follow.
    """
    if len(content) > LARGEST:
        raise CannotRead("the text is too large", "read it in pieces")
    found = []
    for number_, piece in enumerate(re.split(r"\n[ \t]*\n", content.decode("utf-8", "replace").strip()), start=1):
        name = (re.match(r"// (\S+)", piece) or ["", f"question {number_}"])[1]
        lines = [line for line in piece.split("\n") if not line.startswith("//")]
        if lines and not lines[0].startswith("$CATEGORY:"):
            found.append(_read(name, "\n".join(lines)))
    return tuple(found)


def _meant(text: str) -> str:
    """Return text with its own signs again."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text.strip())


def _read(name: str, piece: str) -> ReadItem:
    found = QUESTION.fullmatch(piece.strip())
    if found is None:
        raise CannotRead(f"{name}: there is no title, text and answers in braces", "export it again")
    answers = found["answers"].partition("####")[0].strip()
    try:
        interaction, key, exact = _asked(answers)
    except CannotRead as error:
        raise error.of(name) from None
    except ValueError as error:
        raise CannotRead(f"{name}: {error}", "export it again") from None
    part = Part(interaction=interaction, key=key, points=Fraction(1))
    return ReadItem(name=name, title=_meant(found["title"]), prompt=_meant(found["text"]), part=part, exact=exact)


def _asked(answers: str) -> tuple[Interaction, Key, bool]:
    if not answers:
        return Text(), TextKey(rubric=()), True
    found = list(ANSWER.finditer(answers.removeprefix("#")))
    if answers.startswith("#"):
        return *_field(_number(found)), True
    if any(one["mark"] == "~" for one in found):
        return _choice(found)
    if {_meant(one["text"]) for one in found} != set(undefined_words()):
        raise CannotRead("a short answer other than “undefined”", "only that is read")
    return *_field(FieldKey(name="field_1", value=None, tolerance=1e-6, points=Fraction(1))), True


def _field(key: FieldKey) -> tuple[Fields, FieldsKey]:
    return Fields(fields=(Field(name=key.name, label=key.name),)), FieldsKey(fields=(key,))


def _share(one: re.Match[str]) -> Fraction:
    return Fraction(one["percent"]) / 100 if one["percent"] else Fraction(one["mark"] == "=")


def _number(found: list[re.Match[str]]) -> FieldKey:
    right, *wrong = found
    if _share(right) != 1 or any(map(_share, wrong)):
        raise CannotRead("one right number, then wrong ones are expected", "only these are read")
    value, tolerance = (float(text) for text in right["text"].split(":"))
    mistakes = tuple(
        Mistake(value=float(one["text"].partition(":")[0]), feedback=_meant(one["feedback"] or "")) for one in wrong
    )
    return FieldKey(name="field_1", value=value, tolerance=tolerance, points=Fraction(1), mistakes=mistakes)


def _choice(found: list[re.Match[str]]) -> tuple[Choice, ChoiceKey, bool]:
    lettered = dict(zip(ascii_uppercase, found, strict=False))
    several = not any(one["mark"] == "=" for one in found)
    shares = {letter: _share(one) for letter, one in lettered.items()}
    right = tuple(letter for letter, share in shares.items() if share > 0)
    scoring, exact = policy(shares, right) if several else ("all_or_nothing", True)
    reasons = {letter: _meant(one["feedback"] or "") for letter, one in lettered.items() if letter not in right}
    options = tuple(Option(letter=letter, text=_meant(one["text"])) for letter, one in lettered.items())
    key = ChoiceKey.model_validate({"letters": right, "reasons": reasons, "scoring": scoring})
    return Choice(options=options, multiple=several), key, exact
