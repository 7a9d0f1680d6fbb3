"""Rounded numbers written as JSON, compiled: the text of what `rounding.numbers` gives.

To make lists of them and have those written took nearly three times as long: an answer holds fifty thousand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bandwright.numerics.compiled import exactly_compiled, exactly_unlocked
from bandwright.numerics.threads import begin
from bandwright.service.rounding import DIGITS, GREATEST, LEAST, POWERS, to_whole

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]

MOST: Final = 18
"""Most characters that one number takes, with commas and brackets."""

COMMA, OPEN, SHUT, MINUS, POINT, ZERO = b",[]-.0"
FULL: Final = 10.0**DIGITS
THREES: Final = np.array([list(f"{number:03d}".encode()) for number in range(1000)], np.uint8)
"""The digits of every number of three."""

DECADES: Final = 8
TENS: Final = np.array([float(f"1e{exponent}") for exponent in range(-DECADES, 11)])
"""Powers of ten from below `LEAST` to above `GREATEST`."""

SEEN: Final = 1024
"""Kinds of rows that are told apart."""

MIXING: Final = 1e6
"""By this rows that differ little are told apart too."""

WORTH_A_LOOK: Final = 8
"""So many numbers a row must have for it to be looked for among those before."""

NULL: Final = np.frombuffer(b"null", np.uint8)


class Between(NamedTuple):
    """Texts before each row and after the last one, on end."""

    letters: Bytes
    ends: Places
    """Where each ends."""


def texts_between(texts: Sequence[bytes]) -> Between:
    """The texts on end."""
    return Between(np.frombuffer(b"".join(texts), np.uint8), np.cumsum([len(one) for one in texts]))


class Rows(NamedTuple):
    """Rows of numbers, each a number, a list or a list of lists."""

    numbers: Array
    """(r, lists, numbers)."""
    depth: int
    """0 for a number, 1 for a list, 2 for a list of lists."""
    between: Between
    """r + 1 texts."""


def begin_texts(all_rows: Sequence[Rows]) -> Callable[[], list[bytes | None]]:
    """What gives the text of each; None where a number is too large. Another thread begins to write them at once."""
    numbers = np.concatenate([np.empty(0), *(one.numbers.ravel() for one in all_rows)])
    shapes = np.array([(*one.numbers.shape, one.depth) for one in all_rows], np.int64).reshape(-1, 4)
    letters = np.concatenate([np.empty(0, np.uint8), *(one.between.letters for one in all_rows)])
    ends = np.concatenate([np.empty(0, np.int64), *(one.between.ends for one in all_rows)])
    room = np.empty(len(letters) + MOST * len(numbers) + 4 * len(ends), np.uint8)
    lengths = np.empty(len(shapes), np.int64)
    finish = begin(
        1, 1, lambda _first, _last: _write_all(numbers, shapes, Between(letters, ends), room, lengths)
    )

    def texts() -> list[bytes | None]:
        finish()
        starts = np.cumsum(np.maximum(lengths, 0)) - np.maximum(lengths, 0)
        return [
            None if length < 0 else room[start : start + length].tobytes()
            for start, length in zip(starts, lengths, strict=True)
        ]

    return texts


@exactly_unlocked
def _write_all(numbers: Array, shapes: Places, between: Between, out: Bytes, lengths: Places) -> None:
    """Write rows of each shape (r, lists, numbers, depth) on end; the length is −1 where a number is too large."""
    at, number, letter, end = 0, 0, 0, 0
    for index in range(shapes.shape[0]):
        r, lists, wide, depth = shapes[index]
        rows = numbers[number : number + r * lists * wide].reshape((r, lists, wide))
        ends = between.ends[end : end + r + 1]
        texts = Between(between.letters[letter : letter + ends[r]], ends)
        lengths[index] = _write(rows, depth, texts, out[at:])
        at += max(lengths[index], 0)
        number, letter, end = number + rows.size, letter + ends[r], end + r + 1


@exactly_compiled
def _write(rows: Array, depth: int, between: Between, out: Bytes) -> int:
    """Write everything; returns its length, or −1 where a number is too large."""
    at, piece, seen = 0, 0, np.full(SEEN, -1)
    starts = np.empty((rows.shape[0], 2), np.int64)
    for r in range(rows.shape[0]):
        at, piece = _copy(between.letters, (piece, between.ends[r]), out, at), between.ends[r]
        starts[r, 0], same = at, _met(rows, r, seen)
        if same >= 0:
            at = _copy(out, (starts[same, 0], starts[same, 1]), out, at)
        else:
            at = _row(rows[r], depth, out, at)
            if at < 0:
                return -1
        starts[r, 1] = at
    return _copy(between.letters, (piece, between.ends[-1]), out, at)


@exactly_compiled
def _met(rows: Array, r: int, seen: Places) -> int:
    """An earlier row with the same numbers, as those of mirrored arms and of idle muscles are; −1 if none is known.

    `seen` holds the last row of each kind, by a number that the same rows share.
    """
    lists, numbers = rows.shape[1:]
    if lists * numbers < WORTH_A_LOOK:
        return -1
    mixed = rows[r, 0, 0] + 3.0 * rows[r, lists // 2, numbers // 2] + 7.0 * rows[r, lists - 1, numbers - 1]
    if not abs(mixed) < GREATEST:
        return -1
    kind = int(MIXING * abs(mixed)) % SEEN
    other, seen[kind] = seen[kind], r
    if other >= 0:
        for i in range(lists):
            for j in range(numbers):
                if rows[r, i, j] != rows[other, i, j]:
                    return -1
    return int(other)


@exactly_compiled
def _row(lists: Array, depth: int, out: Bytes, at: int) -> int:
    """Write one row; returns −1 where a number is too large."""
    if depth > 1:
        at = _put(out, at, OPEN)
    for i in range(lists.shape[0]):
        if i > 0:
            at = _put(out, at, COMMA)
        at = _list(lists[i], depth > 0, out, at)
        if at < 0:
            return -1
    return _put(out, at, SHUT) if depth > 1 else at


@exactly_compiled
def _list(values: Array, brackets: bool, out: Bytes, at: int) -> int:  # noqa: FBT001 — compiled
    """Write a list, or without brackets the number in it; returns −1 where one is too large."""
    exponent = 0
    if brackets:
        at = _put(out, at, OPEN)
    for j in range(values.shape[0]):
        if j > 0:
            at = _put(out, at, COMMA)
        size = abs(values[j])
        if size >= GREATEST and math.isfinite(size):
            return -1
        if math.isfinite(size) and size > LEAST:
            exponent = _exponent(size, exponent)
            at = _number(values[j], exponent, out, at)
        else:
            at = _digits(0, 0, out, at) if math.isfinite(size) else _copy(NULL, (0, 4), out, at)
    return _put(out, at, SHUT) if brackets else at


@exactly_compiled
def _exponent(size: float, near: int) -> int:
    """The power of ten of a number's first digit, found from that of the number before."""
    while size < TENS[near + DECADES]:
        near -= 1
    while size >= TENS[near + 1 + DECADES]:
        near += 1
    return near


@exactly_compiled
def _put(out: Bytes, at: int, letter: int) -> int:
    """Write one character; returns the place after it, as all of these do."""
    out[at] = letter
    return at + 1


@exactly_compiled
def _copy(given: Bytes, span: tuple[int, int], out: Bytes, at: int) -> int:
    """Write some of the given characters."""
    for place in range(span[0], span[1]):
        out[at + place - span[0]] = given[place]
    return at + span[1] - span[0]


@exactly_compiled
def _number(value: float, exponent: int, out: Bytes, at: int) -> int:
    """Write one number that is not 0, whose first digit stands for ten to the `exponent`."""
    decimals = DIGITS - 1 - exponent
    whole = to_whole(value, decimals, POWERS)
    if exponent < 0:
        whole, decimals = to_whole(whole / POWERS[decimals], DIGITS, POWERS), DIGITS
    if whole < 0.0:
        at = _put(out, at, MINUS)
    if 0 < decimals <= DIGITS and abs(whole) < FULL:
        return _six(int(abs(whole)), DIGITS - decimals, out, at)
    return _digits(abs(int(whole)), decimals, out, at)


@exactly_compiled
def _six(whole: int, point: int, out: Bytes, at: int) -> int:
    """Write a number of six digits with the point behind so many of them, as nearly all have it."""
    if point == 0:
        at = _put(out, at, ZERO)
    high, low = whole // 1000, whole % 1000
    for place in range(3):
        out[at + place + (place >= point)] = THREES[high, place]
        out[at + place + 3 + (place + 3 >= point)] = THREES[low, place]
    out[at + point] = POINT
    end = at + DIGITS + 1
    while out[end - 1] == ZERO and end > at + point + 2:
        end -= 1
    return end


@exactly_compiled
def _digits(whole: int, decimals: int, out: Bytes, at: int) -> int:
    """Write a whole number with its last digits behind the point, less than none for zeros before it."""
    while decimals < 0:
        whole, decimals = whole * 10, decimals + 1
    while decimals > 1 and whole % 10 == 0:
        whole, decimals = whole // 10, decimals - 1
    if decimals == 0:
        whole, decimals = whole * 10, 1
    count, rest = 0, whole
    while rest > 0 or count <= decimals:
        count, rest = count + 1, rest // 10
    end = at + count + 1
    for place in range(count + 1):
        if place == decimals:
            out[end - 1 - place] = POINT
        else:
            out[end - 1 - place] = ZERO + whole % 10
            whole //= 10
    return end
