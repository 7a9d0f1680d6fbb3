"""The rules of the verdict, read from their file; a file with any mistake is refused with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import as_file, files
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from bandwright.catalogue.exercise_tables import MUSCLE_GROUPS, MuscleGroup
from bandwright.catalogue.problems import located, problems_of
from bandwright.catalogue.tables import INTENTS, Intent, StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.curves.verdict import (
    WORD_OPS,
    Condition,
    Effect,
    Op,
    Rule,
    Rulebook,
    RuleKind,
)
from bandwright.curves.wording import FORMATS, placeholders
from bandwright.errors import CatalogueError, InputError, Problem, unknown_name

RULES: Final = "rules.toml"
FORMAT_UNIT: Final[Mapping[str, str]] = {"kg": "kg", "number": "kg", "%": "-", "times": "-", "cm": "m"}
"""The unit a format is for; the plain format suits every number."""

OPS_OF: Final = {"word": ("is", "is-not"), "number": ("<", "<=", ">", ">=")}

MetricName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class MetricTable(StrictTable):
    """One figure a rule may use."""

    unit: Literal["-", "kg", "m", "deg", "J", "word"]
    means: Text
    words: list[Text] = Field(default=[], description="The only words it can be, where they are few.")


class ConditionTable(StrictTable):
    """One comparison; all comparisons of a rule must hold."""

    metric: MetricName
    op: Op
    value: float | str = Field(description="A number, a word, or the name of another figure.")


class RuleTable(StrictTable):
    """What to say, and what it means for the grade, when every condition holds."""

    code: MetricName
    kind: RuleKind
    when: Annotated[list[ConditionTable], Field(min_length=1)]
    effect: Effect = "none"
    text: Text
    headline: Text | None = None
    suggests: MetricName | None = None
    source: Annotated[str, Field(min_length=1)]
    note: Annotated[str, Field(min_length=1)]
    intents: Annotated[list[Intent], Field(min_length=1)] | None = Field(
        default=None, description="Left out: every intent."
    )


class RulesTable(StrictTable):
    """The whole file."""

    otherwise: Annotated[str, Field(min_length=1, description="Headline when no rule decides.")]
    aims: dict[Intent, Text]
    muscles: dict[MuscleGroup, Text]
    metric: dict[MetricName, MetricTable]
    rule: Annotated[list[RuleTable], Field(min_length=1)]


@cache
def load_rulebook() -> Rulebook:
    """The rules that come with the program.

    Raises:
        CatalogueError: the file is not valid; every problem at once.
    """
    return _rulebook(_shipped())


@cache
def load_metrics() -> Mapping[str, MetricTable]:
    """What every figure of a verdict means, by name.

    Raises:
        CatalogueError: the file is not valid.
    """
    return _shipped().metric


def _shipped() -> RulesTable:
    with as_file(files("bandwright") / "data" / "verdict" / RULES) as path:
        try:
            return checked_rules(read_table(path))
        except InputError as error:
            raise CatalogueError(*error.problems) from error


def rulebook_of(raw: Mapping[str, Any]) -> Rulebook:
    """The rules in a table such as a TOML file holds.

    Raises:
        CatalogueError: every problem at once, each with its key path and what would be allowed.
    """
    return _rulebook(checked_rules(raw))


def checked_rules(raw: Mapping[str, Any], where: str = RULES) -> RulesTable:
    """The validated file.

    Raises:
        CatalogueError: every problem at once.
    """
    try:
        table = RulesTable.model_validate(raw)
    except ValidationError as error:
        raise CatalogueError(*problems_of(error, RulesTable, where)) from error
    problems = list(_problems(table, where))
    if problems:
        raise CatalogueError(*problems)
    return table


def _problems(table: RulesTable, where: str) -> Iterator[Problem]:
    yield from _template_problems(table.otherwise, table.metric, f"{where}: otherwise")
    for key, given, wanted in (("aims", table.aims, INTENTS), ("muscles", table.muscles, MUSCLE_GROUPS)):
        for name in wanted:
            if name not in given:
                yield Problem("missing-key", f"The key '{name}' is missing.", path=located(where, (key,)))
    codes = [rule.code for rule in table.rule]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem("repeated-code", f"The code '{code}' is used twice.", hint="Name one anew.", path=where)
    for index, rule in enumerate(table.rule):
        yield from _rule_problems(rule, table.metric, partial(_inside, where, index))
    for intent in INTENTS:
        if not any(rule.effect == "supports-good" and _meant(rule, intent) for rule in table.rule):
            said = f"No rule can make a set-up good for '{intent}'."
            hint = 'Give one of its rules effect = "supports-good".'
            yield Problem("no-support", said, hint=hint, path=where)


def _inside(where: str, rule: int, *keys: str | int) -> str:
    return located(where, ("rule", rule, *keys))


def _meant(rule: RuleTable, intent: Intent) -> bool:
    return rule.intents is None or intent in rule.intents


Path = Callable[..., str]


def _rule_problems(rule: RuleTable, metrics: Mapping[str, MetricTable], path: Path) -> Iterator[Problem]:
    for index, condition in enumerate(rule.when):
        yield from _condition_problems(condition, metrics, path("when", index))
    yield from _template_problems(rule.text, metrics, path("text"))
    yield from _template_problems(rule.headline or "", metrics, path("headline"))
    if rule.effect != "none" and rule.headline is None:
        said = f"'{rule.code}' decides the grade but says nothing for the headline."
        yield Problem("no-headline", said, hint='Add headline = "...".', path=path())
    if (rule.kind == "alternative") != (rule.suggests is not None):
        said = "'suggests' belongs to alternatives, and every alternative needs it."
        yield Problem("suggests", said, hint='For example suggests = "alternative_id".', path=path())
    if rule.suggests is not None:
        yield from _unknown_metrics((rule.suggests,), metrics, path("suggests"))
    allowed = EFFECTS[rule.kind]
    if rule.effect not in allowed:
        said = f"A rule of kind '{rule.kind}' cannot have the effect '{rule.effect}'."
        yield Problem("wrong-effect", said, allowed, path=path("effect"))


EFFECTS: Final[Mapping[RuleKind, tuple[Effect, ...]]] = {
    "reason": ("none", "cap-fair", "cap-poor"),
    "warning": ("none", "cap-fair", "cap-poor"),
    "strength": ("none", "supports-good"),
    "alternative": ("none",),
}


def _unknown_metrics(
    names: tuple[str, ...], metrics: Mapping[str, MetricTable], path: str
) -> Iterator[Problem]:
    for name in names:
        if name not in metrics:
            yield unknown_name("figure", name, tuple(metrics), path=path)


def _condition_problems(
    condition: ConditionTable, metrics: Mapping[str, MetricTable], path: str
) -> Iterator[Problem]:
    if condition.metric not in metrics:
        yield from _unknown_metrics((condition.metric,), metrics, path)
        return
    metric, value = metrics[condition.metric], condition.value
    if (metric.unit == "word") != (condition.op in WORD_OPS):
        kind = "word" if metric.unit == "word" else "number"
        said = f"'{condition.metric}' is a {kind} and cannot be compared with '{condition.op}'."
        yield Problem("wrong-op", said, OPS_OF[kind], path=path)
    elif metric.unit == "word":
        if not isinstance(value, str) or (metric.words and value not in metric.words):
            yield unknown_name("word", str(value), tuple(metric.words), path=path)
    elif isinstance(value, str):
        yield from _other_figure_problems(value, metrics, path)


def _other_figure_problems(name: str, metrics: Mapping[str, MetricTable], path: str) -> Iterator[Problem]:
    numbers = tuple(key for key, metric in metrics.items() if metric.unit != "word")
    if name not in numbers:
        yield unknown_name("figure", name, numbers, path=path)


def _template_problems(template: str, metrics: Mapping[str, MetricTable], path: str) -> Iterator[Problem]:
    try:
        named = list(placeholders(template))
    except ValueError as error:
        said = f"The text cannot be read: {error}."
        yield Problem("broken-text", said, hint="Write figures as {name:format}.", path=path)
        return
    for name, form in named:
        if name not in metrics:
            yield from _unknown_metrics((name,), metrics, path)
        else:
            yield from _format_problems(name, form, metrics[name].unit, path)


def _format_problems(name: str, form: str, unit: str, path: str) -> Iterator[Problem]:
    if form not in FORMATS:
        yield unknown_name("format", form, tuple(filter(None, FORMATS)), path=path)
    elif form and FORMAT_UNIT[form] != unit:
        said = f"'{name}' has the unit '{unit}' and cannot be written as '{form}'."
        fitting = tuple(key for key, value in FORMAT_UNIT.items() if value == unit)
        yield Problem("wrong-format", said, fitting, path=path)


def _rulebook(table: RulesTable) -> Rulebook:
    return Rulebook(
        rules=tuple(_rule(rule) for rule in table.rule),
        aims={str(intent): aim for intent, aim in table.aims.items()},
        otherwise=table.otherwise,
        muscle_words={str(group): word for group, word in table.muscles.items()},
    )


def _rule(rule: RuleTable) -> Rule:
    return Rule(
        code=rule.code,
        kind=rule.kind,
        conditions=tuple(_condition(one) for one in rule.when),
        text=rule.text,
        intents=tuple(rule.intents or ()),
        effect=rule.effect,
        headline=rule.headline,
        suggests=rule.suggests,
        source=rule.source,
        note=rule.note,
    )


def _condition(table: ConditionTable) -> Condition:
    against = isinstance(table.value, str) and table.op not in WORD_OPS
    return Condition(table.metric, table.op, table.value, against)
