"""The reference list as it is shown."""

from __future__ import annotations

import re
from importlib.resources import files

from bandwright.catalogue.exercises import load_exercises
from bandwright.catalogue.sources import load_sources


def test_every_reference_is_read() -> None:
    """As many as the file has, each with a title and without the file's own signs."""
    text = (files("bandwright") / "data" / "sources.bib").read_text(encoding="utf-8")
    found = load_sources()
    assert list(found) == re.findall(r"^@\w+\{([\w-]+),", text, flags=re.MULTILINE)
    for source in found.values():
        assert source.title
        assert not re.search(r"[{}]", " ".join(filter(None, (source.title, source.authors, source.note))))


def test_every_source_of_an_exercise_is_there() -> None:
    """So that a page shows all of them."""
    named = {key for exercise in load_exercises().values() for key in exercise.sources}
    assert named <= set(load_sources())


def test_a_reference_is_read_in_full() -> None:
    """One with everything."""
    source = load_sources()["Ackland2008"]
    assert source.authors == "Ackland, D. C.; Pak, P.; Richardson, M.; Pandy, M. G."
    assert (source.published, source.year) == ("J Anat", 2008)
    assert load_sources()["ACEHOSE"].link is not None
