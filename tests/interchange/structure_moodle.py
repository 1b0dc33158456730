"""The structure of Moodle XML.

Sources: https://docs.moodle.org/en/Moodle_XML_format and what ``question/format/xml/format.php`` reads; a name it never
asks for has no rule here, so a misspelt element is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.interchange.moodle import PARTS
from tests.interchange.structure import NUMBER, Rule, children, faults

FORMAT = {"format": "html|moodle_auto_format|plain_text|markdown"}
RICH = Rule(children("text", "file"), may=FORMAT)
YES_NO = Rule(text=True, says="true|false|0|1")
WORD = Rule(text=True, says=r"\S+")
COUNT = Rule(text=True, says=r"\d+")
PERCENT = "|".join(["-?0", *(rf"-?{re.escape(f'{100 * part:.7g}')}" for part in PARTS)])

COMMON = ("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags")
KINDS = {
    "category": ("category", "info", "idnumber"),
    "multichoice": (
        *COMMON,
        "single",
        "shuffleanswers",
        "answernumbering",
        "showstandardinstruction",
        "correctfeedback",
        "partiallycorrectfeedback",
        "incorrectfeedback",
        "shownumcorrect",
        "answer",
    ),
    "numerical": (*COMMON, "answer", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"),
    "shortanswer": (*COMMON, "usecase", "answer"),
    "cloze": tuple(name for name in COMMON if name != "defaultgrade"),
    "essay": (
        *COMMON,
        "responseformat",
        "responserequired",
        "responsefieldlines",
        "attachments",
        "attachmentsrequired",
        "graderinfo",
        "responsetemplate",
    ),
}
NEEDED = {
    "category": ("category",),
    "multichoice": ("name", "questiontext", "single", "answer"),
    "numerical": ("name", "questiontext", "answer"),
    "shortanswer": ("name", "questiontext", "usecase", "answer"),
    "cloze": ("name", "questiontext"),
    "essay": ("name", "questiontext", "responseformat"),
}
RULES = {
    "quiz": Rule(children("question")),
    "question": Rule(children(*{name for names in KINDS.values() for name in names}), must={"type": "|".join(KINDS)}),
    "category": Rule("text "),
    "info": RICH,
    "name": Rule("text "),
    "text": Rule(text=True),
    "file": Rule(text=True, must={"name": r"[^/]+", "path": "/.*", "encoding": "base64"}),
    **dict.fromkeys(
        [
            "questiontext",
            "generalfeedback",
            "correctfeedback",
            "partiallycorrectfeedback",
            "incorrectfeedback",
            "graderinfo",
            "responsetemplate",
            "feedback",
        ],
        RICH,
    ),
    **dict.fromkeys(["single", "shuffleanswers", "usecase", "hidden", "showstandardinstruction"], YES_NO),
    **dict.fromkeys(["responserequired", "responsefieldlines", "attachments", "attachmentsrequired"], COUNT),
    **dict.fromkeys(["defaultgrade", "penalty", "unitpenalty", "tolerance"], Rule(text=True, says=NUMBER)),
    "answer": Rule("text feedback (tolerance )?", must={"fraction": PERCENT}, may=FORMAT),
    "answernumbering": Rule(text=True, says="abc|ABCD|123|iii|IIII|none"),
    "responseformat": Rule(text=True, says="editor|editorfilepicker|plain|monospaced|noinline"),
    "idnumber": Rule(text=True, says=r"[\w .-]{1,100}"),
    "unitgradingtype": Rule(text=True, says="[012]"),
    "showunits": Rule(text=True, says="[0123]"),
    "unitsleft": YES_NO,
    "tags": Rule(children("tag")),
    "tag": Rule("text "),
    "shownumcorrect": Rule(),
}


def structure_faults(root: Element) -> Iterator[str]:
    """Yield what is wrong with a file of Moodle XML."""
    wrong = [*faults(root, RULES)]
    yield from wrong
    yield from () if wrong else _of_questions(root)


def _of_questions(root: Element) -> Iterator[str]:
    folder, seen = "", set()
    for question in root:
        kind = question.get("type", "")
        name = question.findtext("name/text") or kind
        inside = [child.tag for child in question]
        yield from (f"{name}: a {kind} has no {needed}" for needed in NEEDED[kind] if needed not in inside)
        yield from (f"{name}: a {kind} with {child}" for child in inside if child not in KINDS[kind])
        once = {child for child in inside if child != "answer"}
        yield from (f"{name}: {child} stands there twice" for child in once if inside.count(child) > 1)
        if kind == "category":
            folder = question.findtext("category/text") or ""
            if not re.fullmatch(r"\$(course|module|system|cat)\$(/([^/]|//)+)+", folder):
                yield f"{folder}: no path of a category"
        mark = (folder, question.findtext("idnumber"))
        if kind != "category" and mark in seen:
            yield f"{name}: its idnumber is another's in this category"
        seen.add(mark)
        if kind == "multichoice":
            yield from _single(question, name)


def _single(question: Element, name: str) -> Iterator[str]:
    shares = [float(one.get("fraction", "0")) for one in question.iter("answer")]
    if len(shares) < 2:
        yield f"{name}: fewer than two options"
    if question.findtext("single") == "true" and max(shares) != 100:
        yield f"{name}: nothing earns everything"
