"""Reads packages of QTI 2.1 back: choices, quantities and texts, as they are written here.

An item is understood from its declarations, its body and its response processing. What says something else is refused,
never guessed.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from xml.etree.ElementTree import Element

from gradesmith.interchange.items import ReadItem, undefined_words
from gradesmith.interchange.markup import LARGEST, CannotRead, parse
from gradesmith.interchange.qti.package import MANIFEST
from gradesmith.interchange.qti.words import FEEDBACK, ITEM_TYPE, PACKAGE, QTI, RESPONSE, SCORE
from gradesmith.model.interactions import Choice, Field, Fields, Interaction, Option, Text
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey, Key, Mistake, TextKey
from gradesmith.model.questions import Part
from gradesmith.rules.scoring import SAME_DECIMAL

MOST_FILES = 10_000
NEAR = Fraction(1, 10**6)


def read(content: bytes) -> tuple[ReadItem, ...]:
    """Return the items of a package, in the order of its manifest.

    Raises:
        CannotRead: When it is no such package, is too large, or holds an item that this reader does not follow.
    """
    files = _unpacked(content)
    manifest = parse(files.get(MANIFEST, b""), MANIFEST)
    resources = [one for one in manifest.iter(f"{{{PACKAGE}}}resource") if one.get("type") == ITEM_TYPE]
    return tuple(_item(files, one.get("href", "")) for one in resources)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
                raise CannotRead("the package is too large", "read it in pieces")
            return {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise CannotRead(f"the package can't be unpacked: {error}", "is it a zip archive?") from None


def _item(files: dict[str, bytes], path: str) -> ReadItem:
    if path not in files:
        raise CannotRead(f'the manifest names "{path}", which is not in the package', "export it again")
    root = parse(files[path], path)
    name = root.get("identifier", "")
    try:
        interaction, key = _asked(root)
        worth = Fraction(_declared(root, SCORE).get("normalMaximum", "1"))
    except CannotRead as error:
        raise error.of(name) from None
    except (ValueError, ZeroDivisionError, LookupError) as error:
        raise CannotRead(f"{name}: {error}", "export it again") from None
    body = root.find(_q("itemBody"))
    prompt = "" if body is None else " ".join("".join(body.itertext()).split())
    part = Part(interaction=interaction, key=key, points=worth)
    return ReadItem(name=name, title=root.get("title", ""), prompt=prompt, part=part)


def _q(name: str) -> str:
    return f"{{{QTI}}}{name}"


def _declared(root: Element, name: str) -> Element:
    for one in (*root.iter(_q("responseDeclaration")), *root.iter(_q("outcomeDeclaration"))):
        if one.get("identifier") == name:
            return one
    message = f"there is no declaration of {name}"
    raise LookupError(message)


def _asked(root: Element) -> tuple[Interaction, Key]:
    choice = next(root.iter(_q("choiceInteraction")), None)
    boxes = list(root.iter(_q("textEntryInteraction")))
    if choice is not None:
        return _choice(root, choice)
    if boxes:
        return _fields(root, boxes)
    if next(root.iter(_q("extendedTextInteraction")), None) is None:
        raise CannotRead("nothing is asked that this reader follows", "leave it out")
    return Text(), TextKey(rubric=())


def _choice(root: Element, found: Element) -> tuple[Choice, ChoiceKey]:
    declared = _declared(root, RESPONSE)
    options = tuple(
        Option(letter=one.get("identifier", ""), text=_content(one)) for one in found.iter(_q("simpleChoice"))
    )
    right = tuple(value.text or "" for value in declared.iterfind(f"{_q('correctResponse')}/{_q('value')}"))
    several = declared.get("cardinality") == "multiple"
    rated = declared.find(_q("mapping"))
    scoring = "all_or_nothing"
    if next(root.iter(_q("mapResponse")), None) is not None:
        if rated is None:
            raise CannotRead("the options are rated, and no rating is declared", "export it again")
        _even(rated, set(right), len(options), Fraction(_declared(root, SCORE).get("normalMaximum", "1")))
        scoring = "each_option"
    reasons = {one.letter: _feedback(root, f"{FEEDBACK}_{one.letter}") for one in options if one.letter not in right}
    key = ChoiceKey.model_validate({"letters": right, "reasons": reasons, "scoring": scoring})
    return Choice(options=options, multiple=several), key


def _even(rated: Element, right: set[str], count: int, worth: Fraction) -> None:
    """See that a rating of options is that of each option."""
    shares = {entry.get("mapKey", ""): Fraction(entry.get("mappedValue", "0")) for entry in rated.iter(_q("mapEntry"))}
    wanted = {letter: worth / len(right) if letter in right else -worth / (count - len(right)) for letter in shares}
    even = all(abs(shares[letter] - wanted[letter]) <= NEAR for letter in shares)
    bounds = (Fraction(rated.get("lowerBound", "-1")), Fraction(rated.get("upperBound", "0")))
    if not even or len(shares) != count or bounds[0] != 0 or abs(bounds[1] - worth) > NEAR:
        raise CannotRead("the options are rated otherwise than evenly", "only an even rating is read")


def _fields(root: Element, boxes: list[Element]) -> tuple[Fields, FieldsKey]:
    names = [box.get("responseIdentifier", "") for box in boxes]
    rules = {_variable(rule): rule for rule in root.iter(_q("responseCondition"))}
    parents = {box: paragraph for paragraph in root.iter(_q("p")) for box in paragraph}
    keys = [_field(root, name, rules[name]) for name in names]
    labels = ["".join(parents[box].itertext()).strip().removesuffix(":") for box in boxes]
    fields = tuple(Field(name=key.name, label=label) for key, label in zip(keys, labels, strict=True))
    return Fields(fields=fields), FieldsKey(fields=tuple(keys))


def _variable(rule: Element) -> str:
    return next((one.get("identifier", "") for one in rule.iter(_q("variable"))), "")


def _field(root: Element, response: str, rule: Element) -> FieldKey:
    name = response.removeprefix(f"{RESPONSE}_")
    first, *others = list(rule)
    worth = _added(first)
    if _declared(root, response).get("baseType") == "string":
        words = {one.text or "" for one in first.iter(_q("baseValue")) if one.get("baseType") == "string"}
        if words != set(undefined_words()):
            raise CannotRead(f"{name}: a box for words other than “undefined”", "only that is read")
        return FieldKey(name=name, value=None, tolerance=1e-6, points=worth)
    value, tolerance = _near(first)
    mistakes = tuple(Mistake(value=_near(one)[0], feedback=_shown(root, one)) for one in others)
    return FieldKey(name=name, value=value, tolerance=tolerance, points=worth, mistakes=mistakes)


def _added(case: Element) -> Fraction:
    """Return what a case adds to the score."""
    act = case.find(f"{_q('setOutcomeValue')}/{_q('sum')}/{_q('baseValue')}")
    if act is None:
        raise CannotRead("a right answer adds nothing to the score", "export it again")
    return Fraction(act.text or "0")


def _near(case: Element) -> tuple[float, float]:
    equal = case.find(_q("equal"))
    given = None if equal is None else equal.find(_q("baseValue"))
    if equal is None or given is None or equal.get("toleranceMode") != "absolute":
        raise CannotRead("a quantity is compared otherwise than with an absolute tolerance", "only that is read")
    widths = [*map(float, equal.get("tolerance", "").split())]
    if not widths or len(set(widths)) > 1:
        raise CannotRead("a tolerance differs below and above", "only an even one is read")
    return float(given.text or "nan"), widths[0] - SAME_DECIMAL


def _shown(root: Element, case: Element) -> str:
    values = (one for one in case.iter(_q("baseValue")) if one.get("baseType") == "identifier")
    return _feedback(root, next((one.text or "" for one in values), ""))


def _feedback(root: Element, name: str) -> str:
    modal = (one for one in root.iter(_q("modalFeedback")) if one.get("identifier") == name)
    return next((re.sub(r"^[A-Z]: ", "", _content(one)) for one in modal), "")


def _content(element: Element) -> str:
    return "".join(element.itertext()).strip()
