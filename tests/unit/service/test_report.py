"""The pictures show what the analysis says, and the page stands on its own."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.parsers.expat import ParserCreate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.curves.verdict import Alternative, Reason, Verdict
from bandwright.errors import InputError
from bandwright.loads import BandLoad
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.report import write_figure, write_report
from bandwright.service.report.arrows import LONGEST_ARROW_M, SHORTEST_ARROW_M, force_arrows
from bandwright.service.report.bands_drawn import BAND_WIDTH, Strand, line_parts, strands
from bandwright.service.report.charts import nice_steps, runs
from bandwright.service.report.drawing import Path as Line
from bandwright.service.report.drawing import Shape, hull
from bandwright.service.report.figure import back_view, draw_poses
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.muscles import muscle_lines, muscle_parts
from bandwright.service.report.page import report_page
from bandwright.service.report.scene import SIDE_VIEW, camera
from bandwright.service.report.sheet import PNG_MODULE, draw_sheet
from bandwright.service.report.tokens import LEVELS, STYLES, Theme, colours, effort_level, level_of
from bandwright.service.report.words import (
    effort_sentence,
    kilograms,
    load_sentence,
    strength_sentence,
    told,
    turning_points,
)
from tests.unit.service.outline import Outline

Array = NDArray[np.float64]

PERSON: Final = Person("male", 1.755, 84.6)
ROW: Final = "bent-over-band-row"
APART: Final = "band-pull-apart"
BELL: Final = "kettlebell-band-row"

VERDICT: Final = Verdict(
    grade="fair",
    headline="Fair for strength and size: the band asks little at the start.",
    reasons=(Reason("idle", "The start idles.", {}),),
    warnings=(Reason("stretch", "The band is stretched far.", {}, kind="warning"),),
    alternatives=(Alternative("bent-over-dumbbell-row", "A weight asks the same all the way.", {}),),
)


@cache
def analysis_of(exercise: str) -> Analysis:
    """The default set-up of an exercise, analysed once."""
    return analyse(default_setup(find_exercise(exercise), PERSON))


@cache
def page() -> str:
    """A report on three set-ups."""
    return report_page([analysis_of(name) for name in (ROW, APART, BELL)], [VERDICT] * 3)


@cache
def outline() -> Outline:
    """The report, parsed."""
    return Outline(page())


def test_page_is_balanced() -> None:
    """Every tag that opens closes, in order."""
    assert outline().faults == []
    assert outline().open == []


def test_page_needs_nothing_from_outside() -> None:
    """No address, no script, no picture or font to fetch, and no inline style that the policy would refuse."""
    assert re.findall(r"https?://|//[a-z]+\.", page()) == []
    assert {tag for tag, _ in outline().tags} & {"script", "link", "img", "iframe", "object"} == set()
    assert [attrs for _, attrs in outline().tags if any(name.startswith("on") for name in attrs)] == []
    assert [attrs for _, attrs in outline().tags if "style" in attrs] == []
    assert "url(" not in page()
    assert "@import" not in page()


def test_policy_admits_the_style_sheet_only() -> None:
    """The content policy names the hash of the style element as browsers work it out."""
    style = re.search(r"<style>(.*?)</style>", page(), flags=re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [attrs["content"] for tag, attrs in outline().tags if "http-equiv" in attrs and tag == "meta"]
    assert len(policies) == 1
    assert f"style-src 'sha256-{digest}'" in str(policies[0])
    assert "default-src 'none'" in str(policies[0])


def test_page_says_the_verdict_and_its_parts() -> None:
    """Grade, sentence, reasons, warnings and alternatives are all there, before the pictures."""
    said = (VERDICT.headline, "The start idles.", "The band is stretched far.", "Bent-over dumbbell row")
    for text in (*said, "A weight asks the same all the way.", "Fair"):
        assert text in outline().text
    assert page().index(VERDICT.headline) < page().index('class="poses"')


@pytest.mark.parametrize("exercise", [ROW, APART, BELL])
def test_every_curve_has_a_sentence(exercise: str) -> None:
    """Load, strength and effort are told in words too."""
    analysis = analysis_of(exercise)
    for sentence in (load_sentence(analysis), strength_sentence(analysis), effort_sentence(analysis)):
        assert sentence in outline().text


def test_page_is_accessible() -> None:
    """Language, one first heading and no skipped level, named pictures, tables with captions and heads."""
    tags = outline().tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    ids = [str(attrs["id"]) for _, attrs in tags if "id" in attrs]
    named = [attrs for tag, attrs in tags if tag == "svg" and attrs.get("role") == "img"]
    assert dict(tags)["html"]["lang"] == "en"
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert named
    for attrs in named:
        assert set(str(attrs["aria-labelledby"]).split()) <= set(ids)
    assert all(attrs.get("role") == "img" or "aria-hidden" in attrs for tag, attrs in tags if tag == "svg")
    assert sum(tag == "table" for tag, _ in tags) == sum(tag == "caption" for tag, _ in tags)
    assert all(attrs.get("scope") in {"col", "row"} for tag, attrs in tags if tag == "th")


def test_page_is_small() -> None:
    """Three set-ups stay under 1.5 MB."""
    assert len(page().encode()) < 1_500_000


def test_page_shows_where_numbers_come_from() -> None:
    """The three words for the origin of a number, force in kilograms and newtons, and no promise."""
    for text in ("maker’s chart", "estimated", "measured", "not medical advice", "not a\npromise"):
        assert text in outline().text
    load = analysis_of(ROW).working.load_n[-1]
    assert f"{kilograms(load)} {load:.0f} N" in outline().text


def test_hostile_texts_stay_texts() -> None:
    """A name cannot become markup, in the page or in a figure file."""
    evil = '<script>alert("x")</script>&\'"><b>'
    analysis = analysis_of(ROW)
    exercise = replace(analysis.setup.exercise, name=evil, cues=(evil,), safety=(evil,))
    loads = tuple(
        replace(load, band=replace(load.band, name=evil)) if isinstance(load, BandLoad) else load
        for load in analysis.setup.loads
    )
    setup = replace(analysis.setup, exercise=exercise, loads=loads)
    verdict = replace(VERDICT, headline=evil, alternatives=(Alternative(evil, evil, {}),))
    parsed = Outline(report_page([replace(analysis, setup=setup)], [verdict]))
    assert {tag for tag, _ in parsed.tags} & {"script", "b"} == set()
    assert parsed.faults == []
    assert parsed.text.count(evil) >= 8  # title, heading, headline, alternative twice, cue, warning, band


def test_report_needs_a_verdict_for_each(tmp_path: Path) -> None:
    """A report of nothing, or with verdicts missing, is refused with what is allowed."""
    for analyses in ([], [analysis_of(ROW)]):
        with pytest.raises(InputError) as caught:
            write_report(analyses, [], tmp_path / "out.html")
        assert caught.value.problems[0].allowed
    assert list(tmp_path.iterdir()) == []


def test_report_file_is_the_page(tmp_path: Path) -> None:
    """What is written is what was built."""
    path = tmp_path / "out.html"
    write_report([analysis_of(name) for name in (ROW, APART, BELL)], [VERDICT] * 3, path)
    assert path.read_text(encoding="utf-8") == page()


def test_svg_file_is_well_formed(tmp_path: Path) -> None:
    """The figure file is XML with the headline, and carries its own colours."""
    path = tmp_path / "figure.svg"
    write_figure(analysis_of(ROW), VERDICT, path)
    text = path.read_text(encoding="utf-8")
    ParserCreate().Parse(text.encode(), True)  # noqa: FBT003 — says that this is the last piece
    assert VERDICT.headline in text
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= set(re.findall(r"--([\w-]+):", text))


def test_png_file_has_the_sheet_s_size(tmp_path: Path) -> None:
    """The PNG signature, and two pixels for each unit of the drawing."""
    pytest.importorskip("matplotlib")
    path = tmp_path / "figure.png"
    write_figure(analysis_of(ROW), VERDICT, path)
    content = path.read_bytes()
    drawing = draw_sheet(analysis_of(ROW), VERDICT)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == pytest.approx(
        (2 * drawing.width, 2 * drawing.height), abs=1
    )


def test_other_suffixes_are_refused(tmp_path: Path) -> None:
    """Another format is named with what is allowed."""
    with pytest.raises(InputError) as caught:
        write_figure(analysis_of(ROW), None, tmp_path / "figure.jpg")
    assert caught.value.problems[0].allowed == (".svg", ".png")


def test_png_without_matplotlib_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional extra the message names it; SVG still works."""
    monkeypatch.delitem(sys.modules, PNG_MODULE, raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.axes", None)
    with pytest.raises(InputError, match=re.escape("bandwright[figures]")):
        write_figure(analysis_of(ROW), None, tmp_path / "figure.png")
    write_figure(analysis_of(ROW), None, tmp_path / "figure.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["figure.svg"]


@given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.floats(-0.9, 0.9))
def test_camera_is_a_rotation(x: float, y: float, z: float) -> None:
    """The three axes are unit, square to each other and right-handed; up stays up."""
    if np.hypot(x, y) < 1e-3:
        return
    view = camera((x, y, z))
    axes = np.array([view.right, view.up, view.toward])
    assert np.allclose(axes @ axes.T, np.eye(3))
    assert np.linalg.det(axes) == pytest.approx(1.0)
    assert view.up[2] > 0.0


def test_side_view_faces_right() -> None:
    """Forward is to the right and up is up when seen from the right side."""
    assert np.allclose(SIDE_VIEW.flat(np.array([1.0, 0.0, 0.0])), [1.0, 0.0])
    assert SIDE_VIEW.flat(np.array([0.0, 0.0, 1.0]))[1] > 0.99


def test_back_view_shows_the_back_from_the_working_side() -> None:
    """The back faces the eye, upright or bent, and so does the working arm's side."""
    for exercise in (ROW, APART, BELL):
        posed = analysis_of(exercise).posed
        figure = Mannequin(posed, 0)
        view = back_view(posed)
        assert -figure.forward @ view.toward > 0.5
        assert view.near(figure.point("shoulder_r")) > view.near(figure.point("shoulder_l"))


def contains(outline_: Array, point: Array) -> bool:
    """Whether a convex, counter-clockwise outline has a point inside."""
    edge = np.roll(outline_, -1, axis=0) - outline_
    away = point - outline_
    return bool(np.all(edge[:, 0] * away[:, 1] - edge[:, 1] * away[:, 0] >= -1e-9))


@pytest.mark.parametrize("exercise", [ROW, APART, BELL])
@pytest.mark.parametrize("side", ["r", "l"])
def test_limbs_are_drawn_where_the_points_are(exercise: str, side: str) -> None:
    """Fist, wrist, elbow and shoulder lie inside the drawn arm at every still."""
    posed = analysis_of(exercise).posed
    view = back_view(posed)
    for index in (0, 25, 50):
        figure = Mannequin(posed, index)
        shape = figure.parts(view)[f"arm_{side}"].marks[0]
        assert isinstance(shape, Shape)
        for name in ("hand", "wrist", "elbow", "shoulder"):
            point = view.flat(posed.points[f"{name}_{side}"][index])
            assert any(contains(outline_, point) for outline_ in shape.outlines)


def test_poses_share_scale_and_ground() -> None:
    """The three stills have one sheet size, so that they can be compared."""
    assert len({(pose.width, pose.height) for pose in draw_poses(analysis_of(ROW))}) == 1


def band_strands(exercise: str, index: int) -> Iterator[Strand]:
    """Every strand of an exercise's bands at a pose."""
    analysis = analysis_of(exercise)
    forces = {force.id: force for force in analysis.forces}
    for load in analysis.setup.loads:
        if isinstance(load, BandLoad):
            yield from strands(load, forces[load.id], analysis, index)


def test_bands_end_where_they_are_held() -> None:
    """A band under the feet runs from each foot to the hand of its side."""
    points = analysis_of(ROW).posed.points
    for strand, side in zip(band_strands(ROW, 30), ("r", "l"), strict=True):
        assert np.allclose(strand.ends, [points[f"foot_{side}"][30], points[f"hand_{side}"][30]])


def test_slack_band_hangs_and_is_marked() -> None:
    """A pull-apart starts slack: drawn dashed, hanging, and as long as its rest length; it ends taut."""
    analysis = analysis_of(APART)
    view = back_view(analysis.posed)
    (strand,) = band_strands(APART, 0)
    line = strand.line()
    length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
    rest = float(np.linalg.norm(strand.ends[1] - strand.ends[0])) / strand.stretch_ratio
    assert strand.slack
    assert line[:, 2].min() < strand.ends[:, 2].min() - 0.05
    assert length == pytest.approx(rest, rel=1e-6)
    roles = [
        {mark.role for part in line_parts(analysis, index, view) for mark in part.marks} for index in (0, 50)
    ]
    assert roles == [{"band-slack"}, {"band", "band-fleck"}]


def test_stretched_bands_are_thinner() -> None:
    """Width falls as the root of stretch, so that drawn volume stays the same."""
    analysis = analysis_of(ROW)
    for index in (0, 50):
        strand = next(band_strands(ROW, index))
        part = line_parts(analysis, index, SIDE_VIEW)[0]
        assert isinstance(part.marks[0], Line)
        assert part.marks[0].width == pytest.approx(BAND_WIDTH / strand.stretch_ratio**0.5)


def test_arrows_point_along_the_force_in_scale() -> None:
    """Each arrow starts at the hand and its tip lies along the force, in proportion."""
    analysis = analysis_of(BELL)
    result = analysis.working
    view = back_view(analysis.posed)
    for index in (0, 25, 50):
        shaft, head = force_arrows(analysis, index, view)[0].marks[:2]
        assert isinstance(shaft, Line)
        assert isinstance(head, Line)
        hand = analysis.posed.points["hand_r"][index]
        tip = hand + LONGEST_ARROW_M * result.hand.total[index] / result.load_n.max()
        assert np.allclose(shaft.points[0], view.flat(hand))
        assert np.allclose(head.points[0], view.flat(tip))


def test_no_arrow_without_force() -> None:
    """A slack band draws no arrow, only its label."""
    parts = force_arrows(analysis_of(APART), 0, SIDE_VIEW)
    assert [mark for part in parts for mark in part.marks if isinstance(mark, Line)] == []
    assert SHORTEST_ARROW_M > 0.0


def test_every_muscle_is_drawn_in_its_own_colour() -> None:
    """The drawn role of each muscle is the level of its activation."""
    analysis = analysis_of(BELL)
    figure, view = Mannequin(analysis.posed, 50), back_view(analysis.posed)
    roles = [part.marks[0].role for part in muscle_parts(analysis, figure, view, figure.parts(view))]
    hardest = max(curve.activation[50] for name, curve in analysis.muscles.items() if name.endswith("_r"))
    drawn = [int(role[-2:]) for role in roles if role.startswith("muscle-") and role != "muscle-idle"]
    assert max(drawn) == level_of(float(hardest))
    assert set(analysis.posed.muscle_ids) <= {name[:-2] for name in muscle_lines(analysis, figure)}


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=4, max_size=30))
def test_hull_holds_every_point(points: list[tuple[float, float]]) -> None:
    """No point lies outside the outline, and the outline is made of the points."""
    given_points = np.array([*points, (-2.0, -2.0), (2.0, -2.0), (0.0, 2.0)])
    found = hull(given_points)
    assert all(contains(found, point) for point in given_points)
    assert all((given_points == corner).all(axis=1).any() for corner in found)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_keep_their_contrast(theme: Theme) -> None:
    """Every colour that text is written in stands out 4.5 : 1 from card and page (WCAG 2.2 AA)."""
    colour = colours(theme)
    written = {style.fill for style in STYLES.values() if style.size} | {"good", "fair", "poor", "soft"}
    for token in written:
        for ground in ("card", "page"):
            assert contrast(colour[str(token)], colour[ground]) >= 4.5, (token, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_muscle_scale_is_even(theme: Theme) -> None:
    """Perceived lightness (CIE L*) goes one way in steps that differ by little, so it reads without hue."""
    colour = colours(theme)
    light = np.array([luminance(colour[f"muscle-{level:02d}"]) for level in range(LEVELS + 1)])
    steps = np.diff(116.0 * np.cbrt(light) - 16.0)
    assert np.all(steps < 0) or np.all(steps > 0)
    assert np.abs(steps).max() / np.abs(steps).min() < 1.6


@given(st.floats(0.0, 3.0), st.floats(0.0, 3.0))
def test_effort_scale_keeps_red_for_too_much(first: float, second: float) -> None:
    """Levels rise with effort, and the last is reached only beyond what can be held."""
    assert (effort_level(first) == LEVELS) == (first > 1.0)
    if first <= second:
        assert effort_level(first) <= effort_level(second)
        assert level_of(first) <= level_of(second)


def test_curves_in_words() -> None:
    """Level, rising and turning curves are told as a person would."""
    phase = np.linspace(0.0, 1.0, 51)
    dip = 30.0 - 64.0 * phase * (1 - phase)

    def whole(value: float) -> str:
        return f"{value:.0f}"

    assert told("Load", 4.0 + 27.0 * phase, whole, "kg") == "Load rises from 4 to 31 kg"
    assert told("Load", np.full(51, 10.0), whole, "kg") == "Load stays at 10 kg"
    assert told("Your strength", dip, whole, "kg") == "Your strength goes 30 → 14 → 30 kg"


@given(st.lists(st.floats(0.0, 500.0), min_size=2, max_size=51))
def test_turning_points_keep_the_ends(values: list[float]) -> None:
    """First and last are always named, and no curve is told in more than three figures."""
    curve = np.array(values)
    found = turning_points(curve)
    assert (found[0], found[-1]) == (values[0], values[-1])
    assert len(found) in {2, 3}


@given(st.lists(st.booleans(), min_size=1, max_size=51))
def test_runs_are_the_stretches_of_true(flags: list[bool]) -> None:
    """Runs cover exactly the poses that are True beside another one."""
    array = np.array(flags)
    covered = np.zeros(len(flags), dtype=bool)
    for run in runs(array):
        assert array[run].all()
        assert run.stop - run.start > 1
        covered[run] = True
    beside = np.concatenate([[False], array, [False]])
    assert np.array_equal(covered, array & (beside[:-2] | beside[2:]))


@given(st.floats(0.5, 500.0))
def test_axis_steps_are_few_and_round(top: float) -> None:
    """Three to six lines from zero up, none beyond the top."""
    steps = nice_steps(top)
    assert 3 <= len(steps) <= 6
    assert steps[0] == 0.0
    assert steps[-1] <= top + 1e-6
