"""`analyse --scapular-sensitivity`: a table on the screen, a key in the JSON, neither unless asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from rich.console import Console

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.cli.views.sensitivity import sensitivity_view
from bandwright.errors import Problem
from bandwright.service.analysis import analyse
from bandwright.service.scapular_sensitivity import ScapularSensitivity, scapular_sensitivity


def shown(found: ScapularSensitivity) -> str:
    """The table as it stands on an 80-column screen."""
    screen = io.StringIO()
    console = Console(width=80, file=screen)
    for part in sensitivity_view(found):
        console.print(part)
    return screen.getvalue()


def test_the_json_has_it_only_when_asked(bandwright: Callable[..., Any]) -> None:
    """The key appears with the option, its middle column the dose of the answer itself."""
    plain = bandwright("analyse", "band-pull-apart", "--json").json
    asked = bandwright("analyse", "band-pull-apart", "--json", "--scapular-sensitivity").json
    assert "sensitivity" not in plain
    assert asked["sensitivity"]["scapular_motion"] == [0.7, 1.0, 1.3]
    assert asked["sensitivity"]["peak_effort"][1] == plain["summary"]["peak_effort"]
    assert {key: asked[key] for key in plain} == plain


def test_the_table_lists_muscles_by_what_they_do() -> None:
    """The busiest muscle group comes first after the effort, idle ones are left out, lines fit the screen."""
    setup = default_setup(find_exercise("band-pull-apart"), Person("male", 1.80, 80.0))
    found = scapular_sensitivity(analyse(setup, with_spread=False))
    lines = shown(found).splitlines()
    table = [line for line in lines if line.rstrip().endswith("%")]
    assert table[0].split() == ["Scapular", "motion", "-30", "%", "as", "it", "is", "+30", "%"]
    busiest = max(found.muscle_dose, key=lambda group: found.muscle_dose[group][1] or 0.0)
    assert table[2].startswith(busiest.replace("_", " "))
    assert not any(line.startswith("latissimus") for line in table)
    assert max(map(len, lines)) <= 80


def test_a_refused_scale_is_a_dash_with_its_reason() -> None:
    """What could not be posed shows as a dash, and why stands below."""
    said = "With 1.3 of the scapular motion: the bones cannot meet."
    found = ScapularSensitivity(
        (0.7, 1.0, 1.3), (0.4, 0.5, None), {"biceps": (0.1, 0.2, None)}, (Problem("girdle", said),)
    )
    text = shown(found)
    assert text.count("–") == 2
    assert said in " ".join(text.split())
