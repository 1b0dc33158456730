"""Outputs that come from a student's process, made fit for a notebook that an instructor opens.

What is kept is rebuilt, so that nothing unknown slips through: text, PNG and JPEG images, and HTML made of nothing but
tables and simple marks. Everything else (scripts, SVG, Markdown, which may hold HTML) is shown as its plain text, and
formulas may not reach beyond themselves.
"""

from __future__ import annotations

import json
import re
from typing import Any

from gradesmith.harmless import harmless_tex
from gradesmith.sandbox.live import Died
from gradesmith.sandbox.markup import simple_html

Output = dict[str, Any]
SLACK = 10_000
MOST_CELLS = 1_000_000
IMAGES = {"image/png": "iVBORw0KGgo", "image/jpeg": "/9j/"}
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
CUT = "gradesmith: too much output; the rest was left out\n"


def size_of(outputs: list[Output]) -> int:
    """How many bytes outputs take in a notebook file."""
    return sum(len(json.dumps(output)) for output in outputs)


def trustworthy(outputs: list[Any], room: int) -> list[Output]:
    """Rebuild outputs from what nbformat 4 knows of them, up to ``room`` bytes. Raises `Died` for what is none."""
    kept: list[Output] = []
    left = room + SLACK
    try:
        for output in outputs:
            rebuilt = KINDS[output["output_type"]](output)
            left -= size_of([rebuilt])
            if left < 0:
                kept.append({"output_type": "stream", "name": "stderr", "text": CUT})
                break
            kept.append(rebuilt)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Died("forged", f"an output of no known kind ({type(error).__name__})") from None
    return kept


def _stream(output: Output) -> Output:
    name = "stderr" if output["name"] == "stderr" else "stdout"
    return {"output_type": "stream", "name": name, "text": _text(output["text"])}


def _error(output: Output) -> Output:
    return {
        "output_type": "error",
        "ename": _text(output["ename"]),
        "evalue": _text(output["evalue"]),
        "traceback": [_text(line) for line in output["traceback"]],
    }


def _display(output: Output) -> Output:
    return {"output_type": "display_data", "data": _bundle(output["data"]), "metadata": {}}


def _result(output: Output) -> Output:
    count = output["execution_count"]
    return {
        "output_type": "execute_result",
        "execution_count": count if type(count) is int and 0 <= count <= MOST_CELLS else None,
        "data": _bundle(output["data"]),
        "metadata": {},
    }


KINDS = {"stream": _stream, "error": _error, "display_data": _display, "execute_result": _result}


def _bundle(data: dict[str, Any]) -> dict[str, str]:
    kept = {mime: _text(data[mime]) for mime, start in IMAGES.items() if _is_image(data.get(mime), start)}
    if "text/html" in data:
        html = simple_html(_text(data["text/html"]))
        kept |= {"text/html": html} if html is not None else {}
    if "text/latex" in data and not {"<", "&"} & set(data["text/latex"]):
        kept["text/latex"] = harmless_tex(_text(data["text/latex"]))
    return kept | {"text/plain": _plain_text(data)}


def _plain_text(data: dict[str, Any]) -> str:
    for mime in ("text/plain", "text/markdown", "text/latex"):
        if mime in data:
            return _text(data[mime])
    return f"({', '.join(map(_text, data)) or 'nothing'})"


def _is_image(content: object, start: str) -> bool:
    return isinstance(content, str) and content.startswith(start) and BASE64.fullmatch(content) is not None


def _text(content: object) -> str:
    """A text that any file can hold: lone surrogates become question marks."""
    if not isinstance(content, str):
        raise TypeError("not a text")
    return content.encode("utf-8", "replace").decode("utf-8")
