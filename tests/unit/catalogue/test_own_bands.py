"""The files of a person's own bands: written, read back, and every mistake at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bandwright.bands import TableLaw
from bandwright.catalogue.own_bands import (
    OwnBandTable,
    find_band_with_own,
    own_band_text,
    read_own_band,
    read_own_bands,
    write_own_band,
)
from bandwright.errors import InputError, Problem

FABRIC = """
name = "Hip band"
kind = "fabric-loop"
rest_length_m = 0.72
[[reading]]
length_m = 0.48
force_n = 17
strands = 2
[[reading]]
length_m = 0.62
force_n = 46
strands = 2
"""


def own(folder: Path, text: str) -> Path:
    """A file of that text."""
    path = folder / "hip.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> tuple[Problem, ...]:
    """The problems that reading a band raises."""
    with pytest.raises(InputError) as caught:
        read_own_band(path)
    return caught.value.problems


def test_band_files_survive_awkward_names(tmp_path: Path) -> None:
    """Quotes, backslashes and accents in a name come back as they were."""
    name = 'Grün "41 in" \\ door'
    table = OwnBandTable.model_validate(
        {
            "name": name,
            "kind": "loop",
            "rest_length_m": 2.0,
            "reading": [{"length_m": 1.5, "force_n": 80.0, "strands": 2}],
        }
    )
    path = tmp_path / "x.toml"
    path.write_text(own_band_text(table), encoding="utf-8")
    assert read_own_band(path).name == name


def test_fabric_is_a_table_of_itself(tmp_path: Path) -> None:
    """A fabric loop's readings are kept as they are without being asked to."""
    band = read_own_band(own(tmp_path, FABRIC))
    assert isinstance(band.law, TableLaw)
    assert band.law.tensions_n.tolist() == [8.5, 23.0]
    assert (band.confidence, band.kind) == ("measured", "fabric-loop")


def test_any_band_may_be_a_table(tmp_path: Path) -> None:
    """`curve` keeps a rubber loop's readings as a table, and survives writing."""
    text = FABRIC.replace('"fabric-loop"', '"loop"\ncurve = "table"')
    assert isinstance(read_own_band(own(tmp_path, text)).law, TableLaw)
    assert not isinstance(read_own_band(own(tmp_path, text.replace('"table"', '"rubber"'))).law, TableLaw)


def test_written_bands_are_read_back(tmp_path: Path) -> None:
    """A table written is the table read, and no draft is left beside it."""
    rows = [
        {"length_m": 0.48, "force_n": 17.0, "strands": 2},
        {"length_m": 0.62, "force_n": 46.0, "strands": 2},
    ]
    table = OwnBandTable.model_validate(
        {"name": "Hip", "kind": "loop", "rest_length_m": 0.72, "curve": "table", "reading": rows}
    )
    path = tmp_path / "bands" / "hip.toml"
    write_own_band(table, path)
    assert read_own_bands(path.parent)["hip"].law == read_own_band(own(tmp_path, FABRIC)).law
    assert [one.name for one in path.parent.iterdir()] == ["hip.toml"]


def test_rubber_is_no_law_of_fabric(tmp_path: Path) -> None:
    """Asking for rubber's law of a fabric loop is refused with a way out."""
    (problem,) = problems_of(
        own(tmp_path, FABRIC.replace("rest_length_m", 'curve = "rubber"\nrest_length_m'))
    )
    assert problem.code == "fabric-is-no-rubber"
    assert "Leave 'curve' out" in str(problem)


def test_mistakes_of_form_and_of_the_table_come_together(tmp_path: Path) -> None:
    """A misspelt key does not hide that the pull falls."""
    text = FABRIC.replace("name =", "nam =").replace("46", "16")
    assert [(problem.code, problem.path) for problem in problems_of(own(tmp_path, text))] == [
        ("missing-key", "hip.toml: name"),
        ("unknown-key", "hip.toml: nam"),
        ("falling-table", "hip.toml: reading[1]"),
    ]


def test_a_bad_row_is_named_as_the_file_names_it(tmp_path: Path) -> None:
    """Rows are called `reading` in the file, and so are they in what is said of them."""
    (problem,) = problems_of(own(tmp_path, FABRIC.replace("0.48", "0.30")))
    assert problem.path == "hip.toml: reading[0].length_m"


@pytest.mark.parametrize("band_id", ["../hip", "/etc/passwd", "a" * 5000, "nul\0l", ""])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, band_id: str) -> None:
    """Whatever is asked for, only files of the folder are read."""
    (tmp_path / "bands").mkdir()
    own(tmp_path, FABRIC)
    with pytest.raises(InputError, match="no band"):
        find_band_with_own(band_id, tmp_path / "bands")
