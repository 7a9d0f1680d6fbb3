"""A table of tensions gives what solving gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandwright.errors import ModelError
from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import Penalties
from bandwright.recruitment.batch.batch import BatchRecruiter, recruit_scores
from bandwright.recruitment.batch.table import TensionTable, tension_table
from tests.laws.test_batch_recruitment import batch

GREATEST_N = 500.0

seeds = st.integers(0, 2**32 - 1)


def table_of(seed: int, load: float) -> tuple[BatchRecruiter, TensionTable, FloatArray, FloatArray]:
    """A recruiter, a table, what is still and what each newton adds (K, D)."""
    recruiter, loads = batch(seed, 2, load, Penalties(300.0, 0.1))
    still, direction = 0.2 * loads[0], loads[1] / GREATEST_N
    return recruiter, tension_table(recruiter, still, direction, GREATEST_N), still, direction


@given(seeds, st.sampled_from([0.3, 1.0, 5.0]))
@settings(max_examples=30)
def test_table_is_the_direct_solution(seed: int, load: float) -> None:
    """Scores to 1e-8, at the ends of the table and anywhere between."""
    recruiter, table, still, direction = table_of(seed, load)
    tensions = np.random.default_rng(seed).uniform(0.0, GREATEST_N, (20, len(still)))
    tensions[0], tensions[1] = 0.0, GREATEST_N
    looked_up = table.scores(tensions)
    solved = recruit_scores(recruiter, still + tensions[:, :, None] * direction)
    for at, wanted in enumerate((solved.mean, solved.shortened, solved.lengthened)):
        np.testing.assert_allclose(looked_up[:, at], wanted, rtol=0.0, atol=1e-8)


@given(seeds)
@settings(max_examples=20)
def test_pieces_join(seed: int) -> None:
    """At every breakpoint the pieces on both sides give the same scores."""
    _, table, _, _ = table_of(seed, 2.0)
    pieces = table.pieces
    for k, count in enumerate(table.breakpoints):
        knot = pieces.knot[k, 1 : count + 1, None]
        before = pieces.value[k, :count, 0] + knot * pieces.value[k, :count, 1]
        after = pieces.value[k, 1 : count + 1, 0] + knot * pieces.value[k, 1 : count + 1, 1]
        np.testing.assert_allclose(before, after, atol=1e-7)


def test_tensions_outside_the_table_are_refused() -> None:
    """Beyond its end the table would guess."""
    _, table, still, _ = table_of(0, 1.0)
    with pytest.raises(ModelError, match="the table holds 0 to 500 N"):
        table.scores(np.full((1, len(still)), GREATEST_N + 1.0))
