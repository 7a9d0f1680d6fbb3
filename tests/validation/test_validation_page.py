"""`docs/validation.md` says what the model gives today: good and bad, to the last digit printed or one beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bandwright.service.validation.page import validation_page

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SHARE_POINTS = 1.01
CORRELATION = 0.021


@pytest.fixture(scope="module")
def pages() -> tuple[list[str], list[str]]:
    """The page computed now and the page published, as lines."""
    return validation_page().splitlines(), PAGE.read_text(encoding="utf-8").splitlines()


def test_the_same_words(pages: tuple[list[str], list[str]]) -> None:
    """Same studies, movements and outcomes: `make validate` and read what changed, if not."""
    now, published = ([NUMBER.sub("#", line) for line in page] for page in pages)
    assert now == published, "run `make validate` and read what changed"


def test_the_same_figures(pages: tuple[list[str], list[str]]) -> None:
    """Whole figures within 1, figures with decimals within 0.02."""
    for ours, printed in zip(*pages, strict=True):
        for one, other in zip(NUMBER.findall(ours), NUMBER.findall(printed), strict=True):
            slack = CORRELATION if "." in one else SHARE_POINTS
            assert float(one) == pytest.approx(float(other), abs=slack), ours


def test_every_score_has_an_interval_and_a_count(pages: tuple[list[str], list[str]]) -> None:
    """Six scores, each inside its interval, with what it rests on and whether the aim is reached."""
    rows = [line.strip("| ").split(" | ") for line in pages[1] if " | seen in the paper | " in line]
    rows += [line.strip("| ").split(" | ") for line in pages[1] if " | all recorded | " in line]
    assert len(rows) == 6
    for _, _, found, interval, count, aim, reached in rows:
        value = float(NUMBER.findall(found)[0])
        low, high = (float(number) for number in NUMBER.findall(interval))
        assert low <= value <= high
        assert int(count) > 0
        assert ("no" in reached) == (value < float(NUMBER.findall(aim)[0]))


def test_the_page_says_what_emg_is_not(pages: tuple[list[str], list[str]]) -> None:
    """The caveat stands before the first figure."""
    text = "\n".join(pages[1])
    assert 0 < text.index("EMG amplitude is not muscle force") < text.index("median Spearman")


def test_every_section_is_there(pages: tuple[list[str], list[str]]) -> None:
    """EMG, strength, feats, paths, moment arms, recruitment, scapula, bands, single joints and sources, in order."""
    heads = [line for line in pages[0] if line.startswith("## ")]
    topics = (
        "EMG",
        "strength",
        "lift",
        "paths",
        "moment arms",
        "OpenSim",
        "Scapular",
        "chart",
        "one joint",
        "numbers come",
    )
    assert len(heads) == len(topics)
    assert all(topic in head for topic, head in zip(topics, heads, strict=True))
