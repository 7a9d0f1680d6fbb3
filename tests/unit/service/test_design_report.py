"""The designer's page says what its JSON says, and stands on its own."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bandwright.service.design import Design
from bandwright.service.design_answer import design_answer
from bandwright.service.report import write_design
from bandwright.service.report.designed import design_page
from tests.unit.search.small import found, gear_of
from tests.unit.service.outline import Outline

BELL: dict[str, Any] = {"id": "bell", "kind": "kettlebell", "mass_kg": 8.0}
EXERCISES = ("standing-band-row", "bent-over-band-row", "pull-up")


@cache
def designed() -> Design:
    """Two exercises that can be done and one that cannot, searched coarsely."""
    gear = gear_of({"rogue-monster-1": 2, "rogue-monster-2": 1}, [BELL], (0.8, 1.2))
    return found(gear, "strength-and-size", *EXERCISES, top=3)


@cache
def page() -> str:
    """Its page."""
    return design_page(designed())


@cache
def outline() -> Outline:
    """Its page, parsed."""
    return Outline(page())


def rows(caption: str) -> list[list[str]]:
    """The cells of every table with a caption, row by row."""
    tables = re.findall(r"<table>(.*?)</table>", page(), flags=re.DOTALL)
    return [
        [Outline(cell).text for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)]
        for table in tables
        if f"<caption>{caption}</caption>" in table
        for row in re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], flags=re.DOTALL)
    ]


def percent(share: float) -> str:
    """As the page writes a share."""
    return f"{100 * share:.0f} %"


def test_the_page_is_whole_and_asks_for_nothing() -> None:
    """Tags close in order; no script, style attribute, picture or address to fetch; every id once."""
    assert outline().faults == []
    assert outline().open == []
    assert re.findall(r"https?://|//[a-z]+\.|url\(|@import", page()) == []
    assert {tag for tag, _ in outline().tags} & {"script", "link", "img", "iframe", "object"} == set()
    assert [attrs for _, attrs in outline().tags if "style" in attrs] == []
    ids = [attrs["id"] for _, attrs in outline().tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_picture_has_a_text_and_no_heading_is_skipped() -> None:
    """Drawings are named by a title and a description that hold words, or hidden from readers."""
    words = dict(re.findall(r'<(?:title|desc) id="([^"]+)">([^<]+)<', page()))
    drawings = [attrs for tag, attrs in outline().tags if tag == "svg"]
    named = [str(attrs["aria-labelledby"]).split() for attrs in drawings if attrs.get("role") == "img"]
    assert len(named) >= 5 * len(designed().setups)
    assert all(words[key].strip() for keys in named for key in keys)
    assert all(attrs.get("role") == "img" or "aria-hidden" in attrs for attrs in drawings)
    levels = [int(tag[1]) for tag, _ in outline().tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_set_up_has_the_figures_of_the_json() -> None:
    """Name, grade, hardest place, evenness, repetitions and score in the ranking; sentence and placing below."""
    answer = design_answer(designed())
    ranking = rows("The best, different from each other")
    assert len(ranking) == len(answer["setups"]) >= 2
    for number, (row, one) in enumerate(zip(ranking, answer["setups"], strict=True), start=1):
        summary = one["summary"]
        assert row == [
            f"{number}. {one['name']}",
            one["verdict"]["grade"].capitalize(),
            percent(summary["peak_effort"]),
            percent(summary["evenness"]),
            f"{summary['reps_estimate']:.0f}",
            f"{one['score']:.2f}",
        ]
        assert one["how_to"] in outline().text
        assert one["verdict"]["headline"] in outline().text


def test_small_errors_are_those_of_the_json() -> None:
    """One row as described and one for each nudge, in order, of every set-up."""
    told = rows("What a small error does")
    wanted = []
    for one in design_answer(designed())["setups"]:
        wanted.append(("As described", percent(one["summary"]["peak_effort"])))
        for off in one["sensitivity"]:
            more = off.get("by_m", off.get("by_share")) > 0.0
            words = {
                "distance": "Stand 5 cm farther" if more else "Stand 5 cm nearer",
                "height": "Anchor 5 cm higher" if more else "Anchor 5 cm lower",
                "grip": "Grip 5 cm longer" if more else "Grip 5 cm shorter",
                "band": "Band 10 % stronger" if more else "Band 10 % weaker",
            }
            wanted.append((words[off["what"]], percent(off["peak_effort"])))
    assert [(row[0], row[1]) for row in told] == wanted


def test_the_question_and_what_was_left_out_are_there() -> None:
    """Intent, repetitions, person, gear and room above; each rejected exercise with its reason below."""
    for said in ("Strength and size", "8 to 12 repetitions with 2 in reserve", "Man, 180 cm, 80 kg"):
        assert said in outline().text
    for said in (
        "2 × rogue monster 1",
        "kettlebell 8 kg",
        "door at 80 cm, 120 cm",
        "250 cm free, 240 cm high",
    ):
        assert said in outline().text
    assert f"{designed().judged} set-ups" in outline().text
    left_out = {row[0]: row[1] for row in rows("Exercises that gave no set-up")}
    assert left_out["Pull-up"] == "Pull-up needs a pull-up bar."
    assert len(left_out) == len(designed().rejected)


def test_the_file_is_the_page(tmp_path: Path) -> None:
    """What is written is what was built."""
    write_design(designed(), tmp_path / "out.html")
    assert (tmp_path / "out.html").read_text(encoding="utf-8") == page()
