"""The verdict's machinery on made-up rules: conditions, grades, headline and figures in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.curves.verdict import (
    Condition,
    Effect,
    Grade,
    Op,
    Rule,
    Rulebook,
    grade_of,
    judge_by,
)
from bandwright.curves.wording import FORMATS, IN_POUNDS, Figure, Figures, render, shown

ORDER: dict[Grade, int] = {"poor": 0, "fair": 1, "good": 2}
CAPS: tuple[Effect, ...] = ("cap-fair", "cap-poor")
EFFECTS: tuple[Effect, ...] = ("none", "supports-good", *CAPS)

HEAVY = Rule(
    code="heavy",
    kind="reason",
    conditions=(Condition("effort", ">=", 1.0),),
    text="{load_kg:kg} {where}, and you hold {strength_kg:number}.",
    effect="cap-poor",
    headline="{load_kg:kg} {where}.",
)
STEADY = Rule(
    code="steady",
    kind="strength",
    conditions=(Condition("effort", "<", 1.0), Condition("evenness", ">=", 0.5)),
    text="steady at {evenness:%}",
    effect="supports-good",
    headline="steady at {evenness:%}.",
    intents=("size",),
)
BETTER = Rule(
    code="better",
    kind="alternative",
    conditions=(Condition("other", ">", "evenness", against_metric=True),),
    text="try it",
    suggests="other_id",
)
BOOK = Rulebook((HEAVY, STEADY, BETTER), {"size": "size"}, "{load_kg:kg} {where}.", {})
FIGURES: dict[str, Figure] = {
    "effort": 0.7,
    "evenness": 0.6,
    "load_kg": 8.0,
    "strength_kg": 20.0,
    "where": "at the start",
}

effects = st.lists(st.sampled_from(EFFECTS), max_size=6)


def with_effects(given_effects: list[Effect]) -> tuple[Rule, ...]:
    """Rules that have these effects."""
    return tuple(replace(HEAVY, effect=effect) for effect in given_effects)


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_comparison(op: Op, below: bool, at: bool, above: bool) -> None:  # noqa: FBT001
    """Each comparison is right below, at and above its value."""
    condition = Condition("x", op, 1.0)
    assert [condition.holds({"x": value}) for value in (0.9, 1.0, 1.1)] == [below, at, above]


def test_missing_figure_never_holds() -> None:
    """A comparison with what is not known is not true, whatever it compares."""
    ops: tuple[Op, ...] = ("<", ">=", "is-not")
    for op in ops:
        assert not Condition("x", op, 1.0).holds({})
    assert not Condition("x", "<", "y", against_metric=True).holds({"x": 1.0})


def test_word_and_number_never_match() -> None:
    """A word is not compared with a number."""
    assert not Condition("x", "is-not", "hanging").holds({"x": 1.0})
    assert Condition("x", "is-not", "hanging").holds({"x": "standing"})


def test_rule_needs_the_figures_it_names() -> None:
    """A rule whose sentence would have a hole does not apply."""
    assert HEAVY.fires({**FIGURES, "effort": 1.2}, "size")
    assert not HEAVY.fires({"effort": 1.2}, "size")


def test_rule_keeps_to_its_intents() -> None:
    """A rule for one intent is silent for another."""
    assert STEADY.fires(FIGURES, "size")
    assert not STEADY.fires(FIGURES, "travel")


@given(effects, st.sampled_from(CAPS))
def test_a_cap_never_raises_the_grade(given_effects: list[Effect], cap: Effect) -> None:
    """Whatever applies already, one more cap leaves the grade or lowers it."""
    before, after = grade_of(with_effects(given_effects)), grade_of(with_effects([*given_effects, cap]))
    assert ORDER[after] <= ORDER[before]
    assert ORDER[after] <= (0 if cap == "cap-poor" else 1)


@given(effects)
def test_support_never_lowers_the_grade(given_effects: list[Effect]) -> None:
    """One more reason for good leaves the grade or raises it."""
    before = grade_of(with_effects(given_effects))
    assert ORDER[grade_of(with_effects([*given_effects, "supports-good"]))] >= ORDER[before]


def test_grade_does_not_depend_on_order() -> None:
    """The grade is a property of the set of rules that apply."""
    for one, two in combinations(EFFECTS, 2):
        assert grade_of(with_effects([one, two])) == grade_of(with_effects([two, one]))


def test_good_must_be_earned() -> None:
    """With nothing for or against it, a set-up is fair."""
    assert judge_by(FIGURES, BOOK, "travel").grade == "fair"


def test_headline_comes_from_the_deciding_rule() -> None:
    """Grade, aim and the clause of the first rule that decides."""
    assert judge_by(FIGURES, BOOK, "size").headline == "Good for size: steady at 60 %."
    assert judge_by({**FIGURES, "effort": 1.5}, BOOK, "size").headline == "Poor for size: 8 kg at the start."
    assert (
        judge_by({**FIGURES, "evenness": 0.1}, BOOK, "size").headline == "Fair for size: 8 kg at the start."
    )


def test_reason_carries_its_figures() -> None:
    """What was compared and what was named come with the sentence."""
    reason = judge_by({**FIGURES, "effort": 1.5}, BOOK, "size").reasons[0]
    assert (reason.code, reason.text) == ("heavy", "8 kg at the start, and you hold 20.")
    assert reason.values == {"effort": 1.5, "load_kg": 8.0, "strength_kg": 20.0, "where": "at the start"}


def test_alternative_names_its_exercise() -> None:
    """An alternative points at the exercise its figure names."""
    figures = {**FIGURES, "other": 0.9, "other_id": "plain-row"}
    (alternative,) = judge_by(figures, BOOK, "size").alternatives
    assert (alternative.exercise, alternative.text) == ("plain-row", "Try it")
    assert alternative.values["other"] == 0.9


def test_could_flip_is_passed_on() -> None:
    """The verdict says when the spread reaches over the limit."""
    assert judge_by({**FIGURES, "could_flip": 1.0}, BOOK, "size").could_flip
    assert not judge_by(FIGURES, BOOK, "size").could_flip


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.0, "kg", "nothing"),
        (0.04, "kg", "nothing"),
        (0.42, "kg", "0.4 kg"),
        (2.0, "kg", "2 kg"),
        (2.97, "kg", "3 kg"),
        (31.4, "kg", "31 kg"),
        (31.4, "number", "31"),
        (0.456, "%", "46 %"),
        (0.003, "%", "under 1 %"),
        (0.0, "%", "0 %"),
        (1.26, "times", "1.3 times"),
        (0.148, "cm", "15 cm"),
        (12.4, "", "12"),
        ("at the start", "kg", "at the start"),
    ],
)
def test_figures_in_words(value: Figure, form: str, words: str) -> None:
    """Numbers read as a person says them."""
    assert shown(value, form) == words


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.0, "kg", "nothing"),
        (1.0, "kg", "2.2 lb"),
        (31.4, "kg", "69 lb"),
        (31.4, "number", "69"),
        (0.456, "%", "46 %"),
        (0.55, "cm", "22 in"),
        ("at the start", "kg", "at the start"),
    ],
)
def test_figures_in_pounds_and_inches(value: Figure, form: str, words: str) -> None:
    """Whoever thinks in pounds reads pounds; shares stay what they are."""
    assert shown(value, form, "imperial") == words


def test_every_format_with_a_unit_has_both() -> None:
    """A sentence of one kind never names the other kind's units."""
    assert set(IN_POUNDS) == {form for form in FORMATS if shown(5.0, form) != shown(5.0, form, "imperial")}
    figures: Figures = {"effort": 1.2, "load_kg": 10.0, "where": "at the start", "strength_kg": 8.0}
    verdict = judge_by(figures, BOOK, "size", "imperial")
    assert verdict.reasons[0].text == "22 lb at the start, and you hold 18."


def test_missing_figure_reads_as_a_dash() -> None:
    """A headline without its figure is still a sentence."""
    assert render("{x:kg} at the start", {}) == "– at the start"
