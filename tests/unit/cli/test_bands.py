"""Bands on the command line: listed, shown, fitted from readings, kept and used."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bandwright.errors import InputError
from bandwright.service.own_bands import find_band

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


FABRIC = [("40cm", "8N"), ("48cm", "17N"), ("56cm", "29N"), ("62cm", "46N"), ("66cm", "70N")]


def fabric(*more: str) -> list[str]:
    """Options with readings of a loop that stops short."""
    return ["--rest-length", "72cm", *(word for at in FABRIC for word in ("--reading", ":".join(at))), *more]


def test_a_table_is_offered_where_rubber_does_not_fit(bandwright: Callable[..., Any]) -> None:
    """The fit of a fabric band says how far off it is and how to keep the readings as they are."""
    shown = bandwright("bands", "fit", *fabric()).out
    assert "off the fitted curve" in shown
    assert "add --table" in shown
    assert bandwright("bands", "fit", *fabric("--json")).json["unlike_rubber"]
    assert "add --table" not in bandwright("bands", "fit", *fabric("--table")).out


def test_a_table_goes_through_its_readings(bandwright: Callable[..., Any]) -> None:
    """With --table the law is the readings, per strand."""
    found = bandwright("bands", "fit", *fabric("--table", "--json")).json
    assert [point["tension_n"] for point in found["law"]["table"]] == [4.0, 8.5, 14.5, 23.0, 35.0]
    assert [row["residual"] for row in found["readings"]] == [0.0] * 5
    assert found["measured_to_stretch"] == pytest.approx(2 * 0.66 / 0.72, abs=1e-5)
    assert found["force_at_double_n"] is None


def test_a_kept_table_is_shown_as_one(bandwright: Callable[..., Any], own_folder: Path) -> None:
    """A fabric loop is listed without a pull it was never read at, drawn, and said to be a table of yours."""
    assert bandwright("bands", "add", "hip-band", "--kind", "fabric-loop", *fabric()).code == 0
    assert "curve" not in (own_folder / "bands" / "hip-band.toml").read_text()
    listed = next(line for line in bandwright("bands", "list").out.splitlines() if "hip-band" in line)
    assert "–" in listed
    shown = bandwright("bands", "show", "hip-band").out
    assert shown.count("•") == len(FABRIC)
    assert "Measured by you, table: 5 points up to 1.83 times" in " ".join(shown.split())
    full = bandwright("bands", "show", "hip-band", "--json").json
    assert [row["known"] for row in full["forces"]] == [row["stretch"] <= 1.8333 for row in full["forces"]]


def test_readings_come_from_a_file_too(bandwright: Callable[..., Any], tmp_path: Path) -> None:
    """A CSV file stands for the readings typed one by one; mistakes in it are named by line."""
    path = tmp_path / "hip.csv"
    path.write_text("length_cm,force_n\n" + "\n".join(f"{at[:-2]},{force[:-1]}" for at, force in FABRIC))
    line = ("bands", "fit", "--rest-length", "72cm", "--table", "--json", "--reading", str(path))
    assert bandwright(*line).json == bandwright("bands", "fit", *fabric("--table", "--json")).json
    path.write_text("length_cm,force_n\n40,8\n48,7\n")
    (problem,) = bandwright(*line).json["errors"]
    assert (problem["code"], problem["path"]) == ("falling-table", "hip.csv: line 3")


def test_all_that_is_wrong_with_a_band_is_told(bandwright: Callable[..., Any]) -> None:
    """Id, name and readings are checked together."""
    line = ("bands", "add", "Bad_Id", "--name", " ", "--rest-length", "72cm", "--table")
    found = bandwright(*line, "--reading", "50cm:9N", "--reading", "55cm:8N", "--json")
    assert found.code == 2
    assert [(one["code"], one["path"]) for one in found.json["errors"]] == [
        ("bad-id", None),
        ("bad-name", "--name"),
        ("falling-table", "--reading 2"),
    ]
    unread = bandwright(*line, "--reading", "50cm:9stone", "--json")
    assert [one["code"] for one in unread.json["errors"]] == ["bad-id", "bad-name", "unknown-unit"]


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("--rest-length", "7m", "--reading", "5m:9N:2"), "--rest-length"),
        (("--rest-length", "2m", "--reading", "1.5m:9000N:2"), "--reading 1"),
        (("--rest-length", "2m", "--reading", "0.2m:90N:15"), "--reading 1"),
    ],
)
def test_figures_no_file_may_hold_are_the_persons_to_fix(
    bandwright: Callable[..., Any], words: tuple[str, ...], path: str
) -> None:
    """What would be refused when the file is read is refused before it is written."""
    found = bandwright("bands", "add", "loop", *words, "--json")
    assert found.code == 2
    assert path in [one["path"] for one in found.json["errors"]]
