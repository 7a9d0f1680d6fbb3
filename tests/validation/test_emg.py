"""How muscle ranking is scored against EMG: the machinery, on findings whose score is known beforehand.

Whether the model reaches the aims is not asserted here; `docs/validation.md` says what it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import as_file, files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from bandwright.bands import MartinRothStiehler, TableLaw
from bandwright.catalogue.bands import find_band
from bandwright.catalogue.check import check_folder
from bandwright.catalogue.exercises import shipped_ids
from bandwright.catalogue.validation_tables import VALIDATION
from bandwright.errors import ModelError
from bandwright.loads import BandLoad, BodyWeightLoad, CableLoad, WeightLoad
from bandwright.loads.load import Point
from bandwright.service.loaded import scaled
from bandwright.service.metrics import elements_of
from bandwright.service.validation.emg import (
    Contrast,
    contrasts,
    median_score,
    rankings,
    share_right,
    spearman,
    usual_variation,
)
from bandwright.service.validation.emg_model import activity, lift
from bandwright.service.validation.emg_tables import (
    Activity,
    Direction,
    Reading,
    directions,
    movement,
    readings,
    study_loads,
    unscored,
)

A = Reading("S", "a", "lat", ("lat",), "mean", 40.0, 10.0, 12, hard=True)
ROWS = (A, replace(A, exercise="b", value=30.0), replace(A, exercise="c", value=20.0, hard=False))
VALUES = st.lists(st.integers(0, 9), min_size=3, max_size=8)


def _model(**values: float) -> Callable[[str, Activity], float]:
    return lambda _study, asked: values[asked.exercise]


@given(one=VALUES, data=st.data())
def test_rank_correlation_is_the_usual_one(one: list[int], data: st.DataObject) -> None:
    """Ties included, it is scipy's, and 0 where there is nothing to rank."""
    other = data.draw(st.lists(st.integers(0, 9), min_size=len(one), max_size=len(one)))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert spearman(one, other) == 0.0
    else:
        assert spearman(one, other) == pytest.approx(spearmanr(one, other).statistic)


def test_known_rankings() -> None:
    """Same order 1, opposite order -1, one neighbouring swap of three 0.5 (1 - 6·2/24)."""
    for values, rho in (((0.9, 0.5, 0.1), 1.0), ((0.1, 0.5, 0.9), -1.0), ((0.5, 0.9, 0.1), 0.5)):
        model = _model(**dict(zip("abc", values, strict=True)))
        (found,) = rankings(ROWS, model, "exercises")
        assert found.count == 3
        assert found.rho == pytest.approx(rho)


def test_two_items_are_no_ranking() -> None:
    """Fewer than three exercises or muscles are left out, and studies are never mixed."""
    model = _model(a=1.0, b=1.0, c=1.0)
    assert rankings(ROWS[:2], model, "exercises") == []
    assert rankings([*ROWS[:2], replace(ROWS[2], study="T")], model, "exercises") == []
    assert rankings(ROWS, model, "muscles") == []


def test_muscles_are_ranked_within_an_exercise() -> None:
    """Three muscles of one exercise make one ranking."""
    rows = [replace(A, muscle=m, groups=(m,), value=v) for m, v in (("x", 1.0), ("y", 2.0), ("z", 3.0))]
    (found,) = rankings(rows, lambda _s, asked: {"x": 3.0, "y": 2.0, "z": 1.0}[asked.groups[0]], "muscles")
    assert found.subject == "a"
    assert found.rho == pytest.approx(-1.0)


def test_only_clear_differences_are_contrasts() -> None:
    """More than half the pooled SD of 10: the gap of 10 counts, one of 4 does not; both rows must be hard."""
    model = _model(a=0.6, b=0.4, c=0.5)
    found = contrasts(ROWS, (), model, 0.4)
    assert [(c.higher.exercise, c.lower.exercise) for c in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [c.right for c in found] == [True, True, False]
    assert [c.hard for c in found] == [True, False, False]
    assert contrasts((A, replace(A, exercise="b", value=36.0)), (), model, 0.4) == []


def test_a_missing_sd_is_stood_in_for() -> None:
    """With a variation of 0.5, 40 and 30 have SDs of 20 and 15: the gap of 10 exceeds half of 17.7, 8 does not."""
    bare = [replace(A, sd=None), replace(A, sd=None, exercise="b", value=30.0)]
    assert len(contrasts(bare, (), _model(a=1.0, b=0.0), 0.5)) == 1
    close = [bare[0], replace(bare[1], value=32.0)]
    assert contrasts(close, (), _model(a=1.0, b=0.0), 0.5) == []
    assert usual_variation([A, replace(A, sd=None), replace(A, sd=20.0), replace(A, sd=30.0)]) == 0.5


def test_a_stated_direction_is_a_contrast() -> None:
    """Higher and lower as the study says; a tie in the model is not right."""
    stated = Direction("S", Activity("a", ("lat",)), Activity("b", ("lat",)), 9, hard=True, note="higher")
    (found,) = contrasts((), [stated], _model(a=0.5, b=0.5), 0.4)
    assert not found.right
    (found,) = contrasts((), [stated], _model(a=0.6, b=0.5), 0.4)
    assert found.right


def _pairs(right: int, wrong: int) -> list[Contrast]:
    one = Contrast("S", Activity("a", ("m",)), Activity("b", ("m",)), (1.0, 0.0), "", hard=True)
    every = [one] * right + [replace(one, modelled=(0.0, 1.0))] * wrong
    return [replace(pair, study=f"S{i}") for i, pair in enumerate(every)]


def test_bootstrap_interval() -> None:
    """All right is certain; 30 of 40 independent contrasts give about the binomial interval; it repeats."""
    sure = share_right(_pairs(8, 0))
    assert (sure.value, sure.low, sure.high, sure.count) == (1.0, 1.0, 1.0, 8)
    score = share_right(_pairs(30, 10))
    half = 1.645 * float(np.sqrt(0.75 * 0.25 / 40))
    assert score.value == 0.75
    assert score.low == pytest.approx(0.75 - half, abs=0.03)
    assert score.high == pytest.approx(0.75 + half, abs=0.03)
    assert score == share_right(_pairs(30, 10))


def test_dependent_contrasts_widen_the_interval() -> None:
    """Forty contrasts of four study-muscle clusters are worth four, not forty."""
    single = _pairs(30, 10)
    clustered = [replace(pair, study=f"S{i // 10}") for i, pair in enumerate(single)]
    wide, narrow = share_right(clustered), share_right(single)
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_nothing_to_score() -> None:
    """No rankings: no figure, count 0."""
    assert np.isnan(median_score([]).value)
    assert median_score([]).count == 0


def test_every_movement_exists_and_is_valid() -> None:
    """Every exercise of every finding has a movement; validation-only files are valid and shadow no shipped one."""
    named = {row.exercise for row in readings()} | {e for one in unscored() for e in one.exercises}
    named |= {side.exercise for one in directions() for side in (one.higher, one.lower)}
    for exercise in named:
        assert movement(exercise).id == exercise
    with as_file(VALIDATION / "exercises") as folder:
        own = {path.stem for path in folder.glob("*.toml")}
        assert check_folder(folder) == []
    assert own & shipped_ids() == frozenset()
    assert own <= named


def test_every_study_has_a_source_and_every_muscle_elements() -> None:
    """Study keys are in the bibliography, studies have a load rule, muscle groups have elements."""
    bib = (files("bandwright") / "data" / "sources.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,]+),", bib, flags=re.MULTILINE))
    studies = {row.study for row in readings()} | {one.study for one in directions()}
    assert studies == set(study_loads())
    assert studies | {one.study for one in unscored()} <= keys
    groups = {g for row in readings() for g in row.groups}
    groups |= {g for one in directions() for side in (one.higher, one.lower) for g in side.groups}
    assert all(elements_of(group) for group in groups)


def test_amplitudes_are_plausible() -> None:
    """Percentages of a maximal contraction, with people behind them."""
    assert all(0.0 < row.value < 200.0 and row.n > 0 for row in readings())
    assert all(row.sd is None or 0.0 < row.sd < 100.0 for row in readings())


def test_loads_are_scaled_alike() -> None:
    """Every kind of load pulls twice as hard; body weight stays, and a band by table is refused."""
    cable = CableLoad("c", 100.0, Point(1.0), "hands")
    assert scaled(cable, 2.0) == replace(cable, force_n=200.0)
    weight = WeightLoad("w", 5.0, "hands", 2)
    assert scaled(weight, 2.0) == replace(weight, mass_kg=10.0)
    assert scaled(BodyWeightLoad("b"), 2.0) == BodyWeightLoad("b")
    band = BandLoad("s", find_band("theraband-red"), "strand", Point(1.0), "hands")
    double = scaled(band, 2.0)
    assert isinstance(double, BandLoad)
    assert isinstance(band.band.law, MartinRothStiehler)
    assert double.band.law.tension_n(1.7) == pytest.approx(2.0 * band.band.law.tension_n(1.7))


@pytest.mark.parametrize(
    ("study", "exercise"),
    [("DeMey2013", "scapular-retraction-pulley"), ("Bergquist2018", "reverse-band-fly")],
)
def test_a_study_s_effort_is_met(study: str, exercise: str) -> None:
    """Cables and bands are scaled until the peak effort is the study's."""
    found = lift(study, exercise)
    assert found.analysis.summary.peak_effort == pytest.approx(study_loads()[study].amount, abs=0.005)


def test_peak_is_not_below_mean() -> None:
    """Peak and mean of the same curve."""
    asked = Activity("scapular-retraction-pulley", ("trapezius_lower",))
    mean, peak = (activity("DeMey2013", one) for one in (asked, replace(asked, statistic="peak")))
    assert 0.0 <= mean <= peak <= 1.0


def test_a_band_without_one_strength_is_refused() -> None:
    """A law given by points has no strength to multiply."""
    law = TableLaw(np.array([1.5, 2.0, 2.5]), np.array([10.0, 16.0, 21.0]))
    band = replace(find_band("theraband-red"), law=law)
    with pytest.raises(ModelError, match="no one strength"):
        scaled(BandLoad("s", band, "strand", Point(1.0), "hands"), 2.0)
