"""What a load as written refers to, checked on the raw table so that one wrong key hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bandwright.bands import Band, RigKind, allowed_rigs
from bandwright.body import Side
from bandwright.catalogue.law_checks import table_law_problems
from bandwright.catalogue.problems import located
from bandwright.errors import InputError, Problem
from bandwright.movements import Arms, Posture

FindBand = Callable[[str], Band]


@dataclass(frozen=True, slots=True)
class LoadSetting:
    """What the loads of one file are checked against."""

    arms: Arms | None
    posture: Posture | None
    find_band: FindBand | None
    """Looks a band up; None = bands are not looked up."""
    mirrors: bool
    """Whether a one-arm exercise may be done with the left hand here."""


def find_in_catalogue(band_id: str) -> Band:
    """The catalogue's band of that id; imported late, so that listing exercises reads no bands.

    Raises:
        InputError: there is no such band.
    """
    from bandwright.catalogue.bands import find_band  # noqa: PLC0415

    return find_band(band_id)


def load_problems(loads: object, where: str, setting: LoadSetting) -> list[Problem]:
    """Everything wrong with what a list of raw loads refers to."""
    listed = loads if isinstance(loads, list) else []
    raw = [(i, load) for i, load in enumerate(listed) if isinstance(load, dict)]
    problems = list(_repeated_ids(raw, where))
    for index, load in raw:
        keys = ("load", index)
        problems += _band_problems(load, where, keys, setting.find_band)
        problems += table_law_problems(load, where, keys)
        problems += _place_problems(load, where, keys, setting)
    if setting.arms == "right" and len(_working_hands(load for _, load in raw)) > 1:
        problems.append(_two_sides(where))
    return problems


def working_side(loads: Sequence[Mapping[str, Any]]) -> Side:
    """The side that works in a one-arm exercise: left when a load goes to the left hand."""
    return "l" if "hand_l" in _working_hands(loads) else "r"


def _working_hands(loads: Iterable[Mapping[str, Any]]) -> set[str]:
    return {load["to"] for load in loads if load.get("to") in ("hand_r", "hand_l")}


def _repeated_ids(raw: list[tuple[int, dict[str, Any]]], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, load in raw:
        given = load.get("id")
        if not isinstance(given, str):
            continue
        if given in seen:
            hint = f'Give each load its own id, e.g. id = "{given}-2".'
            path = located(where, ("load", index, "id"))
            yield Problem("repeated-id", f"Two loads are called '{given}'.", hint=hint, path=path)
        seen.add(given)


def _band_problems(
    load: Mapping[str, Any], where: str, keys: tuple[str | int, ...], find: FindBand | None
) -> Iterator[Problem]:
    if load.get("kind") != "band":
        return
    given, rig = load.get("band"), load.get("rig")
    if rig == "choked" and load.get("free_length_m") is None:
        hint = "Give the length of each strand that stays free, at rest, e.g. free_length_m = 0.55."
        path = located(where, (*keys, "free_length_m"))
        yield Problem("missing-key", "A choked band needs its free length.", hint=hint, path=path)
    if load.get("law") is not None and rig not in (None, "single", "strand"):
        yield _rigged_twice(str(rig), located(where, (*keys, "rig")))
    if find is None or not isinstance(given, str):
        return
    try:
        band = find(given)
    except InputError as error:
        for problem in error.problems:
            yield replace(problem, path=located(where, (*keys, "band")))
        return
    if rig in get_args(RigKind) and rig not in allowed_rigs(band):
        yield _impossible_rig(band, str(rig), located(where, (*keys, "rig")))


def _impossible_rig(band: Band, rig: str, path: str) -> Problem:
    return Problem(
        "impossible-rig",
        f"The band '{band.id}' is a {band.kind} and cannot be rigged '{rig}'.",
        tuple(allowed_rigs(band)),
        hint="Leave 'rig' out for the plain use.",
        path=path,
    )


def _rigged_twice(rig: str, path: str) -> Problem:
    return Problem(
        "law-is-rigged",
        f"A band given by its 'law' cannot be rigged '{rig}': the law describes it as it is rigged.",
        ("single", "strand"),
        hint="Count the strands that reach one hand in law.strands, and give the rest length of each.",
        path=path,
    )


def _place_problems(
    load: Mapping[str, Any], where: str, keys: tuple[str | int, ...], setting: LoadSetting
) -> Iterator[Problem]:
    hanging = setting.posture in (None, "hanging")
    to = load.get("to")
    if load.get("kind") == "body-weight" and not hanging:
        hint = "Remove this load: the weight of trunk and arms is always counted."
        said = "Body weight loads the hands only when the person hangs."
        yield Problem("not-hanging", said, hint=hint, path=located(where, (*keys, "kind")))
    for key in ("from", "to"):
        if load.get(key) == "bar" and not hanging:
            said = "There is no bar in this exercise."
            hint = "Give a point instead, e.g. { x_m = 0.6, z_stature = 1.2 }."
            yield Problem("no-bar", said, hint=hint, path=located(where, (*keys, key)))
    if setting.arms == "right" and (to == "wrists" or (to == "hand_l" and not setting.mirrors)):
        wanted = ("hand_r", "hand_l") if setting.mirrors else ("hand_r",)
        said = f"One arm works in this exercise, so a load cannot go to '{to}'."
        path = located(where, (*keys, "to"))
        yield Problem("one-arm", said, wanted, hint='For example to = "hand_r".', path=path)


def _two_sides(where: str) -> Problem:
    return Problem(
        "two-sides",
        "One arm works in this exercise, but loads go to both hands.",
        ("hand_r", "hand_l"),
        hint='Give every load the same hand, e.g. to = "hand_l"; the other side is a set-up of its own.',
        path=located(where, ("load",)),
    )
