"""What a sweep's figures depend on, as digests: the study, the program and its data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from bandwright import __version__
from bandwright.catalogue.own_files import data_folder
from bandwright.catalogue.study import Study

ENGINE: Final = ("mujoco", "numba", "numpy", "pyarrow", "scipy")
"""Libraries whose version can change the last digits, or the bytes of the file."""

UNUSED: Final = frozenset({"report", "schema", "validation"})
"""Folders of data that no figure depends on."""


def fingerprint(study: Study) -> Mapping[str, str]:
    """Digests of the study and of the data it is judged with, and the versions of what judges it."""
    return {"study": _digest(json.dumps(study.table, sort_keys=True).encode()), **engine()}


@lru_cache(maxsize=1)
def engine() -> Mapping[str, str]:
    """What judges: versions of the program and its libraries, and the digest of its data and your own."""
    libraries = " ".join(f"{name} {version(name)}" for name in ENGINE)
    return {"program": f"bandwright {__version__} {libraries}", "data": _digest(*_contents())}


def whole(parts: Mapping[str, str]) -> str:
    """One digest of all of them."""
    return _digest(json.dumps(dict(parts), sort_keys=True).encode())


def _digest(*contents: bytes) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()


def _contents() -> Iterator[bytes]:
    """Names and contents of the data files: those that come with the program, then the person's own."""
    yield from _under(files("bandwright") / "data", "")
    for folder in ("bands", "exercises"):
        own = data_folder() / folder
        yield from _own(own) if own.is_dir() else ()


def _under(folder: Traversable, path: str) -> Iterator[bytes]:
    for one in sorted(folder.iterdir(), key=lambda item: item.name):
        if one.is_dir() and one.name not in UNUSED:
            yield from _under(one, f"{path}{one.name}/")
        elif one.is_file():
            yield f"{path}{one.name}".encode()
            # Line ends differ between systems and mean nothing.
            yield one.read_bytes().replace(b"\r\n", b"\n")


def _own(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.toml")):
        yield path.name.encode()
        yield path.read_bytes().replace(b"\r\n", b"\n")
