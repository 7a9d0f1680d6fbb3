"""Analysing set-ups end to end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setup import MeasuredPull, SetUp, Tempo
from bandwright.catalogue.setups import default_setup, read_setup
from bandwright.errors import InfeasibleError
from bandwright.loads import WeightLoad
from bandwright.service.analysis import analyse

MAN = Person("male", 1.755, 84.6)


def _setup(exercise: str, person: Person = MAN, **changes: object) -> SetUp:
    return replace(default_setup(find_exercise(exercise), person), **changes)  # type: ignore[arg-type]  # any field


def test_mirrored_setup_gives_the_mirrored_answer() -> None:
    """The same one-arm row with the left hand has the same curves and the muscles of the left side."""
    exercise = find_exercise("single-arm-dumbbell-row-forward-band")
    right, left = (analyse(default_setup(exercise, MAN, side=side), with_spread=False) for side in ("r", "l"))
    assert left.working.side == "l"
    for name in ("load_n", "resisting_n", "strength_n"):
        assert getattr(left.working, name) == pytest.approx(getattr(right.working, name), rel=1e-6, abs=1e-6)
    for muscle, curve in right.muscles.items():
        if muscle.endswith("_r") and not muscle.startswith("erector"):
            assert left.muscles[f"{muscle[:-2]}_l"].activation == pytest.approx(curve.activation, abs=1e-6)
    assert left.working.binding == right.working.binding


def test_two_handed_symmetric_setup_loads_both_sides_alike() -> None:
    """Left and right muscles of a symmetric row carry the same."""
    analysis = analyse(_setup("bent-over-dumbbell-row"), with_spread=False)
    for muscle, curve in analysis.muscles.items():
        other = analysis.muscles[muscle[:-1] + ("l" if muscle.endswith("r") else "r")]
        assert curve.activation == pytest.approx(other.activation)


def test_strength_does_not_depend_on_how_heavy_a_weight_is() -> None:
    """Along one direction strength is the person's, so effort is proportional to the weight."""
    light, heavy = (
        analyse(_setup("kettlebell-row", loads=(WeightLoad("bell", mass, "hand_r"),)), with_spread=False)
        for mass in (6.0, 12.0)
    )
    assert heavy.strength_n == pytest.approx(light.strength_n, rel=1e-9)
    assert heavy.effort == pytest.approx(2 * light.effort, rel=1e-9)


def test_dumbbell_row_by_hand() -> None:
    """Weight straight down: shoulder torque = horizontal lever × force, lifting work = weight × height."""
    analysis = analyse(_setup("bent-over-dumbbell-row"), with_spread=False)
    posed, result = analysis.posed, analysis.working
    (mass,) = {load.mass_kg for load in analysis.setup.loads if isinstance(load, WeightLoad)}
    weight = 9.80665 * mass
    assert result.load_n == pytest.approx(weight)
    rise = posed.points["hand_r"][-1, 2] - posed.points["hand_r"][0, 2]
    assert analysis.summary.work_j == pytest.approx(2 * weight * rise, rel=1e-6)
    lever = posed.points["hand_r"] - posed.points["shoulder_r"]
    size = np.hypot(lever[:, 0], lever[:, 1]) * weight
    torque = np.linalg.norm(result.load_demand.torque[:, 3:6], axis=1)
    assert torque == pytest.approx(size, rel=1e-9)


def test_band_only_row_is_empty_where_the_puller_is_strong() -> None:
    """The band's load rises along the row while strength falls: effort is low first and peaks at the finish."""
    analysis = analyse(_setup("bent-over-band-row"), with_spread=False)
    assert analysis.working.load_n[0] < 0.4 * analysis.working.load_n[-1]
    assert analysis.effort[0] < 0.2 * analysis.effort.max()
    assert analysis.summary.peak_phase > 0.8


def test_overstretched_band_is_refused_with_its_limit() -> None:
    """A band that would go beyond its limit is infeasible, and the message says by how much."""
    table = {
        "exercise": "face-pull",
        "person": {"sex": "male", "stature_m": 1.8, "mass_kg": 80},
        "load": [
            {
                "id": "band",
                "kind": "band",
                "band": "rogue-monster-1",
                "rig": "single",
                "from": {"x_m": 4.5, "y_m": 0.0, "z_m": 1.5},
                "to": "hands",
            }
        ],
    }
    with pytest.raises(
        InfeasibleError, match=r"stretched to \d\.\d\d times its rest length; its limit is 3\.00"
    ):
        analyse(read_setup(table))


def test_spread_is_seeded_and_wider_for_charted_bands() -> None:
    """The same set-up gives the same spread twice; a plain dumbbell has no spread in its load."""
    band, again = (analyse(_setup("bent-over-band-row")).spread for _ in range(2))
    assert np.array_equal(band.load_n, again.load_n)
    low, middle, high = band.load_n[:, -1]
    assert low < 0.8 * middle
    assert high > 1.2 * middle
    plain = analyse(_setup("bent-over-dumbbell-row")).spread
    assert np.ptp(plain.load_n, axis=0) == pytest.approx(0.0, abs=1e-9)
    assert (plain.effort[2] > plain.effort[0]).all()


def test_measured_strength_replaces_the_computed_one() -> None:
    """The person's own pulls become the strength curve, with a narrower spread."""
    pulls = tuple(MeasuredPull(phase, force) for phase, force in ((0.0, 400.0), (0.5, 260.0), (1.0, 180.0)))
    measured = analyse(_setup("kettlebell-row", strength_curve="measured", pulls=pulls))
    assert measured.strength_n[[0, 25, 50]] == pytest.approx([400.0, 260.0, 180.0])
    computed = analyse(_setup("kettlebell-row"))

    def width(spread: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
        return float(((spread[2] - spread[0]) / spread[1]).mean())

    assert width(measured.spread.strength_n) < 0.5 * width(computed.spread.strength_n)


def test_quick_tempo_is_harder_at_the_start() -> None:
    """Pulled in half a second a kettlebell asks more early and less late than held still."""
    still = analyse(_setup("kettlebell-row"), with_spread=False)
    quick = analyse(_setup("kettlebell-row", tempo=Tempo(0.5, 0.0, 1.0)), with_spread=False)
    assert quick.working.load_n[8] > 1.1 * still.working.load_n[8]
    assert quick.working.load_n[42] < 0.9 * still.working.load_n[42]


def test_spine_is_judged_only_when_nothing_carries_the_trunk() -> None:
    """A hinge loads the lower back by published size; on a bench it is not judged."""
    hinge = analyse(_setup("bent-over-dumbbell-row"), with_spread=False)
    assert 80.0 < hinge.spine.moment_nm.max() < 300.0
    assert hinge.muscles["erector_spinae_iliocostalis_r"].activation.max() > 0.2
    bench = analyse(_setup("chest-supported-isometric-band-row"), with_spread=False)
    assert bench.spine.supported
    assert bench.muscles["erector_spinae_iliocostalis_r"].activation.max() == 0.0
