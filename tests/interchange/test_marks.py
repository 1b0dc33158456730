"""What is written marks as we do: an evaluator of each format, apart from its writer, gives every answer our share."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from fractions import Fraction

import pytest
from defusedxml.ElementTree import fromstring

from gradesmith.interchange.formats import FORMATS, written
from gradesmith.interchange.items import Item
from gradesmith.interchange.limits import Consequence
from gradesmith.model.interactions import Choice
from gradesmith.model.keys import TextKey
from tests.interchange import moodle
from tests.interchange.conftest import choice_part, drawn, field, fields_part, item_of
from tests.interchange.probing import answers, share
from tests.interchange.qti_player import Attempt

Evaluator = Callable[[Item, object], float]
# Moodle's percentages have five digits after the point.
NEAR = 2e-6


def _moodles(asked: list[moodle.Asked], items: Iterable[Item]) -> Evaluator:
    by_name = dict(zip((item.name for item in items), asked, strict=True))

    def grade(item: Item, answer) -> float:
        found = by_name[item.name]
        if isinstance(item.part.interaction, Choice):
            letters = [one.letter for one in item.part.interaction.options]
            if item.part.interaction.multiple:
                return found.grade({letters.index(one) for one in answer})
            return found.grade(letters.index(answer) if answer else None)
        texts = [answer[one.name] for one in item.part.interaction.fields]
        return found.grade(texts if found.kind == "cloze" else texts[0])

    return grade


def _qtis(content: bytes) -> Evaluator:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.startswith("items/")]
        roots = {name.removeprefix("items/").removesuffix(".xml"): fromstring(package.read(name)) for name in names}

    def grade(item: Item, answer) -> float:
        given = (
            {f"RESPONSE_{name}": text for name, text in answer.items()}
            if isinstance(answer, dict)
            else {"RESPONSE": answer}
        )
        return Attempt(roots[item.name], given).score / float(item.part.points)

    return grade


def evaluator(form: str, items: tuple[Item, ...], collected) -> Evaluator:
    """Write the items, and return what marks an answer to one of them by the file alone."""
    content = written(FORMATS[form], collected(items))
    if form == "moodle":
        return _moodles(moodle.from_xml(fromstring(content)), items)
    if form == "gift":
        return _moodles(moodle.from_gift(content.decode()), items)
    return _qtis(content)


def carried(form: str, items: Iterable[Item]) -> tuple[Item, ...]:
    gone = {limit.item for item in items for limit in FORMATS[form].limits(item)
            if limit.consequence is Consequence.LEFT_OUT}  # fmt: skip
    return tuple(item for item in items if item.name not in gone)


def mark_as_we_do(form: str, items: tuple[Item, ...], collected) -> int:
    """See that every answer tried earns in this format what it earns here; return how many were tried."""
    grade, chance = evaluator(form, items, collected), random.Random(form)
    tried = 0
    for item in items:
        for answer in [] if isinstance(item.part.key, TextKey) else answers(item.part, chance):
            assert grade(item, answer) == pytest.approx(float(share(item.part, answer)), abs=NEAR), (item.name, answer)
            tried += 1
    return tried


@pytest.mark.parametrize("form", FORMATS)
def test_the_whole_bank_marks_as_we_do(form, whole_bank, collected):
    """Right, wrong, partly right, nearly right, mistaken, blank and unreadable answers earn what they earn here."""
    items = carried(form, whole_bank)
    assert len(items) > 180
    assert mark_as_we_do(form, items, collected) > 1000


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMATS)
def test_many_variants_of_the_bank_mark_as_we_do(form, shipped, collected):
    """Whatever numbers are drawn."""
    assert mark_as_we_do(form, carried(form, drawn(shipped, range(100, 110))), collected) > 10_000


@pytest.mark.parametrize("form", FORMATS)
def test_every_number_of_options_marks_as_we_do(form, collected):
    """Whatever the numbers of right and wrong options, every set of ticks earns the same share."""
    letters = "ABCDEFGHIJKLMN"
    items = tuple(
        item_of(choice_part(letters[:right], letters[right : right + wrong], points="2.5"), f"{right}-{wrong}")
        for right in range(1, 8)
        for wrong in range(1, 8)
    )
    assert mark_as_we_do(form, items, collected) > 900


@pytest.mark.parametrize("form", FORMATS)
def test_hard_texts_do_not_change_marks(form, hard_items, collected):
    """No text of a question, an option or a feedback can be taken for a sign of the format."""
    items = carried(form, hard_items)
    assert len(items) >= 4
    mark_as_we_do(form, items, collected)


def test_the_exact_set_can_be_asked_for_in_qti(collected):
    """All or nothing stays all or nothing where the format can say it."""
    item = item_of(choice_part("ABC", "DE", scoring="all_or_nothing", points="3"))
    grade = evaluator("qti", (item,), collected)
    assert [grade(item, [*ticks]) for ticks in ("ABC", "AB", "ABCD", "")] == [1, 0, 0, 0]


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_one_right_option_among_several_can_be_asked_for_exactly(form, collected):
    """With one right option a wrong tick that costs everything says all or nothing."""
    item = item_of(choice_part("B", "ACD", scoring="all_or_nothing"))
    assert [*FORMATS[form].limits(item)] == []
    grade = evaluator(form, (item,), collected)
    assert [grade(item, [*ticks]) for ticks in ("B", "AB", "A", "")] == [1, 0, 0, 0]


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_what_a_format_can_not_mark_is_told(form):
    """The exact set of several options is more than percentages can say; the words tell why and what to do."""
    (limit,) = FORMATS[form].limits(item_of(choice_part("ABC", "DE", scoring="all_or_nothing")))
    assert limit.consequence is Consequence.APPROXIMATE
    assert "only the exact set" in limit.what
    assert "each_option" in limit.remedy


@pytest.mark.parametrize("form", ["moodle", "gift"])
def test_shares_that_have_no_percentage_are_left_out(form):
    """Moodle would refuse a file with a percentage that it does not know."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    (limit,) = FORMATS[form].limits(item_of(choice_part(letters[:13], letters[13:])))
    assert limit.consequence is Consequence.LEFT_OUT
    assert "13 right options" in limit.what


def test_weights_of_boxes_keep_the_proportions_of_points(collected):
    """Moodle's weights are whole numbers; a mark that these do not add up to is to be set in the quiz."""
    item = item_of(fields_part(field("a", 1, points="0.5"), field("b", 2, points="0.25"), points="5"))
    (limit,) = FORMATS["moodle"].limits(item)
    assert limit.consequence is Consequence.REMARK
    assert "counts 3" in limit.what
    assert "5" in limit.remedy
    grade = evaluator("moodle", (item,), collected)
    assert grade(item, {"a": "1", "b": ""}) == pytest.approx(2 / 3)


def test_feedback_on_a_known_mistake_is_shown_in_qti(collected):
    """The player shows what was the matter, and the explanation, and nothing else."""
    item = item_of(fields_part(field("a", 1, _2="Twice."), field("b", 5, _6="One more.")))
    with zipfile.ZipFile(io.BytesIO(FORMATS["qti"].write(collected([item])))) as package:
        root = fromstring(package.read("items/one.xml"))
    shown = {name: Attempt(root, {"RESPONSE_a": text, "RESPONSE_b": "5"}).shown for name, text in
             {"right": "1", "mistaken": "2.0005", "other": "3", "blank": ""}.items()}  # fmt: skip
    assert shown == {
        "right": ["EXPLANATION"],
        "mistaken": ["FEEDBACK_a_1", "EXPLANATION"],
        "other": ["EXPLANATION"],
        "blank": ["EXPLANATION"],
    }


@pytest.mark.parametrize("form", FORMATS)
def test_points_are_those_of_the_form(form, collected):
    """What a question is worth is written where the format has a place for it."""
    item = item_of(choice_part("A", "BC", points="2.5"))
    content = FORMATS[form].write(collected([item]))
    (found,) = FORMATS[form].read(content)
    assert found.part.points == (Fraction("2.5") if form != "gift" else 1)
    assert any("worth 2.5" in limit.what for limit in FORMATS[form].limits(item)) == (form == "gift")
