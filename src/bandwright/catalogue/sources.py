"""The reference list: what stands behind a source key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

ENTRY: Final = re.compile(r"^@\w+\{([\w-]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD: Final = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?$", re.MULTILINE)
SHORTENED: Final = re.compile(r"\band\b")


@dataclass(frozen=True, slots=True)
class Source:
    """One reference as a person reads it; `link` is an address where one is known."""

    key: str
    authors: str | None
    title: str
    published: str | None
    year: int | None
    link: str | None
    note: str | None


@cache
def load_sources() -> Mapping[str, Source]:
    """Every reference by its key."""
    text = (files("bandwright") / "data" / "sources.bib").read_text(encoding="utf-8")
    return MappingProxyType({key: _source(key, body) for key, body in ENTRY.findall(text)})


def _source(key: str, body: str) -> Source:
    given = {name.lower(): value.replace("{", "").replace("}", "") for name, value in FIELD.findall(body)}
    at = given.get("howpublished") or given.get("url")
    doi = given.get("doi")
    authors = given.get("author")
    return Source(
        key=key,
        authors=SHORTENED.sub(";", authors).replace(" ;", ";") if authors else None,
        title=given.get("title", key),
        published=given.get("journal") or given.get("booktitle") or given.get("publisher"),
        year=int(given["year"]) if given.get("year", "").isdigit() else None,
        link=f"https://doi.org/{doi}" if doi else at if at and at.startswith("https://") else None,
        note=given.get("note"),
    )
