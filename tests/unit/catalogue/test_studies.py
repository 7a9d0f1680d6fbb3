"""Study files: what is read, and every mistake a person can make in one, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bandwright.catalogue.check import check_folder
from bandwright.catalogue.studies import read_study
from bandwright.catalogue.study import Study, Variation, varied
from bandwright.errors import InputError

EXAMPLES: Final = Path(__file__).parents[3] / "examples"
ANNA: Final = '[[person]]\nid = "anna"\nsex = "female"\nstature_m = 1.65\nmass_kg = 60\n'
ROW: Final = '[[setup]]\nid = "row"\nexercise = "standing-band-row"\n'


def read(tmp_path: Path, text: str) -> Study:
    """The study a text describes."""
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    return read_study(path)


def found(tmp_path: Path, text: str) -> dict[str | None, str]:
    """Code of each problem by its place."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return {one.path: one.code for one in caught.value.problems}


def test_the_example() -> None:
    """Nine people, nine rows and three face pulls each."""
    study = read_study(EXAMPLES / "study.toml")
    assert len(study.members) == 9
    assert [one.size for one in study.setups] == [9, 3]
    assert study.rows == 108
    assert [one.column for one in study.variations] == ["vary_band_band", "vary_band_from_x_m"]
    assert check_folder(EXAMPLES / "study.toml") == []


def test_ranges_hold_both_ends_without_stray_digits(tmp_path: Path) -> None:
    """1.4 to 2.2 by 0.2 is five values; whole ones can count."""
    vary = '[[setup.vary]]\nwhat = "band.{}"\nrange = {{ min = {}, max = {}, step = {} }}\n'
    study = read(
        tmp_path, ANNA + ROW + vary.format("from.x_m", 1.4, 2.2, 0.2) + vary.format("count", 1, 3, 1)
    )
    first, second = study.setups[0].vary
    assert first.values == (1.4, 1.6, 1.8, 2, 2.2)
    assert second.values == (1, 2, 3)
    assert list(study.setups[0].grid(3, 6)) == [(1.6, 1), (1.6, 2), (1.6, 3)]


def test_a_height_in_metres_takes_the_share_of_stature_away() -> None:
    """A point has one height; the written loads stay as they are."""
    load = {"id": "band", "kind": "band", "from": {"x_m": 1.5, "z_stature": 0.4}}
    (changed,) = varied([load], [Variation("band", ("from", "z_m"), (1.2,))], [1.2])
    assert changed["from"] == {"x_m": 1.5, "z_m": 1.2}
    assert load["from"] == {"x_m": 1.5, "z_stature": 0.4}


WRONG: Final = """
nme = "t"
[cohort]
peple = 3
[[person]]
id = "a"
sex = "femal"
stature_m = 1.6
mass_kg = 60
[[person]]
id = "a"
sex = "male"
stature_m = 1.8
mass_kg = 80
[[setup]]
id = "first"
exercise = "standing-band-rw"
[[setup]]
id = "second"
exercise = "standing-band-row"
[[setup.vary]]
what = "bnd.band"
values = ["rogue-monster-1"]
[[setup.vary]]
what = "band.band"
values = ["rogue-monster-1", "rogue-monstr-2"]
[[setup.vary]]
what = "band.from.x_n"
range = { min = 1.4, max = 2.2, step = 0.2 }
[[setup.vary]]
what = "band.count"
values = [1, 1.5]
[[setup.vary]]
what = "band.count"
values = [3]
[[setup.vary]]
what = "band.law.m_n"
values = [30]
[[setup.vary]]
what = "band.free_length_m"
range = { min = 2, max = 1, step = 0.2 }
[design]
gear = "no.toml"
exercise = ["facepull"]
"""


def test_every_problem_at_once(tmp_path: Path) -> None:
    """Keys, values, references and the gear's file together, each at its place."""
    second = "study.toml: setup[1].vary"
    assert found(tmp_path, WRONG) == {
        "study.toml: nme": "unknown-key",
        "study.toml: cohort.peple": "unknown-key",
        "study.toml: cohort.people": "missing-key",
        "study.toml: person[0].sex": "unknown-sex",
        "study.toml: person[1].id": "repeated-id",
        "study.toml: setup[0].exercise": "unknown-exercise",
        f"{second}[0].what": "unknown-load",
        f"{second}[1].values[1]": "unknown-band",
        f"{second}[2].range": "unknown-key",
        f"{second}[3].values[1]": "wrong-type",
        f"{second}[4].what": "varied-twice",
        f"{second}[5].what": "not-a-table",
        f"{second}[6].range": "empty-range",
        "study.toml: design.exercise[0]": "unknown-exercise",
        "study.toml: design.gear": "no-file",
    }


def test_nearest_names_are_given(tmp_path: Path) -> None:
    """A misspelt key of a grid's point, a misspelt band."""
    vary = '[[setup.vary]]\nwhat = "band.{}"\nvalues = [{}]\n'
    text = ANNA + ROW + vary.format("from.x_n", 1.5) + vary.format("band", '"rogue-monstr-2"')
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert [one.nearest for one in caught.value.problems] == ["x_m", "rogue-monster-2"]


@pytest.mark.parametrize(("text", "code"), [(ANNA, "nothing-to-do"), (ROW, "nobody")])
def test_somebody_has_to_do_something(tmp_path: Path, text: str, code: str) -> None:
    """Without people or without set-ups there is no study."""
    assert code in found(tmp_path, text).values()


def test_a_study_that_is_not_there(tmp_path: Path) -> None:
    """The nearest file beside it is named."""
    (tmp_path / "study.toml").write_text(ANNA + ROW, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_study(tmp_path / "stud.toml")
    assert caught.value.problems[0].nearest == str(tmp_path / "study.toml")


def test_check_says_what_is_wrong_with_a_study(tmp_path: Path) -> None:
    """`check` knows a study from an exercise."""
    (tmp_path / "mine.toml").write_text(ANNA + ROW.replace("band-row", "band-rw"), encoding="utf-8")
    assert [one.code for one in check_folder(tmp_path)] == ["unknown-exercise"]
