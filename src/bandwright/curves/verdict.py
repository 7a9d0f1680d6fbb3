"""What an analysis comes to in words: rules that compare figures, and the verdict they give."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from bandwright.curves.wording import Figure, Figures, Units, placeholders, render, sentence

DrawnFigures = Mapping[str, Figure | NDArray[np.float64]]
"""Figures of D draws: those that differ between them are arrays (D,)."""

Truths = NDArray[np.bool_]
Grade = Literal["good", "fair", "poor"]
GRADES: Final[tuple[Grade, ...]] = ("poor", "fair", "good")
"""From the lowest to the highest."""

RuleKind = Literal["reason", "strength", "warning", "alternative"]
Effect = Literal["none", "supports-good", "cap-fair", "cap-poor"]
Op = Literal["<", "<=", ">", ">=", "is", "is-not"]

COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.eq,
    "is-not": operator.ne,
}
WORD_OPS: Final = frozenset({"is", "is-not"})
"""Comparisons of words; the others compare numbers."""

DECIDING: Final[Mapping[Grade, Effect]] = {
    "good": "supports-good",
    "fair": "cap-fair",
    "poor": "cap-poor",
}
"""The effect whose first rule speaks for a grade in the headline."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one figure with a number, a word or another figure."""

    metric: str
    op: Op
    value: Figure
    against_metric: bool = False
    """Whether `value` names another figure."""

    def holds(self, figures: Figures) -> bool:
        """Whether it holds; never for a figure that this set-up does not have."""
        left = figures.get(self.metric)
        right = figures.get(str(self.value)) if self.against_metric else self.value
        if left is None or right is None or isinstance(left, str) != isinstance(right, str):
            return False
        return COMPARE[self.op](left, right)

    def holds_in(self, figures: DrawnFigures) -> Truths | bool:
        """In which of D draws it holds (D,), as `holds` in each; one truth where it is the same in all."""
        left = figures.get(self.metric)
        right = figures.get(str(self.value)) if self.against_metric else self.value
        if left is None or right is None or isinstance(left, str) != isinstance(right, str):
            return False
        found: Truths | bool = COMPARE[self.op](left, right)
        return found

    @property
    def metrics(self) -> tuple[str, ...]:
        """The figures it reads."""
        return (self.metric, str(self.value)) if self.against_metric else (self.metric,)


@dataclass(frozen=True, slots=True)
class Rule:
    """What to say, and what it means for the grade, when every condition holds."""

    code: str
    kind: RuleKind
    conditions: tuple[Condition, ...]
    text: str
    intents: tuple[str, ...] = ()
    """Intents it is for; none = all."""
    effect: Effect = "none"
    headline: str | None = None
    """Clause for the headline when this rule decides the grade."""
    suggests: str | None = None
    """Of an alternative: the figure that names its exercise."""
    source: str = ""
    note: str = ""
    named: frozenset[str] = field(init=False)
    """The figures its texts name."""

    def __post_init__(self) -> None:
        told = {name for one in (self.text, self.headline or "") for name, _ in placeholders(one)}
        object.__setattr__(self, "named", frozenset(told | ({self.suggests} if self.suggests else set())))

    def fires(self, figures: Figures, intent: str) -> bool:
        """Whether it applies; a figure it would have to name must be there."""
        meant = not self.intents or intent in self.intents
        return meant and all(one.holds(figures) for one in self.conditions) and self.named <= figures.keys()

    def fires_in(self, figures: DrawnFigures, intent: str, draws: int) -> Truths:
        """In which of D draws it applies (D,); as `fires` in each."""
        fires = np.zeros(draws, np.bool_)
        if (not self.intents or intent in self.intents) and self.named <= figures.keys():
            fires[:] = True
            for one in self.conditions:
                fires &= one.holds_in(figures)
        return fires

    def values(self, figures: Figures) -> dict[str, Figure]:
        """The figures behind it: those it compares and those it names, in that order."""
        read = [metric for one in self.conditions for metric in one.metrics]
        return {name: figures[name] for name in dict.fromkeys([*read, *sorted(self.named)])}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules in order of weight, what each intent is called, and the headline when no rule decides."""

    rules: tuple[Rule, ...]
    aims: Mapping[str, str]
    otherwise: str
    muscle_words: Mapping[str, str]
    """Plain word of each muscle group."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing the verdict rests on or warns of, with its figures."""

    code: str
    text: str
    values: Figures
    kind: RuleKind = "reason"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What would do better: an exercise, in one sentence with its figures."""

    exercise: str
    text: str
    values: Figures
    code: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Good, fair or poor for an intent, and why.

    `certainty` is the share of draws with this grade, None where nothing was drawn; `otherwise` the grade of most of
    the others; `driver` what decides most between them. `could_flip`: it is another one in many of the draws.
    """

    grade: Grade
    headline: str
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    could_flip: bool = False
    certainty: float | None = None
    otherwise: Grade | None = None
    driver: str | None = None


def judge_by(figures: Figures, rules: Rulebook, intent: str, units: Units = "metric") -> Verdict:
    """The verdict that rules give on a set-up's figures for an intent.

    The grade is good when a rule supports it and none caps it; fair when nothing speaks for good; and never above
    the lowest cap.
    """
    fired = tuple(rule for rule in rules.rules if rule.fires(figures, intent))
    grade = grade_of(fired)
    deciding = [rule.headline for rule in fired if rule.effect == DECIDING[grade] and rule.headline]
    said = deciding[0] if deciding else rules.otherwise

    def text(rule: Rule) -> str:
        return sentence(rule.text, figures, units)

    def told(kind: RuleKind) -> tuple[Reason, ...]:
        return tuple(
            Reason(rule.code, text(rule), rule.values(figures), kind) for rule in fired if rule.kind == kind
        )

    return Verdict(
        grade=grade,
        headline=f"{grade.capitalize()} for {rules.aims.get(intent, intent)}: {render(said, figures, units)}",
        reasons=told("reason") + told("strength"),
        warnings=told("warning"),
        alternatives=tuple(
            Alternative(str(figures[rule.suggests]), text(rule), rule.values(figures), rule.code)
            for rule in fired
            if rule.kind == "alternative" and rule.suggests
        ),
        could_flip=figures.get("could_flip") == 1.0,
        certainty=_number(figures.get("certainty")),
        otherwise=next((one for one in GRADES if one == figures.get("other_grade")), None),
        driver=_word(figures.get("driver")),
    )


def _number(figure: Figure | None) -> float | None:
    return float(figure) if isinstance(figure, int | float) else None


def _word(figure: Figure | None) -> str | None:
    return figure if isinstance(figure, str) else None


def grades_in(figures: DrawnFigures, rules: Rulebook, intent: str, draws: int) -> NDArray[np.intp]:
    """Index in `GRADES` of the grade that rules give each of D draws (D,)."""
    fired = {effect: np.zeros(draws, np.bool_) for effect in DECIDING.values()}
    for rule in rules.rules:
        if rule.effect != "none":
            fired[rule.effect] = fired[rule.effect] | rule.fires_in(figures, intent, draws)
    best = np.where(fired["supports-good"] & ~fired["cap-fair"], 2, 1)
    return np.asarray(np.where(fired["cap-poor"], 0, best), np.intp)


def grade_of(fired: tuple[Rule, ...]) -> Grade:
    """The grade that the rules which apply leave."""
    effects = {rule.effect for rule in fired}
    if "cap-poor" in effects:
        return "poor"
    return "good" if "supports-good" in effects and "cap-fair" not in effects else "fair"
