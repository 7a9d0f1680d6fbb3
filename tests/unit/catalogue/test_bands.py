"""The catalogue of bands."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from bandwright.bands import Band, rig
from bandwright.catalogue.bands import bands_of, find_band, load_bands
from bandwright.errors import CatalogueError, InputError
from bandwright.units import NEWTON_PER_POUND

PRODUCT_HEAD = (
    "id,name,brand,kind,rest_length_m,width_mm,thickness_mm,points_of,confidence,length_spread,source,note\n"
)
POINT_HEAD = "band,elongation_pct,force_lb,strands,source,note\n"

# Whole-loop M [N] and A, and worst residual where three points were fitted, solved elsewhere from the charts.
SOLVED_PER_STRAND = {
    "theraband-tan": (23.5, 0.400),
    "theraband-yellow": (28.9, 0.410),
    "theraband-red": (34.0, 0.441),
    "theraband-green": (43.4, 0.423),
    "theraband-blue": (53.5, 0.439),
    "theraband-black": (72.6, 0.388),
    "theraband-silver": (92.6, 0.448),
    "theraband-gold": (128.9, 0.448),
    "theraband-high-resistance-light": (158 / 2, 0.348),
    "theraband-high-resistance-medium": (248 / 2, 0.389),
    "theraband-high-resistance-heavy": (338 / 2, 0.407),
    "theraband-high-resistance-x-heavy": (418 / 2, 0.504),
    "hexrox-1": (150 / 2, 0.418),
    "hexrox-2": (263 / 2, 0.454),
    "hexrox-3": (466 / 2, 0.426),
    "hexrox-4": (491 / 2, 0.466),
}
ROGUE_LB = (9, 18, 30, 40, 65, 95, 115, 225)


def whole_force_lb(band: Band, elongation_pct: float) -> float:
    """Pull of the band between two hooks at an elongation [lb]."""
    rigged = rig(band, "single" if band.is_loop else "strand", split=False)
    length_m = rigged.rest_length_m * (1.0 + elongation_pct / 100.0)
    return float(rigged.force_n(length_m)) / NEWTON_PER_POUND


@pytest.mark.parametrize("band_id", SOLVED_PER_STRAND)
def test_laws_agree_with_those_solved_elsewhere(band_id: str) -> None:
    """M within 0.6 % and A within 0.003 of an independent solution of the same points."""
    law = find_band(band_id).law
    m_n, shape = SOLVED_PER_STRAND[band_id]
    assert law.stiffness_n(1.0) == pytest.approx(m_n, rel=0.006)
    # A follows from the force at twice the length: T(2) = M exp(1.5 A) / 4 (MRS).
    assert law.tension_n(2.0) == pytest.approx(0.25 * m_n * 2.718281828 ** (1.5 * shape), rel=0.006)


@pytest.mark.parametrize(("number", "force_lb"), list(enumerate(ROGUE_LB)))
def test_rogue_loops_pull_as_charted(number: int, force_lb: float) -> None:
    """Whole loop at 100 % (ROGUE)."""
    assert whole_force_lb(find_band(f"rogue-monster-{number}"), 100.0) == pytest.approx(force_lb, rel=1e-6)


@pytest.mark.parametrize(
    ("band_id", "elongation_pct", "force_lb", "tolerance"),
    [
        ("theraband-red", 100, 3.7, 1e-6),
        ("theraband-red", 200, 5.5, 1e-6),
        ("theraband-tube-green", 200, 6.7, 1e-6),
        ("theraband-loop-red", 100, 7.4, 1e-6),
        ("theraband-high-resistance-medium", 200, 35.0, 1e-6),
        ("hexrox-2", 100, 28.7, 0.037),
        ("hexrox-2", 200, 45.6, 0.037),
        ("hexrox-2", 300, 59.7, 0.037),
        ("hexrox-3", 200, 72.8, 0.005),
    ],
)
def test_bands_pull_as_charted(
    band_id: str, elongation_pct: float, force_lb: float, tolerance: float
) -> None:
    """Two-point charts are met, three-point charts nearly (TB-CHART2, TB-FAQ300, TB-HIRES, HEXROX)."""
    assert whole_force_lb(find_band(band_id), elongation_pct) == pytest.approx(force_lb, rel=tolerance)


def test_colours_rise_in_the_makers_order() -> None:
    """Each TheraBand colour pulls harder than the one before."""
    colours = ("tan", "yellow", "red", "green", "blue", "black", "silver", "gold")
    for form in ("theraband", "theraband-loop"):
        forces = [whole_force_lb(find_band(f"{form}-{colour}"), 100.0) for colour in colours]
        assert forces == sorted(forces)


def test_every_band_is_whole() -> None:
    """Ids match their keys, every source is in the bibliography, and data reach at least twice the length."""
    bibliography = (files("bandwright") / "data" / "sources.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,]+),", bibliography, flags=re.MULTILINE))
    bands = load_bands()
    assert len(bands) == 39
    for band_id, band in bands.items():
        assert band.id == band_id
        assert band.source in keys
        assert band.measured_to_stretch >= 2.0


def test_loop_by_its_size() -> None:
    """Width x thickness, and perhaps the circumference, say enough for an estimate."""
    usual, short = find_band("loop-29x4.5mm"), find_band("loop-29x4.5mm-600mm")
    assert (usual.width_mm, usual.thickness_mm, usual.rest_length_m) == (29.0, 4.5, 2.08)
    assert short.rest_length_m == pytest.approx(0.6)
    assert (usual.id, short.id) == ("loop-29x4.5mm", "loop-29x4.5mm-600mm")
    assert usual.confidence == "geometry"
    with pytest.raises(InputError, match="width_mm"):
        find_band("loop-0x4.5mm")


def test_unknown_band_says_what_to_do() -> None:
    """A mistyped id is answered with the nearest one and how to add a band."""
    with pytest.raises(InputError) as caught:
        find_band("rogue-monstr-1")
    (problem,) = caught.value.problems
    assert problem.nearest == "rogue-monster-1"
    assert "read a scale at two lengths" in str(problem.hint)
    assert "theraband-red" in problem.allowed


def product(band_id: str, rest_m: str = "2.0", points_of: str = "", kind: str = "loop") -> str:
    """A line of the table of products."""
    return f"{band_id},Name,Brand,{kind},{rest_m},,,{points_of},chart,,SOURCE,\n"


def test_tables_are_checked_all_at_once() -> None:
    """Bad cells of both tables are told together, each with its file, line and column."""
    products = PRODUCT_HEAD + product("one", rest_m="-1") + product("two", kind="rope")
    points = POINT_HEAD + "one,100,heavy,2,SOURCE,\n"
    with pytest.raises(CatalogueError) as caught:
        bands_of(products, points)
    assert [problem.path for problem in caught.value.problems] == [
        "products.csv:2: rest_length_m",
        "products.csv:3: kind",
        "points.csv:2: force_lb",
    ]


def test_tables_must_fit_together() -> None:
    """Ids used twice, points of no band and bands without points are told together."""
    products = PRODUCT_HEAD + product("one") + product("one") + product("two", points_of="three")
    points = POINT_HEAD + "one,100,20,2,SOURCE,\n" + "onne,100,20,2,SOURCE,\n"
    with pytest.raises(CatalogueError) as caught:
        bands_of(products, points)
    assert {problem.code for problem in caught.value.problems} == {"repeated-id", "unknown-band", "no-points"}


def test_a_chart_that_no_band_follows_is_told() -> None:
    """Points that fit no law name the band they belong to."""
    points = POINT_HEAD + "one,50,20,2,SOURCE,\n" + "one,200,20,2,SOURCE,\n"
    with pytest.raises(CatalogueError, match="one"):
        bands_of(PRODUCT_HEAD + product("one"), points)
