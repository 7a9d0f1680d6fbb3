"""How much each limit holds the load back, from the prices of the capacity programme."""

from __future__ import annotations

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment.capacity_problem import CapacityProblem


def limit_shares(
    problem: CapacityProblem,
    activation: FloatArray,
    factor: FloatArray,
    price: FloatArray,
    cap: FloatArray | None = None,
) -> FloatArray:
    """Relative growth of the factor per relative growth of each limit (…, K, n + k + g + m).

    A column's limit is the bound it rests on; a facet's is the push that presses outward through it (its
    own limit is often 0: shear against compression); an equation's is its tolerance. So a muscle resting at 0
    holds nothing back, and limits in different units can be compared. Where the factor is 0 the shares are
    relative to the greatest one.

    Args:
        problem: the K poses; its load does not count.
        activation: (…, K, n) at the factor, of any number of loads.
        factor: (…, K).
        price: (…, K, m + k) growth of the factor per unit of each row's limit [1/(N·m)], [1/N].
        cap: (…, K, g) other limits on the factor; left out: the problem's.
    """
    cap = problem.cap if cap is None else cap
    equations = problem.moment.shape[1]
    torque, facet = price[..., :equations], price[..., equations:]
    gain = -np.einsum("...km,kmn->...kn", torque, problem.moment)
    gain -= np.einsum("...kf,kfn->...kn", facet, problem.cone)
    columns = np.where(gain > 0.0, gain * np.abs(problem.upper), -gain * np.abs(problem.lower))
    pressing = np.sum(np.maximum(problem.cone * activation[..., None, :], 0.0), axis=-1)
    shares = np.concatenate(
        [
            columns,
            np.abs(facet) * pressing,
            _cap_shares(cap, factor),
            np.abs(torque) * problem.tolerance.torque_nm,
        ],
        axis=-1,
    )
    caps = problem.cone.shape[2] + problem.cone.shape[1] + np.arange(problem.cap.shape[1])
    priced = np.isfinite(factor) & (factor > 0.0)
    size = np.where(priced, factor, np.max(shares, axis=-1, initial=0.0))[..., None]
    relative: FloatArray = np.divide(shares, size, out=np.zeros_like(shares), where=size > 0.0)
    relative[..., caps] = shares[..., caps]
    return relative


def _cap_shares(cap: FloatArray, factor: FloatArray) -> FloatArray:
    """1 for the lowest cap where the factor has reached it, else 0 (…, K, g)."""
    reached = np.isfinite(cap) & (cap <= factor[..., None] * (1.0 + 1e-9))
    first = reached & (np.cumsum(reached, axis=-1) == 1)
    share: FloatArray = first.astype(np.float64)
    return share
