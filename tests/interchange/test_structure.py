"""What is written has the structure that the published specifications ask for, and the checkers notice when not."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from defusedxml.ElementTree import fromstring

from gradesmith.interchange.formats import FORMATS
from gradesmith.interchange.items import items_of_form
from tests.interchange.structure_moodle import structure_faults
from tests.interchange.structure_qti import package_faults


def files_of(content: bytes):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: fromstring(package.read(name)) for name in package.namelist()}


def test_the_whole_bank_is_sound_moodle_xml(whole_bank, collected):
    """Elements, attributes, percentages, paths and the like, for every question that Moodle can hold."""
    root = fromstring(FORMATS["moodle"].write(collected(whole_bank)))
    assert [*structure_faults(root)] == []
    assert {one.get("type") for one in root} >= {"category", "multichoice", "cloze", "essay"}


@pytest.mark.parametrize("minutes", [None, 90])
def test_the_whole_bank_is_a_sound_package(whole_bank, collected, minutes):
    """Items, test and manifest, formulas and tables included, and all refer to what is there."""
    files = files_of(FORMATS["qti"].write(collected(whole_bank, minutes)))
    assert [*package_faults(files)] == []
    assert ("test.xml" in files) == (minutes is not None)


def test_hard_texts_are_sound(hard_items, collected):
    """No text can break the structure it stands in."""
    assert [*structure_faults(fromstring(FORMATS["moodle"].write(collected(hard_items))))] == []
    assert [*package_faults(files_of(FORMATS["qti"].write(collected(hard_items, 10))))] == []


def test_a_form_becomes_a_test_with_its_sections(quiz, collected):
    """Headings are sections, minutes a limit of time, and points the items' scores; code is not there."""
    items = [item for item in items_of_form(quiz, "A course") if item.part.key.type != "code"]
    files = files_of(FORMATS["qti"].write(collected(items, quiz.minutes)))
    assert [*package_faults(files)] == []
    test = files["test.xml"]
    q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
    sections = {one.get("title"): [ref.get("identifier") for ref in one] for one in test.iter(f"{q}assessmentSection")}
    assert sections == {"Choose": ["q01", "q02"], "Compute": ["q03", "q03-judgement"]}
    assert test.find(f"{q}timeLimits").get("maxTime") == "1200"
    worth = {name: root.find(f"{q}outcomeDeclaration").get("normalMaximum") for name, root in files.items()
             if name.startswith("items/")}  # fmt: skip
    assert worth == {"items/q01.xml": "1", "items/q02.xml": "1", "items/q03.xml": "5", "items/q03-judgement.xml": "2"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_questions_make_the_same_bytes(form, hard_items, collected):
    """A file can be compared with the one of last year."""
    items = [item for item in hard_items if item.name != "boxes"]
    assert FORMATS[form].write(collected(items)) == FORMATS[form].write(collected(items))


BREAKING_MOODLE = {
    "a percentage that Moodle has not": ('fraction="-33.33333"', 'fraction="-33"'),
    "a kind that there is not": ('type="numerical"', 'type="numeric"'),
    "a misspelt element": ("<single>", "<singel>"),
    "no name": (r"<name><text>[^<]*</text></name>", ""),
    "an answer without feedback": ('<feedback format="html"><text></text></feedback><tol', "<tol"),
    "a path without an end": (r"(\$course\$/top)[^<]*", r"\1/"),
    "two questions of one idnumber": (r"<idnumber>[^<]*", "<idnumber>same"),
}


@pytest.mark.parametrize("breaking", BREAKING_MOODLE)
def test_the_checker_of_moodle_xml_notices(breaking, hard_items, collected):
    """Each of these would be refused or misunderstood by Moodle."""
    text = FORMATS["moodle"].write(collected(hard_items)).decode()
    broken = _broken(text, *BREAKING_MOODLE[breaking])
    assert [*structure_faults(fromstring(broken.encode()))]


BREAKING_QTI = {
    "an element out of its order": (r"(<responseDeclaration.*?</responseDeclaration>)(.*)(<itemBody>)", r"\2\1\3"),
    "a required attribute missing": (' adaptive="false"', ""),
    "a variable that is not declared": ('<variable identifier="RESPONSE"/>', '<variable identifier="RESPONSES"/>'),
    "an operator that there is not": ("<match>(.*?)</match>", r"<matches>\1</matches>"),
    "an option that is not there": ("<value>B</value>", "<value>Z</value>"),
    "a style": ("<p>", '<p style="color: red">'),
    "text between blocks": ("<itemBody>", "<itemBody>And now:"),
    "feedback that nothing shows": ('identifier="FEEDBACK_A">', 'identifier="FEEDBACK_X">'),
    "two questions to one answer": ('"RESPONSE_a"', '"RESPONSE_b"'),
}


@pytest.mark.parametrize("breaking", BREAKING_QTI)
def test_the_checker_of_packages_notices(breaking, hard_items, collected):
    """Each of these breaks a rule of the specification."""
    with zipfile.ZipFile(io.BytesIO(FORMATS["qti"].write(collected(hard_items)))) as package:
        texts = {name: package.read(name).decode() for name in package.namelist()}
    broken = {name: re.sub(*BREAKING_QTI[breaking], text, flags=re.DOTALL) for name, text in texts.items()}
    assert broken != texts
    assert [*package_faults({name: fromstring(text.encode()) for name, text in broken.items()})]


def _broken(text: str, pattern: str, instead: str) -> str:
    broken = re.sub(pattern, instead, text)
    if pattern == "<single>":
        broken = broken.replace("</single>", "</singel>")
    assert broken != text
    return broken
