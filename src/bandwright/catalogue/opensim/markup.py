"""The few shapes OpenSim's XML is made of."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Value = str | bool | float | Iterable[float] | NDArray[np.float64]

DOCUMENT_VERSION: Final = "40000"
"""Format of OpenSim 4.0, which every later 4.x reads."""


def element(tag: str, *children: ET.Element, name: str | None = None, **fields: Value) -> ET.Element:
    """An XML element with its fields as elements of their own, then its children."""
    made = ET.Element(tag, {} if name is None else {"name": name})
    for field, value in fields.items():
        ET.SubElement(made, field).text = text_of(value)
    made.extend(children)
    return made


def set_of(tag: str, objects: Iterable[ET.Element], name: str | None = None) -> ET.Element:
    """OpenSim's list of things."""
    return element(tag, element("objects", *objects), element("groups"), name=name)


def text_of(value: Value) -> str:
    """A value as OpenSim writes it: words as they are, true or false, numbers by spaces."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(f"{float(one):.15g}" for one in np.atleast_1d(np.asarray(value, dtype=np.float64)))


def write_document(path: Path, content: ET.Element) -> None:
    """Writes one OpenSim document."""
    root = ET.Element("OpenSimDocument", {"Version": DOCUMENT_VERSION})
    root.append(content)
    ET.indent(root, "\t")
    ET.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
