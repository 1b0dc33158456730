"""Writes XML as text, and reads it from nobody we have reason to trust."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gradesmith.errors import GradesmithError

LARGEST = 50_000_000
# What XML 1.0 has no place for, not even as a reference: https://www.w3.org/TR/xml/#charsets
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CannotRead(GradesmithError):
    """A file that is not what it should be, or holds what its reader does not follow."""

    def of(self, name: str) -> CannotRead:
        """Return this with the name of the question that it is about."""
        return CannotRead(f"{name}: {self.message}", self.remedy)


def tag(name: str, attributes: Mapping[str, str] | None = None, *content: str) -> str:
    """Return an element around content that is XML already."""
    head = "".join([name, *(f" {key}={quoteattr(legal(value))}" for key, value in (attributes or {}).items())])
    return f"<{head}>{''.join(content)}</{name}>" if content else f"<{head}/>"


def text(content: str) -> str:
    """Return plain text as XML."""
    return escape(legal(content))


def cdata(content: str) -> str:
    """Return text in a CDATA section (or several, where it holds the mark that ends one)."""
    return f"<![CDATA[{legal(content).replace(']]>', ']]]]><![CDATA[>')}]]>"


def legal(content: str) -> str:
    """Return text without the characters that XML has no place for."""
    return ILLEGAL.sub("", content)


def document(root: str) -> bytes:
    """Return a whole file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def parse(content: bytes, what: str) -> Element:
    """Return the root of an XML file that defines no entities and is not too large.

    Raises:
        CannotRead: When it is not well-formed, too large, or declares a document type.
    """
    if len(content) > LARGEST:
        raise CannotRead(f"{what} is larger than {LARGEST // 1_000_000} MB", "read it in pieces")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise CannotRead(f"{what} can't be read as XML: {error}", "export it again") from None
    return root


def number(value: float) -> str:
    """Return a number as short as it can be written without becoming another one."""
    return repr(float(value)).removesuffix(".0")
