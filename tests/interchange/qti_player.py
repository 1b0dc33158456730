"""A small player of QTI 2.1 items: it carries out response processing as the specification says, whoever wrote it.

Source: IMS Question and Test Interoperability, Assessment Test, Section and Item Information Model, version 2.1, its
sections on response processing and on expressions. An operator of NULL is NULL, unless said otherwise.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def local(element: Element) -> str:
    return element.tag.removeprefix(QTI)


class Attempt:
    """One attempt at an item: its declarations, the candidate's responses, and the outcomes after processing."""

    def __init__(self, item: Element, responses: dict[str, str | list[str]]) -> None:
        self.item = item
        self.declared = {one.get("identifier"): one for one in item.iter() if local(one).endswith("Declaration")}
        self.values = {name: self._begin(one, responses) for name, one in self.declared.items()}
        for rule in item.find(f"{QTI}responseProcessing"):
            self._rule(rule)

    @property
    def score(self) -> float:
        return self.values["SCORE"]

    @property
    def shown(self) -> list[str]:
        """The names of the modal feedback that is shown."""
        given = self.values["FEEDBACK"] or []
        return [
            one.get("identifier") for one in self.item.iter(f"{QTI}modalFeedback") if one.get("identifier") in given
        ]

    def _begin(self, declared: Element, responses):
        if local(declared) == "responseDeclaration":
            return self._typed(declared, responses.get(declared.get("identifier")))
        default = [one.text for one in declared.iterfind(f"{QTI}defaultValue/{QTI}value")]
        return self._typed(declared, default or None)

    def _typed(self, declared: Element, value):
        """A response of the declared type; what is none of it, and nothing, is NULL."""
        kind, many = declared.get("baseType"), declared.get("cardinality") == "multiple"
        entries = [value] if isinstance(value, str) else list(value or [])
        try:
            typed = [float(one) if kind == "float" else one for one in entries if one != ""]
        except ValueError:
            return None
        return (typed if many else typed[0]) if typed else None

    # Rules

    def _rule(self, rule: Element) -> None:
        match local(rule):
            case "responseCondition":
                for branch in rule:
                    is_else = local(branch) == "responseElse"
                    if is_else or self._value(branch[0]) is True:
                        for inner in branch if is_else else list(branch)[1:]:
                            self._rule(inner)
                        return
            case "setOutcomeValue":
                self.values[rule.get("identifier")] = self._value(rule[0])
            case other:
                raise AssertionError(f"no rule {other}")

    # Expressions

    def _value(self, one: Element):
        operands = [self._value(inner) for inner in one]
        at_hand = {
            "variable": self._variable,
            "correct": self._correct,
            "baseValue": lambda one: float(one.text) if one.get("baseType") == "float" else one.text,
            "mapResponse": self._mapped,
        }
        if local(one) in at_hand:
            return at_hand[local(one)](one)
        if local(one) in OF_NULLS:
            return OF_NULLS[local(one)](operands)
        return None if None in operands else OPERATORS[local(one)](one, *operands)

    def _variable(self, one: Element):
        return self.values[one.get("identifier")]

    def _correct(self, one: Element):
        declared = self.declared[one.get("identifier")]
        return self._typed(declared, [value.text for value in declared.iterfind(f"{QTI}correctResponse/{QTI}value")])

    def _mapped(self, one: Element) -> float:
        declared = self.declared[one.get("identifier")]
        mapping = declared.find(f"{QTI}mapping")
        worth = {entry.get("mapKey"): float(entry.get("mappedValue")) for entry in mapping}
        chosen = self.values[declared.get("identifier")] or []
        total = sum(worth.get(one, float(mapping.get("defaultValue", 0))) for one in set(chosen))
        return min(max(total, float(mapping.get("lowerBound", "-inf"))), float(mapping.get("upperBound", "inf")))


def _flat(operands: list) -> list | None:
    present = [entry for entry in operands if entry is not None]
    return [one for entry in present for one in (entry if isinstance(entry, list) else [entry])] or None


def _match(_: Element, one, other) -> bool:
    return sorted(one) == sorted(other) if isinstance(one, list) else one == other


def _string_match(element: Element, one: str, other: str) -> bool:
    return one == other if element.get("caseSensitive") == "true" else one.lower() == other.lower()


def _equal(element: Element, one: float, other: float) -> bool:
    assert element.get("toleranceMode") == "absolute"
    below, above = map(float, element.get("tolerance").split())
    return other - below <= one <= other + above


OF_NULLS = {
    "isNull": lambda operands: operands[0] is None,
    "multiple": _flat,
    "or": lambda operands: True if True in operands else None if None in operands else False,
    "and": lambda operands: False if False in operands else None if None in operands else True,
}
OPERATORS = {
    "not": lambda _, one: not one,
    "match": _match,
    "member": lambda _, one, many: one in many,
    "sum": lambda _, *numbers: sum(numbers),
    "stringMatch": _string_match,
    "equal": _equal,
}
