"""Writes a package of QTI 2.1: a manifest, one file for each item, and a test where a whole form is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby

from gradesmith.interchange.items import Collection, Item
from gradesmith.interchange.limits import Limit, common_limits
from gradesmith.interchange.markup import document, tag, text
from gradesmith.interchange.qti.items import item_xml
from gradesmith.interchange.qti.words import (
    ITEM_TYPE,
    LOM,
    PACKAGE,
    PACKAGE_SCHEMA,
    QTI,
    QTI_METADATA,
    QTI_SCHEMA,
    SCORE,
    TEST_TYPE,
    XSI,
)
from gradesmith.model.interactions import Choice, Fields

MANIFEST, TEST = "imsmanifest.xml", "test.xml"
WRITTEN_AT = (1980, 1, 1, 0, 0, 0)  # the same questions make the same bytes


def limits(item: Item) -> Iterator[Limit]:
    """Yield what QTI 2.1 can't say of an item: what no format can; its response processing can say all our marking."""
    yield from common_limits(item)


def write(collection: Collection) -> bytes:
    """Return the package as a zip archive."""
    files = {MANIFEST: _manifest(collection)}
    if collection.minutes is not None:
        files[TEST] = _test(collection)
    files |= {_path(item): item_xml(item) for item in collection.items}
    return _zipped(files.items())


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            entry = zipfile.ZipInfo(name, WRITTEN_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return archive.getvalue()


def _path(item: Item) -> str:
    return f"items/{item.name}.xml"


def _reference(item: Item) -> str:
    """Return what a test calls an item; an identifier does not begin with a digit."""
    return item.name if item.name[0].isalpha() else f"item-{item.name}"


def _lined(name: str, attributes: dict[str, str] | None, parts: Iterable[str]) -> str:
    return tag(name, attributes, "\n", *(f"{part}\n" for part in parts))


def _manifest(collection: Collection) -> bytes:
    attributes = {
        "xmlns": PACKAGE,
        "xmlns:imsmd": LOM,
        "xmlns:imsqti": QTI_METADATA,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{PACKAGE} {PACKAGE_SCHEMA}",
        "identifier": f"MANIFEST-{collection.name}",
    }
    schema = [tag("schema", None, "QTIv2.1 Package"), tag("schemaversion", None, "1.0.0")]
    test = [_test_resource(collection)] if collection.minutes is not None else []
    resources = _lined("resources", None, [*test, *map(_item_resource, collection.items)])
    parts = [tag("metadata", None, *schema), tag("organizations"), resources]
    return document(_lined("manifest", attributes, parts))


def _test_resource(collection: Collection) -> str:
    needed = [tag("dependency", {"identifierref": f"item-{item.name}"}) for item in collection.items]
    attributes = {"identifier": f"test-{collection.name}", "type": TEST_TYPE, "href": TEST}
    return tag("resource", attributes, tag("file", {"href": TEST}), *needed)


def _item_resource(item: Item) -> str:
    attributes = {"identifier": f"item-{item.name}", "type": ITEM_TYPE, "href": _path(item)}
    about = tag("metadata", None, _lom(item), _qti_metadata(item))
    return tag("resource", attributes, about, tag("file", {"href": _path(item)}))


def _lom(item: Item) -> str:
    words = [tag("imsmd:keyword", None, _string(word)) for word in (*item.folder, *item.tags)]
    general = tag("imsmd:general", None, tag("imsmd:title", None, _string(item.title)), *words)
    return tag("imsmd:lom", None, general)


def _string(content: str) -> str:
    return tag("imsmd:string", {"language": "en"}, text(content))


def _qti_metadata(item: Item) -> str:
    match item.part.interaction:
        case Choice():
            kind = "choiceInteraction"
        case Fields():
            kind = "textEntryInteraction"
        case _:
            kind = "extendedTextInteraction"
    facts = {"timeDependent": "false", "interactionType": kind, "feedbackType": "nonadaptive"}
    return tag("imsqti:qtiMetadata", None, *(tag(f"imsqti:{name}", None, value) for name, value in facts.items()))


def _test(collection: Collection) -> bytes:
    """Return the test: the form's headings as its sections, its minutes, and the sum of the items' scores."""
    attributes = {
        "xmlns": QTI,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{QTI} {QTI_SCHEMA}",
        "identifier": collection.name,
        "title": collection.title,
        "toolName": "gradesmith",
    }
    score = tag(
        "outcomeDeclaration",
        {"identifier": SCORE, "cardinality": "single", "baseType": "float"},
        tag("defaultValue", None, tag("value", None, "0")),
    )
    control = tag("itemSessionControl", {"maxAttempts": "1", "showFeedback": "false", "allowSkipping": "true"})
    sections = [
        _section(number, title, tuple(items))
        for number, (title, items) in enumerate(groupby(collection.items, lambda item: item.section), start=1)
    ]
    part = {"identifier": "part-1", "navigationMode": "nonlinear", "submissionMode": "simultaneous"}
    whole = tag("sum", None, tag("testVariables", {"variableIdentifier": SCORE}))
    return document(
        _lined(
            "assessmentTest",
            attributes,
            [
                score,
                tag("timeLimits", {"maxTime": str(60 * (collection.minutes or 0))}),
                _lined("testPart", part, [control, *sections]),
                tag("outcomeProcessing", None, tag("setOutcomeValue", {"identifier": SCORE}, whole)),
            ],
        )
    )


def _section(number: int, title: str, items: tuple[Item, ...]) -> str:
    attributes = {"identifier": f"section-{number}", "title": title or "Questions", "visible": "true"}
    refs = [tag("assessmentItemRef", {"identifier": _reference(item), "href": _path(item)}) for item in items]
    return _lined("assessmentSection", attributes, refs)
