"""The two files in the demo's portfolios, made when the demo is made: a small PDF and a small picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import typst

from bekwaam.cli.demo.material import DATA, Piece


@dataclass(slots=True)
class Upload:
    """A file as the evidence service wants to receive it."""

    name: str
    size: int
    file: BinaryIO

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning."""
        self.file.seek(0)
        yield self.file.read()


def paper(piece: Piece, name: str) -> Upload:
    """Return the file of a piece, for the candidate of that name."""
    content: bytes = typst.compile(
        DATA / f"{piece.template}.typ",
        format="png" if piece.file.endswith(".png") else "pdf",
        ppi=110,
        sys_inputs={"name": name},
        ignore_system_fonts=True,
    )
    return Upload(piece.file, len(content), io.BytesIO(content))
