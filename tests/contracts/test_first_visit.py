"""The server has ready what the app opens with."""

from __future__ import annotations

import re
from pathlib import Path

from bandwright.web.app import FIRST_EXERCISE, FIRST_PERSON

SETUP_TS = Path(__file__).resolve().parents[2] / "frontend" / "src" / "lib" / "setup.ts"


def test_server_and_app_begin_with_the_same_body() -> None:
    """Else the first visitor waits until another body is posed."""
    text = SETUP_TS.read_text(encoding="utf-8")
    exercise = re.search(r"FIRST_EXERCISE = '([^']+)'", text)
    person = re.search(r"FIRST_PERSON: Person = \{([^}]+)\}", text)
    assert exercise is not None
    assert person is not None
    given = dict(re.findall(r"(\w+): '?([\w.]+)'?", person[1]))
    assert exercise[1] == FIRST_EXERCISE
    assert given == {name: str(value) for name, value in FIRST_PERSON.items()}
