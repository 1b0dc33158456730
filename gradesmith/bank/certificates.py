"""The certificates of verified questions: one small JSON file for each, beside the questions."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from gradesmith.model.certificates import Certificate

FOLDER = "certificates"


def certificate_path(root: Path, question: str) -> Path:
    """Return where the certificate of a question stands in the bank under ``root``."""
    return root / FOLDER / f"{question}.json"


def certificate_text(certificate: Certificate) -> str:
    """Return a certificate as it is written."""
    content = certificate.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def read_certificate(root: Path, question: str) -> Certificate | None:
    """Return the certificate of a question; one that can't be read is none."""
    try:
        return Certificate.model_validate_json(certificate_path(root, question).read_bytes())
    except (OSError, ValidationError):
        return None


def strangers(root: Path, questions: frozenset[str]) -> list[Path]:
    """Return the certificates of questions that are not in the bank any more."""
    return [path for path in sorted((root / FOLDER).glob("*.json")) if path.stem not in questions]
