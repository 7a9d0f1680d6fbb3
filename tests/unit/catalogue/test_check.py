"""Checking files: every kind of mistake gives its problem, with the place and a way out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from bandwright.catalogue.check import check_folder
from bandwright.errors import InputError, Problem

SHIPPED = Path(str(files("bandwright"))) / "data" / "exercises"


def problems_after(
    tmp_path: Path, *changes: tuple[str, str], source: str = "bent-over-band-row"
) -> list[Problem]:
    """The problems of a shipped exercise with pieces of its text exchanged."""
    text = (SHIPPED / f"{source}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"'{old}' is not in {source}.toml"
        text = text.replace(old, new, 1)
    (tmp_path / f"{source}.toml").write_text(text, encoding="utf-8")
    return check_folder(tmp_path)


def only(problems: list[Problem]) -> Problem:
    """The one problem there is."""
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_unchanged_file_has_no_problem(tmp_path: Path) -> None:
    """The starting point of these tests is itself fine."""
    assert problems_after(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "nearest"),
    [
        ('posture = "standing"', 'postures = "standing"', "unknown-key", "postures", "posture"),
        ("trunk_deg = 50", "trunk_degree = 50", "unknown-key", "keyframe[0].trunk_degree", "trunk_deg"),
        ("elbow_deg = 10", "elbows_deg = 10", "unknown-key", "keyframe[0].arm.elbows_deg", "elbow_deg"),
        ('rig = "choked"', 'rigg = "choked"', "unknown-key", "load[0].rigg", "rig"),
        ('posture = "standing"', 'posture = "standin"', "unknown-posture", "posture", "standing"),
        ('"travel"]', '"travell"]', "unknown-intent", "intents[1]", "travel"),
        ('"teres_major"', '"teres_mayor"', "unknown-muscle-group", "muscles[1]", "teres_major"),
        ('"rogue-monster-3"', '"rogue-monster-33"', "unknown-band", "load[0].band", "rogue-monster-3"),
        ('to = "hands"', 'to = "hand"', "unknown-place", "load[0].to", "hands"),
        ('from = "feet"', 'from = "foots"', "unknown-place", "load[0].from", "foot_r"),
        ('kind = "band"', 'kind = "bands"', "unknown-kind-of-load", "load[0].kind", "band"),
        (
            'alternative = "bent-over-dumbbell-row"',
            'alternative = "bent-over-dumbbel-row"',
            "unknown-exercise",
            "alternative",
            "bent-over-dumbbell-row",
        ),
        (
            '["standing-band-row"',
            '["standing-bandrow"',
            "unknown-exercise",
            "related[0]",
            "standing-band-row",
        ),
    ],
)
def test_misspelt_names(tmp_path: Path, old: str, new: str, code: str, path: str, nearest: str) -> None:
    """A misspelt key or name is reported where it is, with the nearest right one."""
    found = problems_after(tmp_path, (old, new))
    place = f"bent-over-band-row.toml: {path}"
    matches = [problem for problem in found if problem.code == code and problem.path == place]
    assert len(matches) == 1, [str(problem) for problem in found]
    assert matches[0].nearest == nearest or nearest in matches[0].allowed
    assert nearest in matches[0].allowed


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "said"),
    [
        ("trunk_deg = 50", 'trunk_deg = "50"', "wrong-type", "keyframe[0].trunk_deg", "a number"),
        ("trunk_deg = 50", "trunk_deg = true", "wrong-type", "keyframe[0].trunk_deg", "a number"),
        ("trunk_deg = 50", "trunk_deg = nan", "not-finite", "keyframe[0].trunk_deg", "nan"),
        ("free_length_m = 0.55", "free_length_m = inf", "not-finite", "load[0].free_length_m", "inf"),
        ("free_length_m = 0.55", "free_length_m = -0.55", "out-of-range", "load[0].free_length_m", "above 0"),
        ("trunk_deg = 50", "trunk_deg = 120", "out-of-range", "keyframe[0].trunk_deg", "from -95 to 95"),
        ("elevation_deg = 40", "elevation_deg = -5", "out-of-range", "keyframe[0].arm.elevation_deg", "170"),
        ("elbow_deg = 85", "elbow_deg = 160", "out-of-range", "keyframe[2].arm.elbow_deg", "from 0 to 145"),
        (
            "protract_deg = -13",
            "protract_deg = -30",
            "out-of-range",
            "keyframe[2].girdle.protract_deg",
            "-15",
        ),
        ('gear = ["long-loop"]', 'gear = "long-loop"', "wrong-type", "gear", "a list"),
        ('name = "Bent-over band row"', "name = 3", "wrong-type", "name", "a text"),
        ('claims = ["B2"', 'claims = ["Z2"', "string-pattern-mismatch", "claims[0]", "Z2"),
        ('id = "bent-over-band-row"', 'id = "bent-over-row"', "id-differs", "id", "bent-over-row"),
        ("heavy_n = 220", "heavy_n = 100", "start-order", "start", "rise"),
        (
            'grip = "neutral"',
            'grip = "pronated"',
            "grip-and-forearm",
            "keyframe[0].arm.pronation_deg",
            "pronated",
        ),
        ('rig = "choked"', 'rig = "strand"', "impossible-rig", "load[0].rig", "loop"),
        ("free_length_m = 0.55\n", "", "missing-key", "load[0].free_length_m", "free length"),
        ('to = "hands"', 'to = "hands"\nshared = true', "unknown-key", "load[0].shared", "shared"),
    ],
)
def test_bad_values(tmp_path: Path, old: str, new: str, code: str, path: str, said: str) -> None:
    """A value that cannot be is reported once, where it is, with what would be allowed."""
    problem = only(problems_after(tmp_path, (old, new)))
    assert (problem.code, problem.path) == (code, f"bent-over-band-row.toml: {path}")
    assert said in str(problem)


def test_negative_mass(tmp_path: Path) -> None:
    """A weight cannot be negative."""
    change = ("mass_kg = 10", "mass_kg = -10")
    problem = only(problems_after(tmp_path, change, source="bent-over-dumbbell-row"))
    assert problem.code == "out-of-range"
    assert problem.path == "bent-over-dumbbell-row.toml: load[0].mass_kg"
    assert problem.allowed == ("above 0 to 200",)


def test_girdle_has_three_freedoms(tmp_path: Path) -> None:
    """A fourth girdle angle is refused, with the reason: the joints leave only three free."""
    change = ("upward_deg = 10 }", "upward_deg = 10, winging_deg = 5 }")
    problem = only(problems_after(tmp_path, change))
    assert problem.code == "girdle-has-three-freedoms"
    assert problem.path == "bent-over-band-row.toml: keyframe[0].girdle.winging_deg"
    assert problem.allowed == ("protract_deg", "lift_deg", "upward_deg")
    assert "worked out" in (problem.hint or "")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ((("at = 0\n", "at = 0.1\n"),), "keyframe[0].at"),
        ((("at = 1\n", "at = 0.9\n"),), "keyframe[2].at"),
        ((("at = 0.5\n", "at = 0\n"),), "keyframe[1].at"),
    ],
)
def test_phases_rise_from_zero_to_one(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], path: str
) -> None:
    """Keyframes begin at 0, end at 1 and come in order."""
    problem = only(problems_after(tmp_path, *changes))
    assert (problem.code, problem.path) == ("phases", f"bent-over-band-row.toml: {path}")


def test_opposite_arm_directions(tmp_path: Path) -> None:
    """Between an arm straight up and one straight down there is no one way."""
    changes = (
        ("elevation_deg = 40,", "elevation_deg = 170,"),
        ("plane_deg = 55, elevation_deg = 5,", "plane_deg = -90, elevation_deg = 5,"),
    )
    problem = only(problems_after(tmp_path, *changes))
    assert (problem.code, problem.path) == ("opposite-arms", "bent-over-band-row.toml: keyframe[1].arm")


def test_one_arm_exercise_is_written_for_the_right(tmp_path: Path) -> None:
    """A one-arm exercise file works the right hand; both wrists cannot work in it."""
    left = only(problems_after(tmp_path, ('to = "hand_r"', 'to = "hand_l"'), source="kettlebell-row"))
    assert (left.code, left.path) == ("one-arm", "kettlebell-row.toml: load[0].to")
    wrists = only(problems_after(tmp_path, ('to = "hand_r"', 'to = "wrists"'), source="kettlebell-row"))
    assert wrists.code == "one-arm"


def test_hanging_from_one_arm(tmp_path: Path) -> None:
    """Hanging needs both hands, and body weight loads the hands only in a hang."""
    assert (
        only(problems_after(tmp_path, ('arms = "both"', 'arms = "right"'), source="pull-up")).code
        == "hanging-arms"
    )
    standing = problems_after(tmp_path, ('posture = "hanging"', 'posture = "standing"'), source="pull-up")
    assert only(standing).code == "not-hanging"


def test_broken_toml_says_the_line(tmp_path: Path) -> None:
    """A file that is not TOML is reported with line and column."""
    (tmp_path / "broken.toml").write_text('id = "broken"\nname = Broken\n', encoding="utf-8")
    problem = only(check_folder(tmp_path))
    assert problem.code == "broken-file"
    assert problem.path is not None
    assert problem.path.startswith("broken.toml: line 2, column")


def test_unfinished_toml_and_other_encodings(tmp_path: Path) -> None:
    """A file that stops in the middle or is not UTF-8 gives a problem, not a crash."""
    (tmp_path / "a.toml").write_text("[[load", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes("name = 'Ströck'".encode("latin-1"))
    assert {problem.code for problem in check_folder(tmp_path)} == {"broken-file", "not-text"}


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    """Mistakes in different tables and files are all reported in one go."""
    problems_after(tmp_path, ('to = "hand_r"', 'to = "hand_l"'), source="kettlebell-row")
    found = problems_after(
        tmp_path,
        ('posture = "standing"', 'posture = "sitting"'),
        ("trunk_deg = 50", 'trunk_deg = "50"'),
        ("at = 0.5\n", "at = 0\n"),
        ('"rogue-monster-3"', '"rogue"'),
        ('alternative = "bent-over-dumbbell-row"', 'alternative = "bent-over-band-row"'),
    )
    codes = {problem.code for problem in found}
    assert codes == {"unknown-posture", "wrong-type", "phases", "unknown-band", "refers-to-itself", "one-arm"}
    assert all(problem.path for problem in found)


def test_files_of_one_folder_may_refer_to_each_other(tmp_path: Path) -> None:
    """An exercise may name one that lies beside it."""
    text = (SHIPPED / "face-pull.toml").read_text(encoding="utf-8")
    mine = text.replace('id = "face-pull"', 'id = "mine"')
    (tmp_path / "mine.toml").write_text(mine, encoding="utf-8")
    assert problems_after(tmp_path, ('["standing-band-row"', '["mine"')) == []


def test_a_set_up_of_the_name_of_an_exercise_is_a_set_up(tmp_path: Path) -> None:
    """A set-up file is checked as one, and is not mistaken for an exercise of the same name."""
    body = 'exercise = "face-pull"\n[person]\nsex = "female"\nstature_m = 1.7\nmass_kg = 65\n'
    (tmp_path / "face-pull.toml").write_text(body, encoding="utf-8")
    assert check_folder(tmp_path) == []
    (tmp_path / "face-pull.toml").write_text(body.replace("1.7", "17"), encoding="utf-8")
    problem = only(check_folder(tmp_path / "face-pull.toml"))
    assert (problem.code, problem.path) == ("out-of-range", "face-pull.toml: person.stature_m")


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that is not there is the person's to fix."""
    with pytest.raises(InputError, match="no folder"):
        check_folder(tmp_path / "nowhere")
