"""The structure of QTI 2.1: items, tests, manifests, as far as choices, boxes, texts and tests of them need it.

Sources: IMS QTI 2.1 "Assessment Test, Section and Item Information Model" and "XML Binding" (the order of elements in
``imsqti_v2p1.xsd``), the QTI 2.1 "Meta-data and Usage Data" document, IMS Content Packaging 1.1 "XML Binding", and for
MathML the presentation elements of MathML 2.0. Names are local; each namespace has its own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from xml.etree.ElementTree import Element

from tests.interchange.structure import ANYTHING, NUMBER, Rule, children, faults

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MATHML = "http://www.w3.org/1998/Math/MathML"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
METADATA = "http://www.imsglobal.org/xsd/imsqti_metadata_v2p1"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
PREFIXES = {QTI: "", MATHML: "m:", PACKAGE: "", LOM: "lom:", METADATA: "qmd:"}

NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
TRUTH = "true|false"
BASE = "identifier|boolean|integer|float|string|point|pair|directedPair|duration|file|uri"
CARDINALITY = "single|multiple|ordered|record"
VIEWS = "author|candidate|proctor|scorer|testConstructor|tutor"
BODY = {"id": NAME, "class": ANYTHING, "label": ANYTHING, "{http://www.w3.org/XML/1998/namespace}lang": ANYTHING}

INLINE = (
    "a",
    "abbr",
    "acronym",
    "b",
    "big",
    "br",
    "cite",
    "code",
    "dfn",
    "em",
    "i",
    "img",
    "kbd",
    "q",
    "samp",
    "small",
)
INLINE += ("span", "strong", "sub", "sup", "tt", "var", "m:math")
BLOCK = (
    "address",
    "blockquote",
    "div",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
)
IN_PARAGRAPHS = ("textEntryInteraction",)
BLOCK_INTERACTIONS = ("choiceInteraction", "extendedTextInteraction")
inline, flow = children(*INLINE, *IN_PARAGRAPHS), children(*INLINE, *BLOCK, *IN_PARAGRAPHS)

XHTML = {
    **dict.fromkeys(["p", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "code", "span", "b", "i", "sub", "sup"],
                    Rule(inline, text=True, may=BODY)),
    "pre": Rule(inline, text=True, may=BODY),
    "a": Rule(inline, text=True, must={"href": ANYTHING}, may={**BODY, "type": ANYTHING}),
    "img": Rule(must={"src": ANYTHING, "alt": ANYTHING}, may={**BODY, "height": NUMBER, "width": NUMBER}),
    **dict.fromkeys(["br", "hr"], Rule(may=BODY)),
    "div": Rule(flow, text=True, may=BODY),
    "blockquote": Rule(children(*BLOCK), may={**BODY, "cite": ANYTHING}),
    **dict.fromkeys(["ul", "ol"], Rule(children("li"), may=BODY)),
    "li": Rule(flow, text=True, may=BODY),
    "table": Rule("(caption )?((col )*|(colgroup )*)(thead )?(tfoot )?(tbody )+", may={**BODY, "summary": ANYTHING}),
    **dict.fromkeys(["thead", "tbody", "tfoot"], Rule("(tr )+", may=BODY)),
    "tr": Rule("((td|th) )+", may=BODY),
    **dict.fromkeys(["td", "th"], Rule(flow, text=True, may={
        **BODY, "headers": ANYTHING, "scope": "row|col|rowgroup|colgroup", "rowspan": r"\d+", "colspan": r"\d+"})),
}  # fmt: skip

_LAYOUT = {
    "mathvariant",
    "mathsize",
    "displaystyle",
    "scriptlevel",
    "accent",
    "accentunder",
    "columnalign",
    "depth",
    "fence",
}
_LAYOUT |= {"form", "height", "linethickness", "lspace", "maxsize", "minsize", "movablelimits", "rspace", "separator"}
_LAYOUT |= {"stretchy", "symmetric", "width", "display"}
_MATH = ("mi", "mn", "mo", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mfenced", "msub")
_MATH += ("msup", "msubsup", "munder", "mover", "munderover", "mtable", "menclose", "mphantom", "merror")
_any = children(*(f"m:{one}" for one in _MATH))
_one = f"((m:({'|'.join(_MATH)})) )"
_of = dict.fromkeys(_LAYOUT, ANYTHING)
MATH = {
    **dict.fromkeys(["m:math", "m:mrow", "m:mstyle", "m:mpadded", "m:msqrt", "m:mphantom", "m:menclose", "m:merror"],
                    Rule(_any, may=_of)),
    **dict.fromkeys(["m:mi", "m:mn", "m:mo", "m:mtext"], Rule(text=True, may=_of)),
    "m:mspace": Rule(may=_of),
    **dict.fromkeys(["m:mfrac", "m:mroot", "m:msub", "m:msup", "m:munder", "m:mover"], Rule(_one * 2, may=_of)),
    **dict.fromkeys(["m:msubsup", "m:munderover"], Rule(_one * 3, may=_of)),
    "m:mfenced": Rule(_any, may={**_of, "open": ANYTHING, "close": ANYTHING, "separators": ANYTHING}),
    "m:mtable": Rule("(m:mtr )+", may=_of),
    "m:mtr": Rule("(m:mtd )*", may=_of),
    "m:mtd": Rule(_any, may=_of),
}  # fmt: skip

_EXPRESSIONS = ("variable", "correct", "baseValue", "isNull", "not", "and", "or", "match", "member", "multiple", "sum")
_EXPRESSIONS += ("mapResponse", "stringMatch", "equal", "testVariables")
expression = f"(({'|'.join(_EXPRESSIONS)}) )"
rule = "((responseCondition|setOutcomeValue|exitResponse) )"
VALUES = Rule("(value )+", may={"interpretation": ANYTHING})
DECLARED = {"identifier": NAME, "cardinality": CARDINALITY}

PROCESSING = {
    "responseProcessing": Rule(f"{rule}*", may={"template": ANYTHING, "templateLocation": ANYTHING}),
    "responseCondition": Rule("responseIf (responseElseIf )*(responseElse )?"),
    **dict.fromkeys(["responseIf", "responseElseIf"], Rule(f"{expression}{rule}*")),
    "responseElse": Rule(f"{rule}*"),
    "setOutcomeValue": Rule(expression, must={"identifier": NAME}),
    **dict.fromkeys(["variable", "correct", "mapResponse"], Rule(must={"identifier": NAME})),
    "baseValue": Rule(text=True, must={"baseType": BASE}),
    **dict.fromkeys(["isNull", "not"], Rule(expression)),
    **dict.fromkeys(["and", "or", "sum"], Rule(f"{expression}+")),
    **dict.fromkeys(["match", "member"], Rule(expression * 2)),
    "multiple": Rule(f"{expression}*"),
    "stringMatch": Rule(expression * 2, must={"caseSensitive": TRUTH}, may={"substring": TRUTH}),
    "equal": Rule(
        expression * 2,
        must={"toleranceMode": "exact|absolute|relative"},
        may={"tolerance": f"{NUMBER}( {NUMBER})?", "includeLowerBound": TRUTH, "includeUpperBound": TRUTH},
    ),
    "testVariables": Rule(must={"variableIdentifier": NAME}, may={"weightIdentifier": NAME, "baseType": BASE}),
    "outcomeProcessing": Rule("((outcomeCondition|setOutcomeValue|exitTest) )*"),
}  # fmt: skip

SCHEMA = {XSI: r"\S+ \S+( \S+ \S+)*"}
ITEM = {
    "assessmentItem": Rule(
        "(responseDeclaration )*(outcomeDeclaration )*(templateDeclaration )*(templateProcessing )?(stylesheet )*"
        "(itemBody )?(responseProcessing )?(modalFeedback )*",
        must={"identifier": ANYTHING, "title": ANYTHING, "adaptive": TRUTH, "timeDependent": TRUTH},
        may={**SCHEMA, "label": ANYTHING, "toolName": ".{1,256}", "toolVersion": ".{1,256}"},
    ),
    "responseDeclaration": Rule("(correctResponse )?(mapping )?(areaMapping )?", must=DECLARED, may={"baseType": BASE}),
    "outcomeDeclaration": Rule("(defaultValue )?((matchTable|interpolationTable) )?", must=DECLARED, may={
        "baseType": BASE, "view": VIEWS, "normalMaximum": NUMBER, "normalMinimum": NUMBER, "masteryValue": NUMBER}),
    **dict.fromkeys(["correctResponse", "defaultValue"], VALUES),
    "value": Rule(text=True, may={"baseType": BASE, "fieldIdentifier": NAME}),
    "mapping": Rule("(mapEntry )+", may={"lowerBound": NUMBER, "upperBound": NUMBER, "defaultValue": NUMBER}),
    "mapEntry": Rule(must={"mapKey": ANYTHING, "mappedValue": NUMBER}, may={"caseSensitive": TRUTH}),
    "itemBody": Rule(children(*BLOCK, *BLOCK_INTERACTIONS, "rubricBlock"), may=BODY),
    "rubricBlock": Rule(children(*BLOCK), must={"view": f"({VIEWS})( ({VIEWS}))*"}, may=BODY),
    "choiceInteraction": Rule("(prompt )?(simpleChoice )+", must={
        "responseIdentifier": NAME, "shuffle": TRUTH, "maxChoices": r"\d+"}, may={**BODY, "minChoices": r"\d+"}),
    "prompt": Rule(children(*INLINE), text=True, may=BODY),
    "simpleChoice": Rule(children(*INLINE, *BLOCK), text=True, must={"identifier": NAME}, may={
        **BODY, "fixed": TRUTH, "templateIdentifier": NAME, "showHide": "show|hide"}),
    "textEntryInteraction": Rule(must={"responseIdentifier": NAME}, may={
        **BODY, "base": r"\d+", "stringIdentifier": NAME, "expectedLength": r"\d+", "patternMask": ANYTHING,
        "placeholderText": ANYTHING}),
    "extendedTextInteraction": Rule("(prompt )?", must={"responseIdentifier": NAME}, may={
        **BODY, "expectedLines": r"\d+", "expectedLength": r"\d+", "maxStrings": r"\d+", "minStrings": r"\d+",
        "format": "plain|preFormatted|xhtml"}),
    "modalFeedback": Rule(children(*INLINE, *BLOCK), text=True, must={
        "outcomeIdentifier": NAME, "showHide": "show|hide", "identifier": NAME}, may={"title": ANYTHING}),
    **XHTML, **MATH, **PROCESSING,
}  # fmt: skip

TEST = {
    "assessmentTest": Rule(
        "(outcomeDeclaration )*(timeLimits )?(stylesheet )*(testPart )+(outcomeProcessing )?(testFeedback )*",
        must={"identifier": ANYTHING, "title": ANYTHING},
        may={**SCHEMA, "toolName": ".{1,256}", "toolVersion": ".{1,256}"},
    ),
    "timeLimits": Rule(may={"minTime": NUMBER, "maxTime": NUMBER, "allowLateSubmission": TRUTH}),
    "testPart": Rule(
        "(preCondition )*(branchRule )*(itemSessionControl )?(timeLimits )?(assessmentSection )+(testFeedback )*",
        must={"identifier": NAME, "navigationMode": "linear|nonlinear", "submissionMode": "individual|simultaneous"},
    ),
    "itemSessionControl": Rule(may={"maxAttempts": r"\d+", "showFeedback": TRUTH, "allowReview": TRUTH,
                                    "showSolution": TRUTH, "allowComment": TRUTH, "allowSkipping": TRUTH,
                                    "validateResponses": TRUTH}),
    "assessmentSection": Rule(
        "(preCondition )*(branchRule )*(itemSessionControl )?(timeLimits )?(selection )?(ordering )?(rubricBlock )*"
        "((assessmentItemRef|assessmentSection) )*",
        must={"identifier": NAME, "title": ANYTHING, "visible": TRUTH},
        may={"required": TRUTH, "fixed": TRUTH, "keepTogether": TRUTH},
    ),
    "assessmentItemRef": Rule(
        "(preCondition )*(branchRule )*(itemSessionControl )?(timeLimits )?(variableMapping )*(weight )*",
        must={"identifier": NAME, "href": ANYTHING},
        may={"required": TRUTH, "fixed": TRUTH, "category": ANYTHING},
    ),
    "outcomeDeclaration": ITEM["outcomeDeclaration"], "defaultValue": VALUES, "value": ITEM["value"], **PROCESSING,
}  # fmt: skip

MANIFEST = {
    "manifest": Rule("(metadata )?organizations resources (manifest )*", must={"identifier": NAME}, may=SCHEMA),
    "metadata": Rule("(schema )?(schemaversion )?(lom:lom )?(qmd:qtiMetadata )?"),
    "schema": Rule(text=True, says=r"QTIv2\.1 Package"),
    "schemaversion": Rule(text=True, says=r"1\.0\.0"),
    "organizations": Rule(),
    "resources": Rule("(resource )*"),
    "resource": Rule("(metadata )?(file )*(dependency )*", must={
        "identifier": NAME, "type": "imsqti_(item|test)_xmlv2p1"}, may={"href": ANYTHING}),
    "file": Rule(must={"href": ANYTHING}),
    "dependency": Rule(must={"identifierref": NAME}),
    "lom:lom": Rule("(lom:general )?"),
    "lom:general": Rule("(lom:identifier )*(lom:title )?(lom:language )*(lom:description )*(lom:keyword )*"),
    **dict.fromkeys(["lom:title", "lom:keyword", "lom:description"], Rule("(lom:string )*")),
    "lom:string": Rule(text=True, may={"language": "[a-z-]+"}),
    "qmd:qtiMetadata": Rule(
        "(qmd:itemTemplate )?(qmd:timeDependent )?(qmd:composite )?(qmd:interactionType )*(qmd:feedbackType )?"
        "(qmd:solutionAvailable )?"
    ),
    "qmd:timeDependent": Rule(text=True, says=TRUTH),
    "qmd:interactionType": Rule(text=True, says="choiceInteraction|textEntryInteraction|extendedTextInteraction"),
    "qmd:feedbackType": Rule(text=True, says="none|nonadaptive|adaptive"),
}  # fmt: skip


def plain(root: Element) -> Element:
    """Return a copy with local names, behind a prefix of each namespace; an unknown namespace stays as it is."""
    space, _, name = root.tag.removeprefix("{").rpartition("}")
    copy = Element(f"{PREFIXES[space]}{name}" if space in PREFIXES else root.tag, root.attrib)
    copy.text, copy.tail = root.text, root.tail
    copy.extend(map(plain, root))
    return copy


def item_faults(root: Element) -> Iterator[str]:
    """Yield what is wrong with an item."""
    item = plain(root)
    yield from faults(item, ITEM)
    declared = {one.get("identifier"): one for one in item if one.tag.endswith("Declaration")}
    used = [one.get("responseIdentifier") for one in item.iter() if "responseIdentifier" in one.attrib]
    yield from (f"{name} is not declared" for name in used if name not in declared)
    yield from (f"{name} is asked for {used.count(name)} times" for name in set(used) if used.count(name) > 1)
    for one in item.iter():
        if (
            one.tag in {"variable", "correct", "mapResponse", "setOutcomeValue"}
            and one.get("identifier") not in declared
        ):
            yield f"{one.tag}: {one.get('identifier')} is not declared"
        if one.tag == "modalFeedback" and one.get("outcomeIdentifier") not in declared:
            yield f"feedback on {one.get('outcomeIdentifier')}, which is not declared"
    choices = {one.get("identifier") for one in item.iter("simpleChoice")}
    right = [value.text for value in item.iterfind("responseDeclaration/correctResponse/value")]
    keyed = [entry.get("mapKey") for entry in item.iter("mapEntry")]
    if choices and not {*right, *keyed} <= choices:
        yield "the key names an option that is not there"
    modal = [one.get("identifier") for one in item.iter("modalFeedback")]
    set_to = {value.text for rule_ in item.iter("setOutcomeValue") if rule_.get("identifier") == "FEEDBACK"
              for value in rule_.iter("baseValue")}  # fmt: skip
    yield from (f"feedback {name} can't be shown" for name in modal if name not in set_to)
    yield from (f"feedback {name} is not there" for name in set_to if name not in modal)


def package_faults(files: Mapping[str, Element]) -> Iterator[str]:
    """Yield what is wrong with a package: its manifest, its test, its items, and whether they fit together."""
    manifest = plain(files["imsmanifest.xml"])
    yield from faults(manifest, MANIFEST)
    names = [one.get("identifier") for one in manifest.iter("resource")]
    yield from (f"{name}: two resources" for name in set(names) if names.count(name) > 1)
    hrefs = {one.get("href") for one in manifest.iter("file")}
    yield from (f"{path} is not in the manifest" for path in files if path not in {*hrefs, "imsmanifest.xml"})
    yield from (f"{path} is in the manifest alone" for path in hrefs if path not in files)
    needed = [one.get("identifierref") for one in manifest.iter("dependency")]
    yield from (f"{name} is needed, and is not there" for name in needed if name not in names)
    for path, root in files.items():
        if root.tag == f"{{{QTI}}}assessmentItem":
            yield from (f"{path}: {fault}" for fault in item_faults(root))
        elif root.tag == f"{{{QTI}}}assessmentTest":
            yield from chain(faults(plain(root), TEST), _refs(plain(root), hrefs))


def _refs(test: Element, hrefs: set[str | None]) -> Iterator[str]:
    names = [one.get("identifier") for one in test.iter("assessmentItemRef")]
    yield from (f"{name}: two references" for name in set(names) if names.count(name) > 1)
    paths = [one.get("href") for one in test.iter("assessmentItemRef")]
    yield from (f"the test names {path}, which is not in the package" for path in paths if path not in hrefs)
    if not re.search(r"\S", test.get("title") or ""):
        yield "the test has no title"
