"""What an answer in JSON is made of, how it is written, and how its shape is published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, dataclass_transform

Scalar = str | int
"""States and treaties by identifier, days as ISO 8601, partial dates as they are known (`2002-10`)."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Shape:
    """What becomes a JSON object: a frozen dataclass, so that pydantic is needed only where JSON is written."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True)(cls)



def as_json(answer: Shape) -> str:
    """An answer as JSON, held against its shape."""
    from pydantic import TypeAdapter  # takes a third of a second, and most answers are read as text

    return TypeAdapter(type(answer)).dump_json(answer, indent=2, warnings="error").decode()


def schema_of(shape: type[Shape]) -> dict[str, Any]:
    """The JSON Schema of a shape."""
    from pydantic import TypeAdapter

    return TypeAdapter(shape).json_schema()
