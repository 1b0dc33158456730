"""Readers give back what was written, and refuse what they do not follow or what would harm."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from gradesmith.errors import GradesmithError
from gradesmith.interchange.formats import FORMATS, Format, says, written
from gradesmith.interchange.items import items_of_form
from gradesmith.interchange.markup import CannotRead
from gradesmith.model.questions import DataFile
from tests.interchange.conftest import HARD, choice_part, field, fields_part, item_of


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_read_again(form, hard_items, collected):
    """Names, titles, letters, values, tolerances, mistakes and shares of points come back."""
    items = [item for item in hard_items if form != "gift" or item.name != "boxes"]
    found = FORMATS[form].read(FORMATS[form].write(collected(items)))
    assert [one.title for one in found] == ["A title"] * len(items)
    assert all(says(item, one) for item, one in zip(items, found, strict=True))
    assert all(one.exact for one in found)


@pytest.mark.parametrize("form", FORMATS)
def test_another_key_is_noticed(form, hard_items, collected):
    """The proof that stands between writing and a file fails for every other question."""
    items = [item for item in hard_items if form != "gift" or item.name != "boxes"]
    found = FORMATS[form].read(FORMATS[form].write(collected(items)))
    assert not any(says(item, one) for item, one in zip(items, found[1:] + found[:1], strict=True))
    other = item_of(choice_part("A", "BC", multiple=False, text=HARD), "single")
    assert not says(other, found[0])


def test_nothing_is_written_that_reads_otherwise(collected):
    """A writer's fault is found before anybody has the file."""
    item, other = item_of(choice_part("A", "BC")), item_of(choice_part("B", "AC"))
    moodle = FORMATS["moodle"]
    forgetful = Format(
        ending="", limits=moodle.limits, read=moodle.read, write=lambda _: moodle.write(collected([other]))
    )
    with pytest.raises(GradesmithError, match="reads otherwise than it was meant: one"):
        written(forgetful, collected([item]))


def test_an_approximation_is_read_as_one(collected):
    """Part of the options earns part of the points: a reader can't know that the exact set was meant, and says so."""
    item = item_of(choice_part("ABC", "DE", scoring="all_or_nothing"))
    for form in ("moodle", "gift"):
        (found,) = FORMATS[form].read(FORMATS[form].write(collected([item])))
        assert not found.exact
        assert found.part.key.scoring == "all_or_nothing"


BOMB = b'<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'


def zipped(**files: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("_xml", ".xml"), content)
    return archive.getvalue()


HOSTILE = {
    "entities": ("moodle", BOMB),
    "an outside entity": ("moodle", b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'),
    "half a file": ("moodle", b"<quiz><question type='multichoice'>"),
    "another file": ("moodle", b"<html/>"),
    "a kind of its own": ("moodle", b"<quiz><question type='drag'><name><text>x</text></name></question></quiz>"),
    "no number": (
        "moodle",
        b"<quiz><question type='numerical'><answer fraction='100'><text>x</text></answer></question></quiz>",
    ),
    "no zip": ("qti", b"PK no"),
    "an empty package": ("qti", zipped(other_xml=b"<a/>")),
    "entities in a package": ("qti", zipped(imsmanifest_xml=BOMB)),
    "a large package": ("qti", zipped(imsmanifest_xml=b" " * 60_000_000)),
    "no question": ("gift", b"Who is it?"),
    "matching": ("gift", b"::t::[html]x{=a -> b =c -> d}"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_followed_is_refused(case):
    """Never guessed, never expanded, never a traceback."""
    form, content = HOSTILE[case]
    with pytest.raises(CannotRead) as caught:
        FORMATS[form].read(content)
    assert caught.value.remedy


@pytest.mark.parametrize("form", FORMATS)
def test_texts_of_questions_are_harmless(form, collected):
    """Raw HTML of an author (or of an imported question) is shown, never obeyed; links lead where links may lead."""
    hostile = '<script>alert(1)</script> [x](javascript:alert(1)) ![](https://example.org/x.png) <b onclick="a()">'
    item = item_of(choice_part("B", "A", multiple=False, text=hostile), prompt=hostile, explanation=hostile)
    content = FORMATS[form].write(collected([item]))
    if form == "qti":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = package.read("items/one.xml")
    text = content.decode().replace("\\", "")
    for bad in ("<script", "<b ", 'href="javascript', "<img"):
        assert bad not in text


def test_numbers_are_written_as_people_write_them(collected):
    """Noise of the last digit is not shown to students, as far as no answer is marked otherwise."""
    item = item_of(
        fields_part(field("a", 149.99999999999955, 1, _1650="no"), field("b", 0.1 + 0.2, 0.0005000000000000008))
    )
    text = FORMATS["moodle"].write(collected([item])).decode()
    assert "=150:1~%0%1650:1#no}" in text
    assert "=0.3:0.0005}" in text


def test_the_words_about_writing_numbers_are_those_of_a_box(quiz):
    """A box holds no Python: no quotation marks, no percentages; and a judgement is not told how to write numbers."""
    prompts = {item.name: item.prompt for item in items_of_form(quiz, "A course")}
    assert "`0.8765`, not as a percentage; where it is not defined, write `undefined`." in prompts["q03"]
    assert '"87.65 %"' not in prompts["q03"]
    assert "four digits" not in prompts["q03-judgement"]
    assert "Would you use it?" in prompts["q03-judgement"]


@pytest.mark.parametrize("form", FORMATS)
def test_pictures_are_carried_and_other_files_are_told(form, collected):
    """A picture that came with a question stands in the file; a table for Python is to be put beside the quiz."""
    files = (DataFile(name="curve.png", content="cG5n"), DataFile(name="table.csv", content="YQ=="))
    item = replace(item_of(choice_part("A", "B"), prompt="![a curve](curve.png)"), files=files)
    (limit,) = FORMATS[form].limits(item)
    assert (limit.consequence, limit.what) == ("remark", "its files are not carried: table.csv")
    content = FORMATS[form].write(collected([item]))
    if form == "qti":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = package.read("items/one.xml")
    assert "data:image/png;base64,cG5n" in content.decode().replace("\\", "")
