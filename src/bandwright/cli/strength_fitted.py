"""What `bandwright strength fit` does, and how other commands use the fitted strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.table import Table
from rich.text import Text

from bandwright.body.own_strength import GROUPS
from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup import SetUp, person_table
from bandwright.catalogue.strength_file import StrengthRecord, read_strength
from bandwright.catalogue.toml_files import missing_file
from bandwright.cli.arguments import Choices
from bandwright.cli.chosen import looks_like_file
from bandwright.cli.output import show, write_json
from bandwright.cli.patience import patience
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.words import person_words
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.wording import percent
from bandwright.errors import InputError, Problem
from bandwright.service.own_bands import find_band
from bandwright.service.own_strength import MODEL_SD, OwnStrength, fit_own_strength, holder_for
from bandwright.service.rounding import number

NORMAL_90: Final = 1.645
"""Half width of the interval that holds 90 % of a normal distribution, in standard deviations [-]."""

TESTED_FROM: Final = 0.1
"""A group counts as tested when a tenth or more of some test hangs on it; the others follow the rest [-]."""

SCHEMA: Final = "bandwright.strength/1"
FILE_HINT: Final = "Give a file of tests (.toml); one to begin with is examples/own-strength.toml."


def run_fit(tests: str, *, as_json: bool) -> int:
    """Fits a person's strength and shows the fit."""
    own = fitted(tests_given(tests, None))
    if as_json:
        write_json(_answer(own))
    else:
        show(*_view(own))
    return 0


@dataclass(frozen=True, slots=True)
class Tests:
    """What a file says of a person's strength."""

    name: str
    record: StrengthRecord


def tests_given(text: str, option: str | None) -> Tests:
    """The tests in a file, and the option that named it if one did.

    Raises:
        InputError: the file cannot be read or used.
    """
    path = Path(text)
    if not path.exists():
        raise InputError(missing_file(path, text, FILE_HINT, option))
    return Tests(path.name, read_strength(path, own_exercises(), find_band))


def fitted(tests: Tests) -> OwnStrength:
    """The strength fitted to a file of tests; says so when it takes long.

    Raises:
        InputError: the tests cannot be used.
    """
    with patience():
        return fit_own_strength(tests.record)


def chosen_person(text: str, choices: Choices, tests: str | None) -> Choices:
    """The choices, with the person of the tests where nobody else is named."""
    if tests is None or choices.person is not None or looks_like_file(text):
        return choices
    return replace(choices, person=tests)


def own_holder(setup: SetUp, tests: Tests) -> FittedHolder:
    """Who holds the load: the person as tested.

    Raises:
        InputError: the tests are another person's.
    """
    return own_holders((setup,), tests)[0]


def own_holders(setups: Sequence[SetUp], tests: Tests) -> list[FittedHolder]:
    """Who holds the load of each set-up: the person as tested, fitted once.

    Raises:
        InputError: the tests are not of the person of every set-up.
    """
    own = fitted(tests)
    for setup in setups:
        if own.person != setup.person:
            tested, other = person_words(own.person), person_words(setup.person)
            said = f"The tests are of a {tested}, the set-up is for a {other}."
            hint = "Give both the same [person], or leave --person out."
            raise InputError(Problem("other-person", said, hint=hint, path="--own-strength"))
    return [holder_for(own.person, own.fit.estimate)] * len(setups)


def _answer(own: OwnStrength) -> dict[str, Any]:
    fit, estimate = own.fit, own.fit.estimate
    groups = zip(GROUPS, estimate.factor.tolist(), estimate.log_sd.tolist(), strict=True)
    expected = fit.prediction.factor.tolist()
    rows = zip(fit.measurements, expected, fit.prediction.log_sd.tolist(), fit.residual.tolist(), strict=True)
    return {
        "schema": SCHEMA,
        "person": person_table(own.person),
        "groups": [
            {"group": name, "factor": number(factor), "log_sd": number(log_sd)}
            for name, factor, log_sd in groups
        ],
        "log_covariance": [[number(value) for value in row] for row in estimate.covariance.tolist()],
        "tests": [
            {
                "id": one.id,
                "measured_factor": number(one.factor),
                "fitted_factor": number(factor),
                "test_log_sd": number(one.log_sd),
                "fitted_log_sd": number(log_sd),
                "residual": number(residual),
            }
            for one, factor, log_sd, residual in rows
        ],
        "model_log_sd": MODEL_SD,
        "astray": list(fit.astray),
        "steps": fit.steps,
        "converged": fit.converged,
    }


def _view(own: OwnStrength) -> list[Text | Table]:
    fit, estimate = own.fit, own.fit.estimate
    share = fit.prediction.slopes.max(axis=0)
    table = columns(("Muscle group", "Of the model", "90 % between", "Tested"), right=True)
    for name, mean, log_sd, tested in zip(
        GROUPS, estimate.log_mean, estimate.log_sd, share >= TESTED_FROM, strict=True
    ):
        low, high = (float(np.exp(mean + sign * NORMAL_90 * log_sd)) for sign in (-1.0, 1.0))
        table.add_row(
            name,
            percent(float(np.exp(mean))),
            f"{100 * low:.0f} and {percent(high)}",
            "yes" if tested else "no",
        )
    tests = columns(("Test", "Measured against fitted"), right=True)
    for one, residual in zip(fit.measurements, fit.residual.tolist(), strict=True):
        tests.add_row(one.id, f"{100 * np.expm1(residual):+.1f} %")
    overall = float(np.exp(estimate.log_mean.mean()))
    lines: list[Text | Table] = [
        Text(
            f"About {percent(overall)} of the model's strength for a {person_words(own.person)}.",
            "bold",
        ),
        Text(),
        table,
        Text(),
        tests,
        Text(),
        point("→", "Use it: bandwright analyse face-pull --own-strength FILE.toml"),
    ]
    for name in fit.astray:
        said = f"{name} does not agree with the rest: look at its exercise, phase, loads and reading again."
        lines.append(point("!", said, "yellow"))
    if not fit.converged:
        lines.append(point("!", "The fit had not quite settled; read the figures with care.", "yellow"))
    return lines
