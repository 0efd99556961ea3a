"""Writes a table as Parquet with pyarrow (Apache Arrow), where that library is installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, BinaryIO

from bekwaam.domain.teams.analysis import Column, Holds, Value


class ParquetTables:
    """Writes Parquet; asking whether it can loads nothing."""

    @staticmethod
    def installed() -> bool:
        """Tell whether the library is there."""
        return find_spec("pyarrow") is not None

    @staticmethod
    def write(
        out: BinaryIO,
        columns: Sequence[Column],
        batches: Iterable[Sequence[Sequence[Value]]],
        about: Mapping[str, str],
    ) -> None:
        """Write batches of rows to ``out``, each a group of rows; ``about`` goes into the file's metadata.

        What a column means stands with the column.
        """
        import pyarrow  # noqa: PLC0415 - an optional library, and slow to load
        import pyarrow.parquet  # noqa: PLC0415

        kinds: dict[Holds, Any] = {
            Holds.TEXT: pyarrow.string(),
            Holds.NUMBER: pyarrow.int32(),
            Holds.YES_NO: pyarrow.bool_(),
        }
        schema = pyarrow.schema(
            [
                pyarrow.field(one.name, kinds[one.holds], one.may_be_empty, {"description": one.told})
                for one in columns
            ],
            metadata=dict(about),
        )
        with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            for batch in batches:
                cells = list(zip(*batch, strict=True)) or [()] * len(columns)
                arrays = [
                    pyarrow.array(column, field.type) for column, field in zip(cells, schema, strict=True)
                ]
                writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
