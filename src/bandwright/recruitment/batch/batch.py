"""Recruitment for many set-ups that share a repetition, in lanes and threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray, read_only
from bandwright.numerics.lanes import LANES, made_up
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.lane_poses import LanePoses, lane_poses
from bandwright.recruitment.batch.lane_sweep import CROWD, Outcome, Task, crowd_for, sweep
from bandwright.recruitment.batch.repetition import Repetition
from bandwright.recruitment.batch.scores import Doses, Scores
from bandwright.recruitment.batch.sparse import Sparse, sparse
from bandwright.recruitment.problem import Penalties
from bandwright.recruitment.recruit import Recruitment, Solver, recruit

PIECE: Final = 2 * CROWD
"""Set-ups a thread takes at a time, at most."""

SHARES: Final = 8
"""Pieces that few set-ups are cut into, so that no thread waits long for the last one."""


@dataclass(frozen=True, slots=True)
class BatchRecruiter:
    """A repetition made ready for judging many set-ups; safe to use from several threads."""

    repetition: Repetition
    doses: Doses
    penalties: Penalties
    poses: LanePoses
    rows: Sparse


def batch_recruiter(
    repetition: Repetition, doses: Doses, penalties: Penalties | None = None
) -> BatchRecruiter:
    """Scale the repetition and pack its sparse rows, once."""
    penalties = penalties or Penalties()
    rows = sparse(doses.rows() / np.sqrt(repetition.weight))
    return BatchRecruiter(repetition, doses, penalties, lane_poses(repetition, penalties), rows)


def recruit_scores(recruiter: BatchRecruiter, loads: FloatArray, *, threads: int | None = None) -> Scores:
    """Scores of B set-ups, `loads` being (B, K, D); the problem is that of `recruit`.

    The result does not depend on the number of threads; which set-ups are judged together moves it by less than
    convergence allows.

    Raises:
        ModelError: the loads have the wrong shape or hold NaN.
    """
    out, alone = _run(recruiter, loads, threads, keep=False)
    groups, poses = len(recruiter.doses.share), len(recruiter.doses.shortened)
    return Scores(
        mean=read_only(out.score[:, :groups] / poses),
        shortened=read_only(out.score[:, groups : 2 * groups]),
        lengthened=read_only(out.score[:, 2 * groups :]),
        peak=read_only(out.peak),
        reserve_nm=read_only(out.left[:, 0]),
        excess_n=read_only(out.left[:, 1]),
        error=read_only(out.error),
        alone=alone,
        steps=out.steps,
    )


def recruit_activations(
    recruiter: BatchRecruiter, loads: FloatArray, *, threads: int | None = None
) -> FloatArray:
    """Activations (B, K, n) of B set-ups, `loads` being (B, K, D); 17 kB a set-up, so not for millions.

    Raises:
        ModelError: the loads have the wrong shape or hold NaN.
    """
    repetition = recruiter.repetition
    out, _ = _run(recruiter, loads, threads, keep=True)
    return read_only(np.clip(out.activation, repetition.lower, repetition.upper))


def recruit_each(
    recruiter: BatchRecruiter, loads: FloatArray, *, threads: int | None = None
) -> tuple[Recruitment, ...]:
    """What `recruit` answers for each of B set-ups, `loads` being (B, K, D).

    Raises:
        ModelError: the loads have the wrong shape or hold NaN.
    """
    repetition, penalties = recruiter.repetition, recruiter.penalties
    out, alone = _run(recruiter, loads, threads, keep=True)
    activation = np.clip(out.activation, repetition.lower, repetition.upper)
    torque = repetition.torque_still + np.einsum("kmd,bkd->bkm", repetition.torque_by_load, loads)
    room = repetition.room_still + np.einsum("kfd,bkd->bkf", repetition.room_by_load, loads)
    residual = torque - np.einsum("kmn,bkn->bkm", repetition.moment, activation)
    excess = np.maximum(np.einsum("kfn,bkn->bkf", repetition.cone, activation) - room, 0.0)
    # At the optimum a price is what it costs to leave a little more unheld.
    price = np.concatenate([penalties.torque * residual, penalties.cone * excess], axis=2)
    poses = len(repetition.moment)
    newton: tuple[Solver, ...] = ("newton",)
    steps, converged = out.steps // poses, np.ones(poses, np.bool_)
    converged.setflags(write=False)
    return tuple(
        recruit(repetition.problem(loads[b]), penalties)
        if alone[b]
        else Recruitment(
            activation=read_only(activation[b]),
            residual=read_only(residual[b]),
            cone_excess=read_only(excess[b]),
            multiplier=read_only(price[b]),
            iterations=np.full(poses, steps[b]),
            converged=converged,
            solver=newton * poses,
        )
        for b in range(len(activation))
    )


def _run(
    recruiter: BatchRecruiter, loads: FloatArray, threads: int | None, *, keep: bool
) -> tuple[Outcome, BoolArray]:
    given = recruiter.repetition.check_loads(loads)
    count, groups = len(given), len(recruiter.doses.share)
    out = Outcome(
        score=np.zeros((count, 3 * groups)),
        peak=np.zeros((count, groups)),
        left=np.zeros((count, 2)),
        error=np.zeros(count),
        steps=np.zeros(count, np.int64),
        activation=np.zeros((count if keep else 0, *recruiter.repetition.lower.shape)),
    )
    task = Task(recruiter.poses, given, recruiter.rows)

    def work(first: int, last: int) -> None:
        sweep(task, crowd_for(recruiter.poses, 3 * groups, groups), out, first, last)

    share_out(count, min(PIECE, max(made_up(-(-count // SHARES)), 4 * LANES)), work, threads)
    given_up = np.nonzero(np.isinf(out.error))[0]
    _one_by_one(recruiter, given, out, given_up)
    alone = np.zeros(count, np.bool_)
    alone[given_up] = True
    return out, alone


def _one_by_one(recruiter: BatchRecruiter, loads: FloatArray, out: Outcome, given_up: IntArray) -> None:
    """Answer for the set-ups the lanes gave up, by the solver that never does."""
    groups, rows = len(recruiter.doses.share), recruiter.doses.rows()
    for one in given_up:
        answer = recruit(recruiter.repetition.problem(loads[one]), recruiter.penalties)
        score = np.einsum("ksn,kn->ks", rows, answer.activation)
        out.score[one], out.peak[one] = score.sum(axis=0), score[:, :groups].max(axis=0)
        out.left[one] = np.abs(answer.residual).max(), answer.cone_excess.max(initial=0.0)
        out.error[one] = 0.0 if answer.converged.all() else np.inf
        if len(out.activation):
            out.activation[one] = answer.activation
