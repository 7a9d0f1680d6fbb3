"""Bands on the command line: listed, shown, fitted from readings, kept and used."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bandwright.cli.own_bands import OwnBandTable, band_file, find_band, read_own_band
from bandwright.errors import InputError

REST_M, STIFFNESS_N, SHAPE = 2.0, 140.0, 0.45


def pull_n(length_m: float) -> float:
    """What a scale would show for a loop of known law, two strands (law as published, `MRS`)."""
    stretch = 2 * length_m / REST_M
    return 2 * STIFFNESS_N * (1 / stretch - 1 / stretch**2) * math.exp(SHAPE * (stretch - 1 / stretch))


def readings(*lengths_m: float) -> list[str]:
    """Options with exact readings at these lengths."""
    return [word for at in lengths_m for word in ("--reading", f"{at}m:{pull_n(at)!r}N:2")]


def test_fit_finds_the_law(bandwright: Callable[..., Any]) -> None:
    """Exact readings give back the law behind them."""
    found = bandwright("bands", "fit", "--rest-length", "2m", *readings(1.3, 1.7, 2.2), "--json").json
    assert found["law"]["m_n"] == pytest.approx(STIFFNESS_N, rel=0.01)
    assert found["law"]["a"] == pytest.approx(SHAPE, rel=0.02)
    assert max(abs(row["residual"]) for row in found["readings"]) < 0.01
    assert 1.25 <= found["next_reading"]["stretch"] <= 2.5


def test_fit_in_words(bandwright: Callable[..., Any]) -> None:
    """The view says the pull in kilograms first, how far off the law is, and what to read next."""
    shown = bandwright("bands", "fit", "--rest-length", "200cm", "--reading", "1.5m:8.2kg", "--strands", "2")
    assert shown.code == 0
    assert "8.2 kg (80 N)" in shown.out
    assert "To be surer, read the scale" in shown.out


def test_more_readings_narrow_the_spread(bandwright: Callable[..., Any]) -> None:
    """A second reading leaves less doubt than one."""
    one, two = (
        bandwright("bands", "fit", "--rest-length", "2m", *readings(*at), "--json").json["force_spread"]
        for at in ((1.4,), (1.4, 2.4))
    )
    assert two < one


def test_a_kept_band_is_listed_shown_and_used(bandwright: Callable[..., Any], own_folder: Path) -> None:
    """A band added is in every listing and in set-ups, and pulls as it was measured."""
    add = ("bands", "add", "door-loop", "--rest-length", "2m", *readings(1.3, 2.2), "--name", "Door loop")
    assert bandwright(*add).code == 0
    assert (own_folder / "bands" / "door-loop.toml").is_file()
    listed = bandwright("bands", "list", "--json").json["bands"]
    assert (listed[0]["id"], listed[0]["own"]) == ("door-loop", True)
    assert "Door loop" in bandwright("bands", "show", "door-loop").out
    shown = bandwright("bands", "show", "door-loop", "--json").json
    doubled = next(row for row in shown["forces"] if row["stretch"] == 2.0)
    assert doubled["force_n"] == pytest.approx(pull_n(doubled["length_m"]), rel=0.02)
    assert find_band("door-loop").confidence == "measured"


def test_a_kept_band_is_not_lost_by_mistake(bandwright: Callable[..., Any]) -> None:
    """A second band of the same id needs --replace."""
    add = ("bands", "add", "loop", "--rest-length", "2m", *readings(1.5))
    assert [bandwright(*add).code, bandwright(*add).code, bandwright(*add, "--replace").code] == [0, 2, 0]


def test_unknown_bands_name_own_ones_too(bandwright: Callable[..., Any]) -> None:
    """The nearest match may be one of the person's own."""
    bandwright("bands", "add", "door-loop", "--rest-length", "2m", *readings(1.5))
    found = bandwright("bands", "show", "dor-loop", "--json")
    assert found.json["errors"][0]["nearest"] == "door-loop"


def test_band_files_survive_awkward_names(tmp_path: Path) -> None:
    """Quotes, backslashes and accents in a name come back as they were."""
    name = 'Grün "41 in" \\ door'
    table = OwnBandTable.model_validate(
        {
            "name": name,
            "kind": "loop",
            "rest_length_m": 2.0,
            "reading": [{"length_m": 1.5, "force_n": 80.0, "strands": 2}],
        }
    )
    path = tmp_path / "x.toml"
    path.write_text(band_file(table), encoding="utf-8")
    assert read_own_band(path).name == name


def test_broken_band_files_are_all_named(bandwright: Callable[..., Any], own_folder: Path) -> None:
    """`check` lists the problems of every band of one's own, and so does any use of them."""
    (own_folder / "bands").mkdir(parents=True)
    (own_folder / "bands" / "one.toml").write_text("kind = 3")
    (own_folder / "bands" / "two.toml").write_text("name = ")
    said = bandwright("check").err
    assert "one.toml" in said
    assert "two.toml" in said
    with pytest.raises(InputError, match=r"one\.toml"):
        find_band("one")


def test_list_fits_80_columns(bandwright: Callable[..., Any]) -> None:
    """No id or column is cut off."""
    shown = bandwright("bands", "list").out
    ids = {row["id"] for row in json.loads(bandwright("bands", "list", "--json").out)["bands"]}
    assert max(map(len, shown.splitlines())) <= 80
    assert {line.split()[0] for line in shown.splitlines() if line} >= ids
    assert "…" not in shown
