"""Writes one item of QTI 2.1: declarations, body, marking, feedback."""

from __future__ import annotations

from collections.abc import Iterator

from gradesmith import __version__
from gradesmith.interchange.items import Item, undefined_words
from gradesmith.interchange.markup import document, number, tag, text
from gradesmith.interchange.qti.marking import feedback_on, is_mapped, mapping, processing, response_of
from gradesmith.interchange.qti.words import EXPLANATION, FEEDBACK, QTI, QTI_SCHEMA, RESPONSE, SCORE, XSI
from gradesmith.interchange.qti.xhtml import flow, phrase
from gradesmith.model.interactions import Choice, Field, Fields
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, TextKey


def item_xml(item: Item) -> bytes:
    """Return the file of one item."""
    attributes = {
        "xmlns": QTI,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{QTI} {QTI_SCHEMA}",
        "identifier": item.name,
        "title": item.title,
        "adaptive": "false",
        "timeDependent": "false",
        "toolName": "gradesmith",
        "toolVersion": __version__,
    }
    return document(
        tag(
            "assessmentItem",
            attributes,
            *_lines([*_responses(item), *_outcomes(item), _body(item), processing(item.part), *_feedback(item)]),
        )
    )


def _lines(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        yield f"\n  {piece}"
    yield "\n"


def _responses(item: Item) -> Iterator[str]:
    key = item.part.key
    if isinstance(item.part.interaction, Choice) and isinstance(key, ChoiceKey):
        right = tag("correctResponse", None, *(_value(letter) for letter in key.letters))
        cardinality = "multiple" if item.part.interaction.multiple else "single"
        rated = [mapping(item.part.interaction, key, item.part.points)] if is_mapped(item.part.interaction, key) else []
        yield _response(RESPONSE, cardinality, "identifier", right, *rated)
    elif isinstance(key, FieldsKey):
        for one in key.fields:
            kind, value = ("string", undefined_words()[0]) if one.value is None else ("float", number(one.value))
            yield _response(response_of(one), "single", kind, tag("correctResponse", None, _value(value)))
    else:
        yield tag("responseDeclaration", {"identifier": RESPONSE, "cardinality": "single", "baseType": "string"})


def _response(name: str, cardinality: str, kind: str, *content: str) -> str:
    return tag("responseDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": kind}, *content)


def _value(content: str) -> str:
    return tag("value", None, text(content))


def _outcomes(item: Item) -> Iterator[str]:
    zero = tag("defaultValue", None, _value("0"))
    worth = {"normalMaximum": number(float(item.part.points)), "normalMinimum": "0"}
    yield tag("outcomeDeclaration", {"identifier": SCORE, "cardinality": "single", "baseType": "float", **worth}, zero)
    yield tag("outcomeDeclaration", {"identifier": FEEDBACK, "cardinality": "multiple", "baseType": "identifier"})


def _body(item: Item) -> str:
    return tag("itemBody", None, flow(item.prompt, item.files), *_interaction(item))


def _interaction(item: Item) -> Iterator[str]:
    interaction, key = item.part.interaction, item.part.key
    if isinstance(interaction, Choice):
        yield _choices(interaction)
    elif isinstance(interaction, Fields) and isinstance(key, FieldsKey):
        yield from (_box(field, one) for field, one in zip(interaction.fields, key.fields, strict=True))
    else:
        yield tag("extendedTextInteraction", {"responseIdentifier": RESPONSE, "expectedLines": "15"})
    if isinstance(key, TextKey):
        criteria = [f"- {one.text} ({number(float(one.points))})" for one in key.rubric]
        notes = "\n".join([key.answer, "", "**Rubric**", "", *criteria])
        yield tag("rubricBlock", {"view": "scorer tutor"}, flow(notes))


def _choices(choice: Choice) -> str:
    attributes = {
        "responseIdentifier": RESPONSE,
        "shuffle": "false",
        "maxChoices": "0" if choice.multiple else "1",
        "minChoices": "0",
    }
    prompt = [tag("prompt", None, "Choose all that apply.")] if choice.multiple else []
    options = [tag("simpleChoice", {"identifier": one.letter}, phrase(one.text)) for one in choice.options]
    return tag("choiceInteraction", attributes, *prompt, *options)


def _box(field: Field, key: FieldKey) -> str:
    attributes = {"responseIdentifier": response_of(key), "expectedLength": "10"}
    return tag("p", None, f"{phrase(field.label)}: ", tag("textEntryInteraction", attributes))


def _feedback(item: Item) -> Iterator[str]:
    key = item.part.key
    if isinstance(key, ChoiceKey):
        for letter, reason in key.reasons.items():
            yield _modal(feedback_on(letter), tag("p", None, f"{letter}: {phrase(reason)}"))
    elif isinstance(key, FieldsKey):
        for field in key.fields:
            label = f"{phrase(_label(item, field))}: " if len(key.fields) > 1 else ""
            for place, mistake in enumerate(field.mistakes if field.value is not None else (), start=1):
                yield _modal(feedback_on(field.name, place), tag("p", None, label, phrase(mistake.feedback)))
    yield _modal(EXPLANATION, flow(item.explanation, item.files))


def _label(item: Item, key: FieldKey) -> str:
    fields = item.part.interaction.fields if isinstance(item.part.interaction, Fields) else ()
    return next(one.label for one in fields if one.name == key.name)


def _modal(name: str, content: str) -> str:
    return tag("modalFeedback", {"outcomeIdentifier": FEEDBACK, "showHide": "show", "identifier": name}, content)
