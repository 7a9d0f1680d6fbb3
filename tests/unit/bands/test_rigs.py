"""Rigs, limits and the geometry of bands."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bandwright.bands import (
    NEAR_LIMIT,
    OUTSIDE_MEASURED,
    OVERSTRETCHED,
    Band,
    MartinRothStiehler,
    RigKind,
    allowed_rigs,
    hitched_length_m,
    layered_loop,
    mini_band_path_m,
    mini_band_pull_n,
    mini_band_stretch,
    parallel,
    rig,
    series,
    stretch_problems,
)
from bandwright.errors import InputError

LAW = MartinRothStiehler(80.0, 0.44)
LOOP = Band("loop", "Loop", "", "loop", LAW, 2.0)
TUBE = Band("tube", "Tube", "", "tube", LAW, 1.6)


@pytest.mark.parametrize(
    ("kind", "split_strands_rest"),
    [
        ("single", (False, 2, 1.0)),
        ("single", (True, 2, 1.0)),
        ("folded", (False, 4, 0.5)),
        ("folded", (True, 4, 0.5)),
        ("hitched", (False, 2, 33.0 / 41.0)),
    ],
)
def test_strands_of_a_loop(kind: RigKind, split_strands_rest: tuple[bool, int, float]) -> None:
    """A 2 m loop has two sides; a fold doubles them and halves their length; a hitch uses length up."""
    split, strands, rest_m = split_strands_rest
    rigged = rig(LOOP, kind, split=split)
    assert (rigged.strands, rigged.strands_per_hand) == (strands, strands // 2 if split else strands)
    assert rigged.rest_length_m == pytest.approx(rest_m)


@pytest.mark.parametrize(
    ("kind", "split_strands_rest"),
    [
        ("strand", (False, 1, 1.6)),
        ("strand", (True, 2, 0.8)),
        ("folded", (False, 2, 0.8)),
        ("folded", (True, 4, 0.4)),
    ],
)
def test_strands_of_a_tube(kind: RigKind, split_strands_rest: tuple[bool, int, float]) -> None:
    """A 1.6 m tube is one strand, or one to each hand; a fold doubles them and halves their length."""
    split, strands, rest_m = split_strands_rest
    rigged = rig(TUBE, kind, split=split)
    assert (rigged.strands, rigged.strands_per_hand) == (strands, strands // 2 if split else strands)
    assert rigged.rest_length_m == pytest.approx(rest_m)


@pytest.mark.parametrize(
    ("band", "kind", "rest_m"),
    [
        (LOOP, "single", 0.85),
        (LOOP, "hitched", 33.0 / 41.0 - 0.15),
        (TUBE, "strand", 0.65),
        (TUBE, "folded", 0.325),
    ],
)
def test_length_in_contact_does_not_stretch(band: Band, kind: RigKind, rest_m: float) -> None:
    """0.3 m under the feet is missing from the strands, in equal parts."""
    assert rig(band, kind, split=True, contact_m=0.3).rest_length_m == pytest.approx(rest_m)


def test_a_loop_between_two_hooks() -> None:
    """F = 2 T(2 d / C)."""
    assert rig(LOOP, "single", split=False).force_n(1.7) == pytest.approx(2.0 * LAW.tension_n(1.7))


def test_hands_share_a_split_band() -> None:
    """Two hands feel half each of what the origin feels."""
    rigged = rig(LOOP, "single", split=True)
    assert rigged.hand_force_n(1.5) == pytest.approx(0.5 * rigged.force_n(1.5))
    assert rigged.hand_force_n(1.5) == pytest.approx(LAW.tension_n(1.5))


def test_count_adds_bands_side_by_side() -> None:
    """Two identical bands pull twice as hard at every length."""
    one, two = (rig(TUBE, "strand", split=True, count=count) for count in (1, 2))
    assert two.force_n([1.0, 1.4]) == pytest.approx(2.0 * one.force_n([1.0, 1.4]))


def test_choking_up_stiffens() -> None:
    """Only the free part stretches: half of the length, twice the stiffness at equal stretch."""
    whole, half = rig(TUBE, "strand", split=False), rig(TUBE, "choked", split=False, free_length_m=0.8)
    assert half.force_n(1.2) == pytest.approx(whole.force_n(2.4))
    assert half.stiffness_n_m(1.2) == pytest.approx(2.0 * whole.stiffness_n_m(2.4))


@pytest.mark.parametrize(
    ("band", "kind"), [(LOOP, "strand"), (TUBE, "single"), (TUBE, "hitched"), (LOOP, "knotted")]
)
def test_impossible_rigs_name_the_possible_ones(band: Band, kind: RigKind) -> None:
    """A rig that the band's form rules out is refused with those it allows."""
    with pytest.raises(InputError) as caught:
        rig(band, kind, split=False)
    assert caught.value.problems[0].allowed == allowed_rigs(band)


def test_all_problems_of_a_rig_are_told() -> None:
    """Kind, count and contact are checked together."""
    with pytest.raises(InputError) as caught:
        rig(TUBE, "single", split=False, count=0, contact_m=-0.1)
    assert {problem.code for problem in caught.value.problems} == {
        "impossible-rig",
        "bad-count",
        "bad-contact",
    }


@pytest.mark.parametrize(
    ("contact_m", "free_length_m"),
    [(1.6, None), (2.0, None), (0.0, 0.0), (0.0, -0.5), (0.0, 1.7), (0.0, math.nan)],
)
def test_no_length_left_is_refused(contact_m: float, free_length_m: float | None) -> None:
    """A strand is longer than nothing and no longer than the band."""
    with pytest.raises(InputError, match="at rest"):
        rig(TUBE, "strand", split=False, contact_m=contact_m, free_length_m=free_length_m)


def test_choked_and_series_need_their_figures() -> None:
    """Choking up needs the free length, a chain two bands."""
    with pytest.raises(InputError, match="free_length_m"):
        rig(LOOP, "choked", split=False)
    with pytest.raises(InputError, match="2 or more in series"):
        rig(LOOP, "series", split=False, count=1)


def test_hitching_a_mini_loop_must_be_measured() -> None:
    """The length a hitch takes was measured on long loops only."""
    mini = replace(LOOP, kind="mini-loop", rest_length_m=0.6)
    with pytest.raises(InputError, match="not known"):
        hitched_length_m(mini)
    with pytest.raises(InputError, match="not known"):
        rig(mini, "hitched", split=False)
    assert rig(mini, "hitched", split=False, free_length_m=0.2).rest_length_m == 0.2


@pytest.mark.parametrize("combine", [parallel, series])
def test_no_springs_are_refused(combine: type) -> None:
    """Nothing cannot be combined."""
    with pytest.raises(InputError, match="none was given"):
        combine([])


def test_combined_stretch_is_the_largest() -> None:
    """The limit that counts is that of the strand stretched most."""
    short, long = rig(TUBE, "folded", split=False), rig(TUBE, "strand", split=False)
    assert parallel((short, long)).stretch_ratio(2.0) == pytest.approx(2.5)
    soft = rig(replace(TUBE, law=MartinRothStiehler(40.0, 0.44)), "strand", split=False)
    chain = series((long, soft))
    assert chain.stretch_ratio(4.8) > 1.5
    assert chain.stretch_ratio(1.6) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("stretch", "codes"),
    [
        (0.5, []),
        (2.0, []),
        (2.2, [OUTSIDE_MEASURED]),
        (2.6, [NEAR_LIMIT, OUTSIDE_MEASURED]),
        (3.0, [NEAR_LIMIT, OUTSIDE_MEASURED]),
        (3.1, [OVERSTRETCHED, OUTSIDE_MEASURED]),
    ],
)
def test_stretch_limits(stretch: float, codes: list[str]) -> None:
    """Warned above 2.5, refused above 3, and told where the data end."""
    assert [p.code for p in stretch_problems(stretch, replace(LOOP, measured_to_stretch=2.0))] == codes


def test_a_stricter_maker_counts() -> None:
    """A band whose maker says twice the length is refused beyond it (SUPERFLEX)."""
    strict = replace(LOOP, warn_stretch=1.8, max_stretch=2.0)
    assert [problem.code for problem in stretch_problems(2.1, strict)] == [OVERSTRETCHED]


@pytest.mark.parametrize(
    "change",
    [
        {"rest_length_m": 0.0},
        {"rest_length_m": math.nan},
        {"warn_stretch": 3.5},
        {"warn_stretch": 1.0},
        {"max_stretch": math.inf},
        {"force_spread": -0.1},
        {"length_spread": math.nan},
    ],
)
def test_impossible_bands_are_refused(change: dict[str, float]) -> None:
    """Every figure of a band is checked."""
    with pytest.raises(InputError, match=next(iter(change))):
        replace(LOOP, **change)  # type: ignore[arg-type]  # every field is tried


def test_path_round_equal_limbs() -> None:
    """Two straight runs and one full turn: 2 a + 2 π r."""
    assert mini_band_path_m(0.3, 0.06) == pytest.approx(0.6 + 2.0 * math.pi * 0.06)
    assert mini_band_stretch(0.56, 0.3, 0.06) == pytest.approx((0.6 + 2.0 * math.pi * 0.06) / 0.56)


def test_path_round_unequal_limbs_has_known_limits() -> None:
    """One limb a point: tangents and an arc; limbs just nested: the circle of the larger."""
    apart, radius = 0.2, 0.1
    tangent, half_angle = math.sqrt(apart**2 - radius**2), math.acos(radius / apart)
    arc = radius * (2.0 * math.pi - 2.0 * half_angle)
    assert mini_band_path_m(apart, radius, 0.0) == pytest.approx(2.0 * tangent + arc)
    assert mini_band_path_m(0.04 + 1e-12, 0.1, 0.06) == pytest.approx(2.0 * math.pi * 0.1, rel=1e-6)
    assert mini_band_path_m(apart, 0.0, radius) == pytest.approx(mini_band_path_m(apart, radius, 0.0))


def test_limbs_are_drawn_together_by_two_strands() -> None:
    """Equal limbs feel twice the tension of the strand."""
    mini = replace(LOOP, kind="mini-loop", rest_length_m=0.56)
    assert mini_band_pull_n(mini, 0.35, 0.05) == pytest.approx(
        2.0 * LAW.tension_n(mini_band_stretch(0.56, 0.35, 0.05))
    )


@pytest.mark.parametrize(
    ("apart", "radius", "other"), [(0.04, 0.1, 0.05), (0.3, -0.1, 0.1), (math.nan, 0.1, 0.1)]
)
def test_impossible_limbs_are_refused(apart: float, radius: float, other: float) -> None:
    """One limb cannot lie inside the other."""
    with pytest.raises(InputError, match="radius"):
        mini_band_path_m(apart, radius, other)


def test_loop_known_by_its_size() -> None:
    """0.72 MPa at 100 % on each of two sides (ROGUE): a 28.7 x 4.57 mm loop is near its chart's 178 N."""
    band = layered_loop(28.7, 4.57)
    force = rig(band, "single", split=False).force_n(2.08)
    assert force == pytest.approx(2.0 * 0.72 * 28.7 * 4.57, rel=1e-9)
    assert force == pytest.approx(177.93, rel=0.07)
    assert (band.confidence, band.force_spread) == ("geometry", 0.15)
    with pytest.raises(InputError, match="width_mm"):
        layered_loop(0.0, 4.5)
