"""Writes items as Moodle XML: choices, numbers, embedded answers, and essays for a person to mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gradesmith.interchange.items import Collection, Item, undefined_words
from gradesmith.interchange.limits import Limit, approximate, common_limits, is_strict, left_out, remark
from gradesmith.interchange.markup import cdata, document, number, tag, text
from gradesmith.interchange.moodle.cloze import beside_boxes, boxes, weights
from gradesmith.interchange.moodle.fractions import percentage, shares_of_ticks
from gradesmith.interchange.moodle.numbers import tolerance_text, value_text
from gradesmith.markdown import FOR_MATHJAX, block, inline
from gradesmith.model.interactions import Choice, Fields, Text
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, TextKey

ALL, NOTHING = "100", "0"
HTML = {"format": "html"}
PLAIN = {"format": "moodle_auto_format"}


def limits(item: Item) -> Iterator[Limit]:
    """Yield what Moodle can't say of an item."""
    yield from common_limits(item)
    interaction, key = item.part.interaction, item.part.key
    if isinstance(interaction, Choice) and isinstance(key, ChoiceKey) and interaction.multiple:
        if is_strict(item) and len(key.letters) > 1:
            what = "only the exact set of options earns here, while Moodle lets a part of them earn a part"
            yield approximate(item, what, "write scoring: each_option, or export to qti")
        elif None in map(percentage, shares_of_ticks(interaction, key)):
            what = f"Moodle has no percentage for one of {len(key.letters)} right options or of the wrong ones"
            yield left_out(item, what, "show at most ten options of each sort")
    if isinstance(key, FieldsKey) and len(key.fields) > 1 and sum(weights(key)) != item.part.points:
        yield remark(
            item,
            f"Moodle counts {sum(weights(key))} for its boxes together, not {number(float(item.part.points))}",
            f"set its maximum mark in the quiz to {number(float(item.part.points))}",
        )


def write(collection: Collection) -> bytes:
    """Return the file that Moodle's question bank imports; items are put into categories by their folders."""
    questions, folder = [], None
    for item in collection.items:
        if item.folder != folder:
            folder = item.folder
            questions.append(_category(folder))
        questions.append(_question(item))
    return document("\n".join(["<quiz>", *questions, "</quiz>"]))


def _category(folder: tuple[str, ...]) -> str:
    path = "/".join(["$course$", "top", *(name.replace("/", "//") for name in folder)])
    lines = [tag("category", None, tag("text", None, text(path))), tag("info", HTML, tag("text", None, ""))]
    return _lines("category", lines)


def _lines(kind: str, lines: list[str]) -> str:
    return "\n".join([f'  <question type="{kind}">', *(f"    {line}" for line in lines), "  </question>"])


def _question(item: Item) -> str:
    interaction, key = item.part.interaction, item.part.key
    if isinstance(interaction, Choice) and isinstance(key, ChoiceKey):
        return _lines("multichoice", [*_head(item, _prompt(item)), *_choice(interaction, key), *_foot(item)])
    if isinstance(interaction, Fields) and isinstance(key, FieldsKey):
        return _quantities(item, interaction, key)
    if isinstance(interaction, Text) and isinstance(key, TextKey):
        return _lines("essay", [*_head(item, _prompt(item)), *_essay(key), *_foot(item)])
    message = f"{item.name}: Moodle has no question for a {interaction.type}"
    raise TypeError(message)


def _prompt(item: Item) -> str:
    return block(item.prompt, item.files, FOR_MATHJAX)


def _rich(name: str, html: str) -> str:
    return tag(name, HTML, tag("text", None, cdata(html) if html else ""))


def _head(item: Item, prompt: str) -> list[str]:
    return [
        tag("name", None, tag("text", None, text(item.title))),
        _rich("questiontext", prompt),
        _rich("generalfeedback", block(item.explanation, item.files, FOR_MATHJAX)),
        tag("defaultgrade", None, number(float(item.part.points))),
        tag("penalty", None, "0"),
        tag("hidden", None, "0"),
        tag("idnumber", None, text(item.name)),
    ]


def _foot(item: Item) -> list[str]:
    tags = [tag("tag", None, tag("text", None, text(one))) for one in item.tags]
    return [tag("tags", None, *tags)] if tags else []


def _choice(choice: Choice, key: ChoiceKey) -> Iterator[str]:
    yield tag("single", None, "false" if choice.multiple else "true")
    yield tag("shuffleanswers", None, "false")  # their order is part of the variant, and amounts stand in theirs
    yield tag("answernumbering", None, "ABCD")
    yield tag("showstandardinstruction", None, "1")
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        yield _rich(name, "")
    right, wrong = shares_of_ticks(choice, key) if choice.multiple else (Fraction(1), Fraction(0))
    for option in choice.options:
        share = percentage(right if option.letter in key.letters else wrong) or NOTHING
        feedback = inline(key.reasons.get(option.letter, ""), FOR_MATHJAX)
        yield _answer(share, inline(option.text, FOR_MATHJAX), feedback, HTML)


def _answer(share: str, answer: str, feedback: str, form: dict[str, str], *more: str) -> str:
    said = cdata(answer) if form is HTML else text(answer)
    return tag("answer", {"fraction": share, **form}, tag("text", None, said), _rich("feedback", feedback), *more)


def _quantities(item: Item, fields: Fields, key: FieldsKey) -> str:
    if len(key.fields) > 1:
        html = f"{beside_boxes(_prompt(item))}{boxes(fields, key)}"
        head = [line for line in _head(item, html) if not line.startswith("<defaultgrade")]
        return _lines("cloze", [*head, *_foot(item)])
    label = f"<p>{inline(fields.fields[0].label, FOR_MATHJAX)}:</p>"
    head = _head(item, f"{_prompt(item)}{label}")
    if key.fields[0].value is None:
        answers = [_answer(ALL, word, "", PLAIN) for word in undefined_words()]
        return _lines("shortanswer", [*head, tag("usecase", None, "0"), *answers, *_foot(item)])
    return _lines("numerical", [*head, *_number(key.fields[0]), *_foot(item)])


def _number(key: FieldKey) -> Iterator[str]:
    """Yield the right value, then the known mistakes: the first one that is near enough counts."""
    values = [(ALL, key.value or 0.0, ""), *((NOTHING, one.value, one.feedback) for one in key.mistakes)]
    for share, value, feedback in values:
        tolerance = tag("tolerance", None, tolerance_text(key.tolerance, value))
        yield _answer(share, value_text(value, key.tolerance), inline(feedback, FOR_MATHJAX), PLAIN, tolerance)
    yield tag("unitgradingtype", None, "0")
    yield tag("unitpenalty", None, "0")
    yield tag("showunits", None, "3")  # no units
    yield tag("unitsleft", None, "0")


def _essay(key: TextKey) -> Iterator[str]:
    yield tag("responseformat", None, "editor")
    yield tag("responserequired", None, "1")
    yield tag("responsefieldlines", None, "15")
    yield tag("attachments", None, "0")
    yield tag("attachmentsrequired", None, "0")
    criteria = [f"- {one.text} ({number(float(one.points))})" for one in key.rubric]
    notes = "\n".join([key.answer, "", "**Rubric**", "", *criteria])
    yield _rich("graderinfo", block(notes, (), FOR_MATHJAX))
    yield _rich("responsetemplate", "")
