"""What `bandwright exercises new` does: a commented file that is a sound exercise from the first line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bandwright.catalogue.exercises import exercise_ids
from bandwright.catalogue.own_files import check_id, own_exercises
from bandwright.cli.output import show, write_json
from bandwright.errors import InputError, Problem

TEMPLATE: Final = """\
# An exercise of your own. Change what you like, then run: bandwright check {path}
# Angles are in degrees, lengths in metres, forces in newtons (1 kg on a scale is 9.8 N).
id = "{id}"                        # the same as the file's name
name = "{name}"
summary = "One sentence: what it does for you."
how_to = "Where to stand, how to hold the band, what to pull where."

arms = "both"                      # both | right (the left side is its mirror image)
posture = "standing"               # standing | hanging | chest-supported | bench-supported
grip = "neutral"                   # neutral | pronated | supinated

gear = ["long-loop", "anchor-middle"]
intents = ["strength-and-size"]    # the first is what a set-up gets when it names none
muscles = ["latissimus_dorsi", "rhomboids", "deltoid_posterior"]   # the most important first
sources = ["COACH"]

cues = ["Start with straight arms.", "Elbows close, shoulders down."]
safety = ["Check the band and the anchor before each set."]

# The body at the start (0), on the way and at the finish (1); add keyframes where the way matters.
# Shoulder blade and collar bone go with the arm as measured in people (the rhythm). Where your exercise does more,
# say what to add: girdle_offset = {{ protract_deg = -9 }} draws the blades together (+ reaches forward),
# lift_deg + shrugs, upward_deg + turns the blade up. Or fix all three: girdle = {{ protract_deg = -12, ... }}.
[[keyframe]]
at = 0
trunk_deg = 5                      # from the vertical, + leaning forward
knee_deg = 15
arm = {{ plane_deg = 85, elevation_deg = 75, outer_rotation_deg = -30, elbow_deg = 10, pronation_deg = 0 }}
#       plane 0 out to the side, 90 straight ahead; elevation 0 along the trunk; pronation 0 thumb up

[[keyframe]]
at = 0.5
trunk_deg = 5
knee_deg = 15
arm = {{ plane_deg = 70, elevation_deg = 30, outer_rotation_deg = 0, elbow_deg = 80, pronation_deg = 0 }}

[[keyframe]]
at = 1
trunk_deg = 5
knee_deg = 15
girdle_offset = {{ protract_deg = -9, upward_deg = -6 }}     # blades together (-) and down, on top of the rhythm
arm = {{ plane_deg = -45, elevation_deg = 30, outer_rotation_deg = 0, elbow_deg = 105, pronation_deg = 0 }}

# The usual loads; a set-up may name others. kind: band | weight | cable | body-weight
[[load]]
id = "band"
kind = "band"
band = "rogue-monster-1"           # bandwright bands list
from = {{ x_m = 1.6, z_stature = 0.62 }}    # or a place: feet | foot_r | bar | hand_l | wrists
to = "hands"
"""


def run_new(exercise_id: str, folder: str | None, *, as_json: bool) -> int:
    """Writes the file and says where it is."""
    _check_id(exercise_id)
    where = Path(folder).expanduser() if folder is not None else own_exercises()
    path = where / f"{exercise_id}.toml"
    if path.exists():
        hint = "Choose another id, or change the file that is there."
        raise InputError(Problem("file-exists", f"'{path}' exists already.", hint=hint))
    text = TEMPLATE.format(id=exercise_id, name=exercise_id.replace("-", " ").capitalize(), path=path)
    try:
        where.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        said = f"'{path}' cannot be written: {error.strerror or error}."
        raise InputError(Problem("unwritable-file", said, hint="Name another --folder.")) from error
    if as_json:
        write_json({"id": exercise_id, "path": str(path)})
    else:
        show(f"Written: {path}", f"Change it, then run: bandwright check {path}")
    return 0


def _check_id(exercise_id: str) -> None:
    check_id(exercise_id, "my-row")
    if exercise_id in exercise_ids():
        said = f"'{exercise_id}' is an exercise that everybody has."
        raise InputError(Problem("exercise-exists", said, hint=f"Choose another id, e.g. my-{exercise_id}."))
