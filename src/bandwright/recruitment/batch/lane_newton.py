"""Newton's method on the dual of recruitment for several set-ups at one pose, in lanes.

The problem is that of `newton`: minimise φ(y) with y_cone ≥ 0. With D the columns inside their bounds, R the torque
rows, H the head forces and A the facets that may move, a step solves

    (1 + R D Rᵀ) d_t + R D Hᵀ Fᵀ d = −g_t        d_A + F_A (H D Rᵀ d_t + H D Hᵀ Fᵀ d) = −g_A

by two small eliminations: first the torques, which leaves S of H D Hᵀ, then the facets. A facet that would be taken
below 0 stops at 0 and the second is repeated. Whether the step was a good one, the next error shows.
"""

from __future__ import annotations

from bandwright.numerics.lane_factor import backward, eliminate, forward
from bandwright.numerics.lanes import choose, even, greatest, lanewise, least, load, some, store
from bandwright.recruitment.batch.lane_bench import Bench, to_head
from bandwright.recruitment.batch.lane_poses import LanePoses
from bandwright.recruitment.batch.lane_search import go
from bandwright.recruitment.batch.sparse import times


@lanewise
def judge(poses: LanePoses, k: int, bench: Bench) -> None:
    """Set activations, gradient, which columns and facets are at work, and the error, from the multipliers."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    for j in range(torques):
        store(bench.base, j, load(bench.y, j))
    to_head(poses, k, bench.y, torques, bench.head)
    for a in range(poses.facets.shape[2]):
        store(bench.base, torques + a, load(bench.head, a))
    times(poses.by_column, k, bench.base, bench.z)
    for i in range(bench.z.shape[0]):
        z, lower, upper = load(bench.z, i), even(poses.limits[k, 0, i]), even(poses.limits[k, 1, i])
        store(bench.x, i, greatest(least(z, upper), lower))
        store(bench.inside, i, choose((z >= lower) & (z <= upper), even(1.0), even(0.0)))
    times(poses.by_row, k, bench.x, bench.base)
    _measure(poses, k, bench)


@lanewise
def _measure(poses: LanePoses, k: int, bench: Bench) -> None:
    """Set the gradient, the facets that may move, and the error, from what the base rows hold."""
    facets, forces = poses.facets.shape[1], poses.facets.shape[2]
    torques = bench.y.shape[0] - facets
    square = even(0.0)
    for j in range(torques):
        slope = load(bench.y, j) - load(bench.target, j) + load(bench.base, j)
        store(bench.slope, j, slope)
        square = square + slope * slope
    for f in range(facets):
        y = load(bench.y, torques + f)
        slope = y - load(bench.target, torques + f)
        for a in range(forces):
            slope = slope + poses.facets[k, f, a] * load(bench.base, torques + a)
        store(bench.slope, torques + f, slope)
        moves = choose((y <= 0.0) & (slope >= 0.0), even(0.0), even(1.0))
        store(bench.moving, f, moves)
        square = square + moves * (slope * slope)
    store(bench.error, 0, square)


@lanewise
def _eliminate_torques(bench: Bench, torques: int) -> None:
    """Eliminate the torques from gram, whose last row is their right-hand side."""
    base = torques + bench.head.shape[0]
    for j in range(torques):
        at = j * (j + 1) // 2 + j
        store(bench.gram, at, 1.0 + load(bench.gram, at))
    last = base * (base + 1) // 2
    for j in range(base + 1):
        store(bench.gram, last + j, 0.0 - load(bench.slope, j) if j < torques else even(0.0))
    eliminate(bench.gram, torques, base + 1)
    for j in range(torques):
        store(bench.step, j, load(bench.gram, last + j) * load(bench.gram, j * (j + 1) // 2 + j))


@lanewise
def _reach(poses: LanePoses, k: int, bench: Bench, some_facets: int) -> None:
    """Set reach = F S for the facets that move somewhere."""
    forces = poses.facets.shape[2]
    torques = bench.y.shape[0] - poses.facets.shape[1]
    for c in range(some_facets):
        for a in range(forces):
            total = even(0.0)
            for b in range(forces):
                high, low = torques + max(a, b), torques + min(a, b)
                left = load(bench.gram, high * (high + 1) // 2 + low)
                total = total + poses.facets[k, bench.some[c], b] * left
            store(bench.reach, c * forces + a, total)


@lanewise
def _couple(poses: LanePoses, k: int, bench: Bench, some_facets: int) -> None:
    """Set coupling = 1 + F_A S F_Aᵀ; a facet that does not move has a row of the identity."""
    forces = poses.facets.shape[2]
    for c in range(some_facets):
        moving = load(bench.moving, bench.some[c])
        for e in range(c + 1):
            both = even(0.0)
            for a in range(forces):
                both = both + poses.facets[k, bench.some[e], a] * load(bench.reach, c * forces + a)
            both = both * (moving * load(bench.moving, bench.some[e]))
            store(bench.coupling, c * (c + 1) // 2 + e, both + (1.0 if e == c else 0.0))


@lanewise
def _best_facets(poses: LanePoses, k: int, bench: Bench, some_facets: int) -> None:
    """Set push to the step of the facets that move, counted from where the step stands, which the others keep."""
    forces, torques = poses.facets.shape[2], bench.y.shape[0] - poses.facets.shape[1]
    last = (torques + forces) * (torques + forces + 1) // 2 + torques
    to_head(poses, k, bench.step, torques, bench.head)
    for c in range(some_facets):
        f = bench.some[c]
        total = 0.0 - load(bench.slope, torques + f) - load(bench.step, torques + f)
        for a in range(forces):
            # The last row of gram holds minus the force that the torque step alone brings.
            total = total + poses.facets[k, f, a] * load(bench.gram, last + a)
            total = total - load(bench.reach, c * forces + a) * load(bench.head, a)
        store(bench.push, c, load(bench.moving, f) * total)
    _couple(poses, k, bench, some_facets)
    eliminate(bench.coupling, some_facets, some_facets)
    forward(bench.coupling, some_facets, bench.push)
    backward(bench.coupling, some_facets, bench.push)


@lanewise
def _move_facets(poses: LanePoses, k: int, bench: Bench, some_facets: int) -> bool:
    """Move the step of the facets to where the model is least, or until the first reaches 0 and stays there.

    Each such leg lowers the model, so what comes of it is a way down. Whether any facet was stopped.
    """
    torques = bench.y.shape[0] - poses.facets.shape[1]
    _best_facets(poses, k, bench, some_facets)
    # Lanes whose step stands must not feel the legs of the others, not even in the last bit.
    going, again = load(bench.going, 0), even(0.0)
    share = even(1.0)
    for c in range(some_facets):
        y = load(bench.y, torques + bench.some[c]) + load(bench.step, torques + bench.some[c])
        push = going * load(bench.push, c)
        share = least(share, choose(y + push < 0.0, 0.0 - y / push, even(1.0)))
    for c in range(some_facets):
        f = bench.some[c]
        before, step = load(bench.y, torques + f), load(bench.step, torques + f)
        push = going * load(bench.push, c)
        first = (before + step + push < 0.0) & (0.0 - (before + step) / push <= share)
        store(bench.step, torques + f, choose(first, 0.0 - before, step + share * push))
        store(bench.moving, f, choose(first, even(0.0), load(bench.moving, f)))
        again = choose(first, even(1.0), again)
    store(bench.going, 0, again)
    return some(again > 0.0)


@lanewise
def _list_moving(bench: Bench, torques: int) -> int:
    """Set `some` to the facets that move in some lane, their number being told, and the step of all to 0."""
    count = 0
    for f in range(bench.some.shape[0]):
        store(bench.step, torques + f, even(0.0))
        if some(load(bench.moving, f) > 0.0):
            bench.some[count] = f
            count += 1
    return count


@lanewise
def _facet_step(poses: LanePoses, k: int, bench: Bench) -> None:
    """Set the step of the facets, and take what it does to the torques off theirs."""
    forces, torques = poses.facets.shape[2], bench.y.shape[0] - poses.facets.shape[1]
    some_facets = _list_moving(bench, torques)
    if some_facets == 0:
        return
    _reach(poses, k, bench, some_facets)
    store(bench.going, 0, even(1.0))
    for _ in range(some_facets + 1):
        if not _move_facets(poses, k, bench, some_facets):
            break
    to_head(poses, k, bench.step, torques, bench.head)
    for j in range(torques):
        total = even(0.0)
        for a in range(forces):
            row = (torques + a) * (torques + a + 1) // 2
            total = total + load(bench.gram, row + j) * load(bench.head, a)
        step = load(bench.step, j) - total * load(bench.gram, j * (j + 1) // 2 + j)
        store(bench.step, j, step)


@lanewise
def advance(poses: LanePoses, k: int, bench: Bench) -> None:
    """Take one step after `judge`."""
    facets = poses.facets.shape[1]
    torques = bench.y.shape[0] - facets
    times(poses.pairs, k, bench.inside, bench.gram)
    _eliminate_torques(bench, torques)
    _facet_step(poses, k, bench)
    backward(bench.gram, torques, bench.step)
    share = go(poses, k, bench) if some(load(bench.search, 0) > 0.0) else even(1.0)
    for j in range(torques):
        store(bench.y, j, load(bench.y, j) + share * load(bench.step, j))
    for f in range(torques, torques + facets):
        store(bench.y, f, greatest(load(bench.y, f) + share * load(bench.step, f), even(0.0)))
