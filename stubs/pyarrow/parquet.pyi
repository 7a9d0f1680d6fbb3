from pathlib import Path
from types import TracebackType

from pyarrow import BufferOutputStream, Schema, Table

class ParquetWriter:
    def __init__(
        self,
        where: Path | BufferOutputStream,
        schema: Schema,
        *,
        compression: str = ...,
        use_dictionary: list[str] = ...,
        use_byte_stream_split: list[str] = ...,
    ) -> None: ...
    def __enter__(self) -> ParquetWriter: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def write_table(self, table: Table, row_group_size: int | None = ...) -> None: ...

def read_table(source: Path, *, schema: Schema | None = ...) -> Table: ...
def read_schema(where: Path) -> Schema: ...
