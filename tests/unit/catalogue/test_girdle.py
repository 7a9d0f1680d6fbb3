"""A keyframe's girdle: its own angles, or the rhythm of the arm and what is added to it."""

from __future__ import annotations

import math
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest

from bandwright.catalogue.check import check_folder
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.rhythm import rhythm_girdle_deg
from bandwright.errors import Problem
from bandwright.movements import Movement

SHIPPED: Final = Path(str(files("bandwright"))) / "data" / "exercises" / "face-pull.toml"
"""Its arms stay near shoulder height, so the rhythm asks for much of the girdle."""

OWN: Final = "my-face-pull"


def written(folder: Path, *girdles: str) -> list[Problem]:
    """The problems of a face pull whose keyframes have these girdle lines, in order; '' = none."""
    text = SHIPPED.read_text(encoding="utf-8").replace('id = "face-pull"', f'id = "{OWN}"')
    lines = iter(girdles)
    text = re.sub(r"^girdle = .*$", lambda _: next(lines), text, flags=re.MULTILINE)
    (folder / f"{OWN}.toml").write_text(text, encoding="utf-8")
    return check_folder(folder)


def movement(folder: Path, *girdles: str) -> Movement:
    """The movement of that face pull."""
    assert written(folder, *girdles) == []
    return find_exercise(OWN, folder).movement


def girdle_deg(found: Movement, index: int) -> list[float]:
    """A keyframe's girdle angles [deg]."""
    girdle = found.keyframes[index].girdle
    return [math.degrees(angle) for angle in (girdle.protraction, girdle.elevation, girdle.upward_rotation)]


def usual_deg(found: Movement, index: int) -> list[float]:
    """The rhythm where a keyframe's arm points [deg]."""
    arm = found.keyframes[index].arm
    return list(rhythm_girdle_deg(math.degrees(arm.plane), math.degrees(arm.elevation)))


def test_without_a_girdle_the_rhythm_moves_it(tmp_path: Path) -> None:
    """Keyframes that leave the girdle out get the rhythm of their arm, and the movement keeps to it."""
    found = movement(tmp_path, "", "", "")
    assert found.rhythm is not None
    for index in range(3):
        assert girdle_deg(found, index) == pytest.approx(usual_deg(found, index), abs=1e-9)
    assert girdle_deg(found, 0)[2] > 20.0


def test_an_offset_is_added(tmp_path: Path) -> None:
    """Offsets have the signs of the girdle's own angles; what is left out adds nothing."""
    found = movement(tmp_path, "", "", "girdle_offset = { protract_deg = -3, lift_deg = -2 }")
    wanted = [usual + add for usual, add in zip(usual_deg(found, 2), (-3.0, -2.0, 0.0), strict=True)]
    assert girdle_deg(found, 2) == pytest.approx(wanted, abs=1e-9)


def test_own_angles_may_stand_beside_the_rhythm(tmp_path: Path) -> None:
    """One keyframe with its own angles keeps them while the others follow the rhythm."""
    own = "girdle = { protract_deg = -14, lift_deg = 6, upward_deg = 32 }"
    found = movement(tmp_path, "", "", own)
    assert found.rhythm is not None
    assert girdle_deg(found, 2) == pytest.approx([-14.0, 6.0, 32.0], abs=1e-9)


def test_both_ways_at_once_are_refused(tmp_path: Path) -> None:
    """Own angles and an offset contradict each other; the hint has the same posture as an offset."""
    own = "girdle = { protract_deg = -14, lift_deg = 6, upward_deg = 32 }"
    (problem,) = written(tmp_path, "", "", f"{own}\ngirdle_offset = {{ protract_deg = -3 }}")
    assert problem.code == "girdle-twice"
    assert problem.path == f"{OWN}.toml: keyframe[2].girdle_offset"
    assert problem.allowed == ("girdle", "girdle_offset")
    suggestion = re.search(r"girdle_offset = \{.*\}", problem.hint or "")
    assert suggestion is not None
    found = movement(tmp_path, "", "", suggestion.group())
    assert girdle_deg(found, 2) == pytest.approx([-14.0, 6.0, 32.0], abs=0.51)


def test_an_offset_too_far_says_how_far_it_may_go(tmp_path: Path) -> None:
    """An offset that leaves the girdle's range names the range that is left."""
    (problem,) = written(tmp_path, "", "", "girdle_offset = { protract_deg = -20 }")
    assert problem.code == "girdle-too-far"
    assert problem.path == f"{OWN}.toml: keyframe[2].girdle_offset.protract_deg"
    limits = re.fullmatch(r"from (-?\d+) to (\d+)", problem.allowed[0])
    assert limits is not None
    assert written(tmp_path, "", "", f"girdle_offset = {{ protract_deg = {int(limits[1]) + 1} }}") == []


@pytest.mark.parametrize("given", ["retraction_deg", "retract_deg"])
def test_retraction_by_name_is_told_the_sign(tmp_path: Path, given: str) -> None:
    """Who writes retraction learns that it is protraction with a minus."""
    (problem,) = written(tmp_path, "", "", f"girdle_offset = {{ {given} = 12 }}")
    assert problem.path == f"{OWN}.toml: keyframe[2].girdle_offset.{given}"
    assert problem.allowed == ("protract_deg", "lift_deg", "upward_deg")
    assert "negative protract_deg" in (problem.hint or "")


def test_the_rhythm_of_a_raised_arm_needs_no_leave(tmp_path: Path) -> None:
    """The rhythm itself may pass the limit of a hanging arm's girdle; only an offset must not go further."""
    text = "girdle_offset = { protract_deg = 0 }"
    assert written(tmp_path, text, text, text) == []
    assert rhythm_girdle_deg(67.0, 154.0)[0] < -15.0
