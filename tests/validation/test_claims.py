"""The brief's claims: what the model finds is published, and what is published is what it finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bandwright.service.claims import Claim, claims

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
CLAIMED = {"B2", "B3", "B4", "D3", "D4", "D5", "E6"}


@pytest.fixture(scope="module")
def found() -> tuple[Claim, ...]:
    """The claims computed now."""
    return claims()


def _published() -> list[tuple[str, str, str, str]]:
    rows = [
        line.strip("| \n").split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| ")
    ]
    return [(row[0], row[1], row[2], row[3].strip("*")) for row in rows if row[0] in CLAIMED]


def test_every_claim_is_published_with_its_outcome(found: tuple[Claim, ...]) -> None:
    """The page holds every claim, with the outcome computed today, in the same words."""
    assert {claim.id for claim in found} == CLAIMED
    now = [(claim.id, claim.taught, claim.outcome) for claim in found]
    assert now == [(row[0], row[1], row[3]) for row in _published()], (
        "run `make claims` and read what changed"
    )


def test_published_figures_are_what_the_model_finds(found: tuple[Claim, ...]) -> None:
    """Every figure on the page is the one computed, to the last digit printed or one beside it."""
    for claim, row in zip(found, _published(), strict=True):
        assert NUMBER.sub("#", claim.found) == NUMBER.sub("#", row[2])
        for ours, printed in zip(NUMBER.findall(claim.found), NUMBER.findall(row[2]), strict=True):
            assert float(ours) == pytest.approx(float(printed), abs=1.01 if "." not in ours else 0.11)


def test_physics_of_the_claims_that_are_pure_statics(found: tuple[Claim, ...]) -> None:
    """B4 follows from the band's length alone, so the model must agree with it whatever the muscles do."""
    (assistance,) = [claim for claim in found if claim.id == "B4"]
    assert assistance.outcome == "agrees"
