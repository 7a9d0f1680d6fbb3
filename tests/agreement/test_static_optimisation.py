"""Recruitment against OpenSim's static optimisation on five shipped movements, glenoid cone left out."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.recruitment import recruit
from bandwright.service.validation.static_optimisation import (
    AIM,
    LEVERS,
    STIFF,
    TOOL,
    Answer,
    Array,
    Golden,
    agreement,
    golden,
    muscle_columns,
    our_activations,
    problem_of,
    source_body,
)
from tests.agreement.oracle.oracle_model import missing_reason

MOVEMENTS = {one.held.movement: one for one in golden()}
MEAN_DIFFERENCE = 0.01
"""Greatest mean absolute difference of activations [-]."""


@pytest.fixture(scope="module", params=MOVEMENTS)
def movement(request: pytest.FixtureRequest) -> Golden:
    """One movement with OpenSim's answers."""
    return MOVEMENTS[str(request.param)]


@pytest.fixture(scope="module")
def ours(movement: Golden) -> Array:
    """Our activations (11, 33) of the movement."""
    return our_activations(movement.held)


def test_five_movements_of_eleven_poses() -> None:
    """The golden table holds a row, pull-up, pulldown, pull-apart and outer rotation, each answered twice."""
    assert list(MOVEMENTS) == [
        "bent-over-band-row",
        "pull-up",
        "straight-arm-pulldown",
        "band-pull-apart",
        "band-external-rotation",
    ]
    assert all(one.activation[answer].shape == (11, 33) for one in golden() for answer in (TOOL, LEVERS))


def test_our_answer_balances_exactly(movement: Golden) -> None:
    """The stiff reserve leaves less than 0.01 N·m, so that the problem solved is OpenSim's."""
    answer = recruit(problem_of(movement.held, source_body()), STIFF)
    assert answer.converged.all()
    assert np.abs(answer.residual).max() < 0.01


@pytest.mark.parametrize("answer", [TOOL, LEVERS])
def test_activations_correlate_with_opensim(movement: Golden, ours: Array, answer: Answer) -> None:
    """Paths, statics and solver together give OpenSim's activations at a correlation of 0.98 or more."""
    found = agreement(ours, movement.activation[answer])
    assert found.correlation >= AIM
    assert found.difference <= MEAN_DIFFERENCE


def test_the_benchmark_beside_opensim_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OpenSim or its model nothing is measured, in one line."""
    from benchmarks import bench_opensim  # noqa: PLC0415  # beside its only use

    monkeypatch.setattr(bench_opensim, "missing_reason", lambda: "set the model's path")
    with pytest.raises(SystemExit, match="Nothing measured: set the model's path"):
        bench_opensim.main()


@pytest.mark.oracle
@pytest.mark.skipif(missing_reason() is not None, reason=str(missing_reason()))
def test_golden_activations_are_what_opensim_gives() -> None:
    """OpenSim reproduces one movement of the table by both answers."""
    from tests.agreement.oracle.exercises import by_levers, by_tool  # noqa: PLC0415  # needs OpenSim
    from tests.agreement.oracle.oracle_model import load_oracle  # noqa: PLC0415

    one = MOVEMENTS["band-external-rotation"]
    order = muscle_columns(source_body())[0]
    np.testing.assert_allclose(by_tool(one.held, order), one.activation[TOOL], atol=2e-4)
    np.testing.assert_allclose(by_levers(one.held, load_oracle(), order), one.activation[LEVERS], atol=2e-4)
