"""The one door to Jinja2: pages for people, and texts with names to fill in; both sandboxed, both strict."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from traceback import extract_tb

from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from gradesmith.errors import GradesmithError

KEPT = 512  # compiled texts; more than one question has
ROOMS = ("reports", "papers")
BRACE = '{{ "{{" }}'

__all__ = ["Markup", "fill", "names_in", "page"]


@cache
def _pages() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([PackageLoader("gradesmith", f"{room}/pages") for room in ROOMS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _texts() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True)


@lru_cache(maxsize=KEPT)
def _compiled(text: str) -> Template:
    """Return a text as a template; a question's are filled in for every draw."""
    return _texts().from_string(text)


@lru_cache(maxsize=KEPT)
def _undeclared(text: str) -> frozenset[str]:
    return frozenset(find_undeclared_variables(_texts().parse(text))) - _texts().globals.keys()


def page(name: str, names: Mapping[str, object]) -> str:
    """Return the HTML page ``<room>/pages/<name>.html.j2``; whatever is not `Markup` comes out escaped."""
    return _pages().get_template(f"{name}.html.j2").render(names)


def fill(text: str, names: Mapping[str, object], where: str = "text") -> str:
    """Return a text with its ``{{ names }}`` filled in; what it says stays as it is, Markdown or HTML.

    Raises:
        GradesmithError: When the text is no template, or asks for a name or an operation that there is not. It says
            where: ``where`` (the file, say) and the line within the text, counting from 1.
    """
    try:
        return _compiled(text).render(names)
    except TemplateSyntaxError as error:
        line, wrong = error.lineno, error.message or "not a template"
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        line, wrong = _line(error), str(error)
    known = ", ".join(sorted(names)) or "none"
    raise GradesmithError(
        f"{where}, line {line}: {wrong}",
        f"the names to fill in are: {known}; to write a brace as it is, write {BRACE}",
    )


def names_in(text: str, where: str = "text") -> frozenset[str]:
    """Return the names that a text asks to be filled in with; what Jinja itself brings is not counted.

    Raises:
        GradesmithError: When the text is no template.
    """
    try:
        return _undeclared(text)
    except TemplateSyntaxError as error:
        message = f"{where}, line {error.lineno}: {error.message or 'not a template'}"
        raise GradesmithError(message, f"to write a brace as it is, write {BRACE}") from None


def _line(error: Exception) -> int:
    """Return the line of the text at which filling it in went wrong."""
    return next(
        (frame.lineno or 1 for frame in reversed(extract_tb(error.__traceback__)) if frame.filename == "<template>"), 1
    )
