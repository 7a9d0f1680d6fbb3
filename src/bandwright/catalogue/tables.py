"""The base of every table a person writes: strict, and able to say what would have been allowed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Intent = Literal[
    "strength-and-size", "squeeze", "direction", "assistance", "posture", "shoulder-health", "travel"
]
"""What a person wants from a set-up."""

INTENTS: tuple[Intent, ...] = get_args(Intent)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A lower-case name with hyphens, fit for a file name."""

Text = Annotated[str, Field(min_length=1, max_length=400)]


class StrictTable(BaseModel):
    """A table that refuses unknown keys, texts for numbers, NaN and infinity."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=False
    )

    unknown_key_code: ClassVar[str] = "unknown-key"
    unknown_key_hint: ClassVar[str | None] = None
    """What to do about a key this table does not have, where the reason is worth a sentence."""
