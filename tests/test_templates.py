"""Texts are filled strictly and in a sandbox; pages escape."""

from __future__ import annotations

import pytest

from gradesmith.errors import GradesmithError
from gradesmith.templates import fill


def test_names_are_filled_in_and_the_rest_stays():
    """Markdown, HTML and the last newline stay as they are."""
    assert fill("**{{ n }}** < {{ n * 2 }}\n", {"n": 3}) == "**3** < 6\n"


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("fine\n\n{{ missing }}", 3, "'missing' is undefined"),
        ("{{ n.missing }}", 1, "has no attribute 'missing'"),
        ("fine\n{% if %}", 2, "Expected an expression"),
        ("fine\n{{ n / 0 }}", 2, "division by zero"),
        ("{{ n + 'x' }}", 1, "unsupported operand"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ names.append(1) }}", 1, "unsafe"),
        ("{{ range(10 ** 9) | list }}", 1, "Range too big"),
    ],
)
def test_what_cannot_be_filled_says_where_and_what(text, line, wrong):
    """An error names the place, the line and the names there are."""
    with pytest.raises(GradesmithError) as caught:
        fill(text, {"n": 3, "names": []}, where="question.yaml: prompt")
    assert f"question.yaml: prompt, line {line}: " in str(caught.value)
    assert wrong in str(caught.value)
    assert "n, names" in str(caught.value)
