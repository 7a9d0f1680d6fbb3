"""The rules and conventions of a week: complete, documented, and refused when wrong."""

from __future__ import annotations

import copy
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from bandwright.catalogue.setup_tables import TempoTable
from bandwright.catalogue.tables import INTENTS, Intent
from bandwright.catalogue.week_rules import counting_of, load_counting, load_week_metrics, load_week_rules
from bandwright.curves.verdict import Verdict, judge_by
from bandwright.curves.wording import Figure
from bandwright.errors import CatalogueError

RULES: Final = Path(str(files("bandwright"))) / "data" / "verdict" / "programme.toml"
DOCS: Final = Path(__file__).parents[3] / "docs" / "verdict.md"

BANDS: Final[dict[str, Figure]] = {
    "sets": 12.0,
    "targets": 8.0,
    "band_only_share": 1.0,
    "reliant": 3.0,
    "reliant_first": "lats",
    "reliant_share": 1.0,
    "reliant_muscles": "lats, rhomboids and biceps",
    "gaps": 1.0,
    "gap_muscles": "lats (longest third)",
    "long_gaps": 1.0,
    "long_gap_muscles": "lats (3 % of the work)",
    "assisted": 0.0,
    "uncounted": 0.0,
    "too_heavy": 0.0,
}
MIXED: Final[dict[str, Figure]] = {
    "sets": 12.0,
    "targets": 8.0,
    "band_only_share": 0.3,
    "reliant": 0.0,
    "gaps": 0.0,
    "long_gaps": 0.0,
    "assisted": 0.0,
    "uncounted": 0.0,
    "too_heavy": 0.0,
}


SHARE: Final = {"value": 0.5, "source": "COACH", "means": "a share"}


def raw() -> dict[str, Any]:
    """The shipped file as a table."""
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


def judged(figures: dict[str, Figure], intent: Intent = "strength-and-size") -> Verdict:
    """The verdict on made-up figures."""
    return judge_by(figures, load_week_rules(), intent)


def test_bands_alone_are_fair_for_size_and_good_for_travel() -> None:
    """With nothing else to hand a band is still resistance; the reasons do not change the grade there."""
    assert judged(BANDS).grade == "fair"
    assert [one.code for one in judged(BANDS).reasons][:1] == ["bands_alone"]
    away = judged(BANDS, "travel")
    assert away.grade == "good"
    assert "still resistance" in away.headline


def test_now_and_then_does_no_harm() -> None:
    """A part of the work from bands keeps a week good for every intent, and so does none."""
    for intent in INTENTS:
        assert judged(MIXED, intent).grade == "good"
        assert judged(MIXED | {"band_only_share": 0.0}, intent).grade == "good"


def test_help_most_of_the_time_is_fair() -> None:
    """Pull-ups that a band always helps with are trained least at the bottom."""
    helped: dict[str, Figure] = {
        "assisted": 1.0,
        "assisted_muscles": "lats",
        "assisted_names": "band-assisted pull-up",
    }
    verdict = judged(MIXED | helped)
    assert verdict.grade == "fair"
    assert "bottom" in verdict.reasons[0].text


def test_short_range_is_meant_for_the_squeeze() -> None:
    """No reason complains of a range that goes without."""
    verdict = judged(BANDS, "squeeze")
    assert verdict.grade == "good"
    assert {one.code for one in verdict.reasons} == {"squeeze_is_meant"}


def test_every_figure_is_documented_and_used_or_told() -> None:
    """`docs/verdict.md` names every figure and every convention of a week."""
    text = DOCS.read_text(encoding="utf-8")
    section = text[text.index("## The week") :]
    named = set(re.findall(r"`([a-z_]+)`", section))
    assert set(load_week_metrics()) - named == set()
    assert set(raw()["counting"]) - named == set()


def test_conventions_stand_in_order() -> None:
    """Half before whole, less than an even share, a repetition as long as a set-up's usual tempo."""
    counting = load_counting()
    assert 0 < counting.half_share < counting.full_share < 1
    assert counting.unloaded_below < 1 / 3
    assert counting.repetition_s == pytest.approx(sum(TempoTable().model_dump().values()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"full_share": {**SHARE, "value": 1.5}}, "out-of-range"),
        ({"full_share": {**SHARE, "value": float("nan")}}, "not-finite"),
        ({"full_share": {"value": 0.5, "means": "x"}}, "missing-key"),
        ({"third": SHARE}, "unknown-key"),
    ],
)
def test_wrong_conventions_are_refused(change: dict[str, Any], code: str) -> None:
    """With the place and the reason."""
    table = copy.deepcopy(raw())
    table["counting"] |= change
    with pytest.raises(CatalogueError) as caught:
        counting_of(table)
    assert {one.code for one in caught.value.problems} == {code}
