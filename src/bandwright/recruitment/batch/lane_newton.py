"""Newton's method on the dual of recruitment for several set-ups at one pose, in lanes.

The problem is that of `newton`: minimise φ(y) with y_cone ≥ 0. With D the columns inside their bounds, R the torque
rows, H the head forces and A the facets that may move, a step solves

    (1 + R D Rᵀ) d_t + R D Hᵀ Fᵀ d = −g_t        d_A + F_A (H D Rᵀ d_t + H D Hᵀ Fᵀ d) = −g_A

by two small eliminations: first the torques, which leaves S = L Lᵀ of H D Hᵀ, then the facets, on which what is left
is 1 + G Gᵀ with G = F_A L: as many unknowns as head forces. A are the facets above 0, and those that what is left
draws there. A facet that would be taken below 0 stops at 0 and the second is repeated. Whether the step was a good
one, the next error shows.
"""

from __future__ import annotations

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lane_factor import backward, eliminate, root_factor
from bandwright.numerics.lanes import choose, entry, even, greatest, lanewise, least, load, some, store
from bandwright.recruitment.batch.crossed import products
from bandwright.recruitment.batch.lane_bench import Bench, Poses, facet, to_base, to_head, within
from bandwright.recruitment.batch.lane_poses import HEAD_FORCES
from bandwright.recruitment.batch.lane_search import go
from bandwright.recruitment.batch.sparse import row_of, times, times_block


@lanewise
def judge(poses: Poses, k: int, bench: Bench) -> None:
    """Set activations, gradient, which columns and facets are at work, and the error, from the multipliers."""
    to_base(poses, k, bench, bench.y)
    for block in range(poses.by_column.row.shape[0]):
        first, second, third, fourth = times_block(poses.by_column, k, block, bench.base)
        _keep(poses, k, bench, row_of(poses.by_column, block, 0), first)
        _keep(poses, k, bench, row_of(poses.by_column, block, 1), second)
        _keep(poses, k, bench, row_of(poses.by_column, block, 2), third)
        _keep(poses, k, bench, row_of(poses.by_column, block, 3), fourth)
    _weigh(poses, k, bench)


@lanewise
def _keep(poses: Poses, k: int, bench: Bench, i: int, z: FloatArray) -> None:
    """Set a column's z, its activation, and whether it is inside its bounds."""
    x = within(poses, k, i, z)
    store(bench.z, i, z)
    store(bench.x, i, x)
    store(bench.inside, i, choose(x == z, even(1.0), even(0.0)))


@lanewise
def _weigh(poses: Poses, k: int, bench: Bench) -> None:
    """What `judge` does, the activations being known."""
    times(poses.by_row, k, bench.x, bench.base)
    _measure(poses, k, bench)


@lanewise
def foresee(poses: Poses, k: int, bench: Bench) -> None:
    """Like `judge`, but which columns are inside their bounds is told by what z is foreseen to be.

    What comes of it is the gradient of a model in which the others stay at their bounds. A whole step ends where that
    is least, wherever it begins: here the torques have no price, so what is inside is what the facets alone ask for.
    The Gram matrix is set too; the error means nothing.
    """
    facets, forces = poses.facets.shape[1], poses.facets.shape[2]
    torques = bench.y.shape[0] - facets
    for i in range(bench.z.shape[0]):
        z = load(bench.z, i)
        x = within(poses, k, i, z)
        store(bench.x, i, choose(x == z, even(0.0), x))
        store(bench.inside, i, choose(x == z, even(1.0), even(0.0)))
    for j in range(torques):
        store(bench.y, j, even(0.0))
    times(poses.by_row, k, bench.x, bench.base)
    products(poses.pairs, k, bench.inside, bench.gram)
    to_head(poses, k, bench.y, torques, bench.head)
    for j in range(torques + forces):
        held = load(bench.base, j)
        for a in range(torques, torques + forces):
            high, low = max(j, a), min(j, a)
            held = held + load(bench.gram, high * (high + 1) // 2 + low) * load(bench.head, a - torques)
        store(bench.base, j, held)
    _measure(poses, k, bench)


@lanewise
def _measure(poses: Poses, k: int, bench: Bench) -> None:
    """Set the gradient and the error, from what the base rows hold."""
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
            slope = slope + facet(poses, k, f, a) * load(bench.base, torques + a)
        store(bench.slope, torques + f, slope)
        square = square + choose((y <= 0.0) & (slope >= 0.0), even(0.0), slope * slope)
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
def _reach(poses: Poses, k: int, bench: Bench, some_facets: int) -> None:
    """Set reach = G = F L for the facets that move somewhere, L Lᵀ being S."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    for a in range(HEAD_FORCES):
        row = (torques + a) * (torques + a + 1) // 2 + torques
        for b in range(a + 1):
            store(bench.spread, a * (a + 1) // 2 + b, load(bench.gram, row + b))
    root_factor(bench.spread, HEAD_FORCES)
    for c in range(some_facets):
        f = entry(bench.some, c)
        x, y, z = facet(poses, k, f, 0), facet(poses, k, f, 1), facet(poses, k, f, 2)
        first = x * load(bench.spread, 0) + y * load(bench.spread, 1) + z * load(bench.spread, 3)
        store(bench.reach, c * HEAD_FORCES, first)
        store(bench.reach, c * HEAD_FORCES + 1, y * load(bench.spread, 2) + z * load(bench.spread, 4))
        store(bench.reach, c * HEAD_FORCES + 2, z * load(bench.spread, 5))


@lanewise
def _ask_facets(poses: Poses, k: int, bench: Bench, some_facets: int) -> None:
    """Set push to minus the slope at the facets that move where the step stands, the torques having moved with it."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    last = (torques + HEAD_FORCES) * (torques + HEAD_FORCES + 1) // 2 + torques
    # The last row of gram holds minus the force that the torque step alone brings.
    v, w, u = load(bench.gram, last), load(bench.gram, last + 1), load(bench.gram, last + 2)
    p, q, r = even(0.0), even(0.0), even(0.0)
    for c in range(some_facets):
        step = load(bench.step, torques + entry(bench.some, c))
        p = p + load(bench.reach, c * HEAD_FORCES) * step
        q = q + load(bench.reach, c * HEAD_FORCES + 1) * step
        r = r + load(bench.reach, c * HEAD_FORCES + 2) * step
    for c in range(some_facets):
        f = entry(bench.some, c)
        x, y, z = facet(poses, k, f, 0), facet(poses, k, f, 1), facet(poses, k, f, 2)
        total = x * v + y * w + z * u - load(bench.slope, torques + f) - load(bench.step, torques + f)
        total = total - load(bench.reach, c * HEAD_FORCES) * p - load(bench.reach, c * HEAD_FORCES + 1) * q
        total = total - load(bench.reach, c * HEAD_FORCES + 2) * r
        store(bench.push, c, load(bench.moving, f) * total)


@lanewise
def _couple(bench: Bench, some_facets: int) -> None:
    """Set coupling = 1 + Gᵀ G of the facets that move, and head = Gᵀ push."""
    a, b, d = even(1.0), even(1.0), even(1.0)
    ba, da, db = even(0.0), even(0.0), even(0.0)
    for c in range(some_facets):
        x, y = load(bench.reach, c * HEAD_FORCES), load(bench.reach, c * HEAD_FORCES + 1)
        z, moving = load(bench.reach, c * HEAD_FORCES + 2), load(bench.moving, entry(bench.some, c))
        a, ba, b = a + moving * x * x, ba + moving * x * y, b + moving * y * y
        da, db, d = da + moving * x * z, db + moving * y * z, d + moving * z * z
    store(bench.coupling, 0, a)
    store(bench.coupling, 1, ba)
    store(bench.coupling, 2, b)
    store(bench.coupling, 3, da)
    store(bench.coupling, 4, db)
    store(bench.coupling, 5, d)
    p, q, r = even(0.0), even(0.0), even(0.0)
    for c in range(some_facets):
        push = load(bench.push, c)
        p = p + load(bench.reach, c * HEAD_FORCES) * push
        q = q + load(bench.reach, c * HEAD_FORCES + 1) * push
        r = r + load(bench.reach, c * HEAD_FORCES + 2) * push
    store(bench.head, 0, p)
    store(bench.head, 1, q)
    store(bench.head, 2, r)


@lanewise
def _solve_coupling(bench: Bench) -> None:
    """Replace head by coupling⁻¹ head."""
    a, ba, da = load(bench.coupling, 0), load(bench.coupling, 1), load(bench.coupling, 3)
    first = 1.0 / a
    share, far = ba * first, da * first
    second = 1.0 / (load(bench.coupling, 2) - share * ba)
    between = load(bench.coupling, 4) - share * da
    near = between * second
    third = 1.0 / (load(bench.coupling, 5) - far * da - near * between)
    p = load(bench.head, 0)
    q = load(bench.head, 1) - share * p
    r = (load(bench.head, 2) - far * p - near * q) * third
    q = q * second - near * r
    store(bench.head, 0, p * first - share * q - far * r)
    store(bench.head, 1, q)
    store(bench.head, 2, r)


@lanewise
def _best_facets(poses: Poses, k: int, bench: Bench, some_facets: int) -> None:
    """Set push to the step of the facets that move, counted from where the step stands, which the others keep.

    (1 + G Gᵀ)⁻¹ p = p - G (1 + Gᵀ G)⁻¹ Gᵀ p: as many unknowns as there are head forces, fewer than facets.
    """
    _ask_facets(poses, k, bench, some_facets)
    _couple(bench, some_facets)
    _solve_coupling(bench)
    p, q, r = load(bench.head, 0), load(bench.head, 1), load(bench.head, 2)
    for c in range(some_facets):
        total = load(bench.reach, c * HEAD_FORCES) * p + load(bench.reach, c * HEAD_FORCES + 1) * q
        total = total + load(bench.reach, c * HEAD_FORCES + 2) * r
        store(bench.push, c, load(bench.push, c) - load(bench.moving, entry(bench.some, c)) * total)


@lanewise
def _move_facets(poses: Poses, k: int, bench: Bench, some_facets: int) -> bool:
    """Move the step of the facets to where the model is least, or until the first reaches 0 and stays there.

    Each such leg lowers the model, so what comes of it is a way down. Whether any facet was stopped.
    """
    torques = bench.y.shape[0] - poses.facets.shape[1]
    _best_facets(poses, k, bench, some_facets)
    # Lanes whose step stands must not feel the legs of the others, not even in the last bit.
    going, again = load(bench.going, 0), even(0.0)
    share = even(1.0)
    for c in range(some_facets):
        y = load(bench.y, torques + entry(bench.some, c)) + load(bench.step, torques + entry(bench.some, c))
        push = going * load(bench.push, c)
        share = least(share, choose(y + push < 0.0, 0.0 - y / push, even(1.0)))
    for c in range(some_facets):
        f = entry(bench.some, c)
        before, step = load(bench.y, torques + f), load(bench.step, torques + f)
        push = going * load(bench.push, c)
        first = (before + step + push < 0.0) & (0.0 - (before + step) / push <= share)
        store(bench.step, torques + f, choose(first, 0.0 - before, step + share * push))
        store(bench.moving, f, choose(first, even(0.0), load(bench.moving, f)))
        again = choose(first, even(1.0), again)
    store(bench.going, 0, again)
    return some(again > 0.0)


@lanewise
def _list_moving(poses: Poses, k: int, bench: Bench, torques: int) -> int:
    """Set the facets that may move and their steps to 0, and list in `some` which do in some lane; how many do.

    Those at 0 stay there which, the torques having moved, would rather be below.
    """
    count = 0
    last = (torques + HEAD_FORCES) * (torques + HEAD_FORCES + 1) // 2 + torques
    for f in range(bench.some.shape[0]):
        store(bench.step, torques + f, even(0.0))
        up = even(0.0) - load(bench.slope, torques + f)
        for a in range(HEAD_FORCES):
            up = up + facet(poses, k, f, a) * load(bench.gram, last + a)
        stays = (load(bench.y, torques + f) <= 0.0) & (up <= 0.0)
        moves = choose(stays, even(0.0), even(1.0))
        store(bench.moving, f, moves)
        if some(moves > 0.0):
            bench.some[count] = f
            count += 1
    return count


@lanewise
def _facet_step(poses: Poses, k: int, bench: Bench) -> None:
    """Set the step of the facets, and take what it does to the torques off theirs."""
    forces, torques = poses.facets.shape[2], bench.y.shape[0] - poses.facets.shape[1]
    some_facets = _list_moving(poses, k, bench, torques)
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
def _aim_step(poses: Poses, k: int, bench: Bench) -> None:
    """Set the step, the gradient and the Gram matrix being known."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    _eliminate_torques(bench, torques)
    _facet_step(poses, k, bench)
    backward(bench.gram, torques, bench.step)


@lanewise
def advance(poses: Poses, k: int, bench: Bench, whole: bool) -> None:  # noqa: FBT001 — compiled
    """Take the whole of a step after `foresee`, or a step after `judge` as far as φ falls; and judge."""
    if not whole:
        products(poses.pairs, k, bench.inside, bench.gram)
    _aim_step(poses, k, bench)
    if whole:
        _move(poses, bench, even(1.0))
        judge(poses, k, bench)
    else:
        share = go(poses, k, bench)
        _move(poses, bench, share)
        for i in range(bench.z.shape[0]):
            _keep(poses, k, bench, i, load(bench.z, i) + share * load(bench.dz, i))
        _weigh(poses, k, bench)


@lanewise
def _move(poses: Poses, bench: Bench, share: FloatArray) -> None:
    """Take a share of the step; no facet is taken below 0."""
    torques = bench.y.shape[0] - poses.facets.shape[1]
    for j in range(bench.y.shape[0]):
        y = load(bench.y, j) + share * load(bench.step, j)
        store(bench.y, j, y if j < torques else greatest(y, even(0.0)))
