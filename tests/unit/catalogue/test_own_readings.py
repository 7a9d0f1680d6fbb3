"""Readings in CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bandwright.bands import Reading
from bandwright.catalogue.own_readings import read_readings
from bandwright.errors import InputError


def csv_file(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "r.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "length_m,force_n,strands\n0.5,20,2\n",
        "\ufeffstrands, length_cm, force_n\r\n2, 50, 20\r\n",
        "length_cm;force_n\n50,0;20,0\n",
        "force_n,length_mm,strands\n20,500,\n",
    ],
)
def test_one_reading_in_many_forms(tmp_path: Path, text: str) -> None:
    """Units, order, decimal commas and a missing number of strands are understood."""
    assert read_readings(csv_file(tmp_path, text), 2) == {"r.csv: line 2": Reading(0.5, 20.0, 2)}


def test_units_of_force(tmp_path: Path) -> None:
    """Kilograms and pounds on a scale are forces (CGPM 1901; international pound)."""
    kilo = read_readings(csv_file(tmp_path, "length_in,force_kg\n20,1\n"), 1)["r.csv: line 2"]
    pound = read_readings(csv_file(tmp_path, "length_m,force_lb\n1,1\n"), 1)["r.csv: line 2"]
    assert (kilo.length_m, kilo.force_n) == pytest.approx((0.508, 9.80665))
    assert pound.force_n == pytest.approx(4.4482216)


@pytest.mark.parametrize(
    ("text", "codes", "said"),
    [
        ("", ["columns", "columns"], "no column of lengths"),
        ("length_m,force_n\n", ["no-readings"], "Example"),
        ("lenght_m,force_n\n1,2\n", ["unknown-column", "columns"], "Did you mean 'length_m'?"),
        ("length_m,length_cm,force_n\n1,2,3\n", ["columns"], "2 columns of lengths"),
        ("length_m,force_n\n1,x\n,3\n1,2,3\n", ["bad-cell"] * 3, "line 3"),
        ("length_m,force_n,strands\n1,2,1.5\n", ["bad-cell"], "'1.5' in column 'strands'"),
    ],
)
def test_mistakes_are_all_told(tmp_path: Path, text: str, codes: list[str], said: str) -> None:
    """Every column and every cell that cannot be used is told, with an example."""
    with pytest.raises(InputError) as caught:
        read_readings(csv_file(tmp_path, text), 1)
    assert [problem.code for problem in caught.value.problems] == codes
    assert said in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing, a binary and a huge file are the person's to fix."""
    with pytest.raises(InputError, match="cannot be read"):
        read_readings(tmp_path / "none.csv", 1)
    binary = tmp_path / "binary.csv"
    binary.write_bytes(bytes(range(128, 256)))
    with pytest.raises(InputError, match="not UTF-8"):
        read_readings(binary, 1)
    with pytest.raises(InputError, match="too big"):
        read_readings(csv_file(tmp_path, "#" * 1_000_001), 1)
