"""Rows as Parquet: the schema with its provenance, one shard's file, and all of them as one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from bandwright.catalogue.study import Study
from bandwright.service.sweep.columns import PHASES, Column, Kind, columns
from bandwright.service.sweep.fingerprint import fingerprint, whole
from bandwright.service.sweep.origins import origins

SCHEMA: Final = "bandwright.sweep/1"

ROW_GROUP: Final = 65_536
"""Rows that a reader takes in at once."""

TYPES: Final[Mapping[Kind, pa.DataType]] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "texts": pa.list_(pa.string()),
    "curve": pa.list_(pa.float64(), PHASES),
}


def schema_of(study: Study) -> pa.Schema:
    """Names, types, units and meanings of the columns; the study and where its figures come from as metadata."""
    parts = fingerprint(study)
    said = {
        "schema": SCHEMA,
        "fingerprint": whole(parts),
        **parts,
        "study_file": json.dumps(study.table, sort_keys=True),
        "provenance": json.dumps([asdict(one) for one in origins(study)]),
    }
    fields = [_field(one) for one in columns(study)]
    return pa.schema(fields, {f"bandwright.{name}": text for name, text in said.items()})


def _field(one: Column) -> pa.Field:
    return pa.field(one.name, TYPES[one.kind], metadata={"unit": one.unit, "means": one.means})


def part_bytes(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> bytes:
    """Rows as a Parquet file."""
    sink = pa.BufferOutputStream()
    with _writer(sink, schema) as writer:
        writer.write_table(pa.Table.from_pylist(list(rows), schema))
    return bytes(sink.getvalue())


def part_is_good(path: Path, schema: pa.Schema) -> bool:
    """Whether a shard's file can be read and belongs to this study."""
    try:
        found = pq.read_schema(path)
    except (OSError, pa.ArrowInvalid):
        return False
    return found.names == schema.names and found.metadata == schema.metadata


def merge(parts: Sequence[Path], schema: pa.Schema, path: Path) -> Mapping[str, Mapping[str, int]]:
    """All shards in order as one file; answers how many rows there are of each status and each grade."""
    counts: dict[str, dict[str, int]] = {"status": {}, "grade": {}}
    with _writer(path, schema) as writer:
        for table in _in_groups(parts, schema):
            writer.write_table(table, row_group_size=ROW_GROUP)
            for name, found in counts.items():
                for one in table[name].value_counts().to_pylist():
                    if one["values"] is not None:
                        found[one["values"]] = found.get(one["values"], 0) + one["counts"]
    return {name: dict(sorted(found.items())) for name, found in counts.items()}


def _in_groups(parts: Sequence[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of all parts in tables of `ROW_GROUP` rows and a last one."""
    held: list[pa.Table] = []
    rows = 0
    for part in parts:
        held.append(pq.read_table(part, schema=schema))
        rows += held[-1].num_rows
        while rows >= ROW_GROUP:
            table = pa.concat_tables(held)
            yield table.slice(0, ROW_GROUP)
            held, rows = [table.slice(ROW_GROUP)], rows - ROW_GROUP
    yield pa.concat_tables(held) if held else schema.empty_table()


def _writer(where: Path | pa.BufferOutputStream, schema: pa.Schema) -> pq.ParquetWriter:
    """Texts repeat, so they are kept once and pointed at; numbers do not, but their bytes are alike."""
    numbers = [name for name in schema.names if schema.field(name).type == TYPES["number"]]
    texts = [name for name in schema.names if schema.field(name).type == TYPES["text"]]
    return pq.ParquetWriter(
        where, schema, compression="zstd", use_dictionary=texts, use_byte_stream_split=numbers
    )
