"""What all values have in common: frozen, closed, and with one canonical form to hash."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema


class Value(BaseModel):
    """A frozen record that refuses unknown fields and survives JSON unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    def but(self, **changes: Any) -> Self:
        """Return this value with some fields replaced, validated again."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**fields, **changes})

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        return digest_of(self.model_dump(mode="json"))


def digest_of(content: JsonValue) -> str:
    """Hash plain JSON content so that equal content has equal digests whatever its key order."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _as_written(number: object) -> object:
    """Read 0.1 as one tenth, as the author wrote it, not as its nearest binary double."""
    return Fraction(str(number)) if isinstance(number, float) else number


Points = Annotated[
    Fraction,
    BeforeValidator(_as_written),
    Field(ge=0),
    WithJsonSchema({"type": "number", "minimum": 0}, mode="validation"),
]
