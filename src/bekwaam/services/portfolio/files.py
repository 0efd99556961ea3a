"""Handing out the files of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from bekwaam.domain.verdict import refused
from bekwaam.services import ports
from bekwaam.services.errors import Refused
from bekwaam.services.portfolio.place import Place
from bekwaam.services.portfolio.reads import piece_file
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file, opened for reading; whoever gets it closes it."""

    name: str
    media_type: str
    content: BinaryIO


def open_file(place: Place, ref: str) -> OpenFile:
    """Open the file of a piece of evidence: that of the snapshot once the portfolio was handed in.

    Raises NotFound where the piece has no file, and Refused where the file store has lost it.
    """
    file = piece_file(place, ref)
    try:
        return OpenFile(file.name, file.media_type, ports.files().open(file.key))
    except FileNotFoundError as error:
        message = N_("The file {name} is no longer on the server. Tell the coordinator of your procedure.")
        raise Refused(refused("file_lost", message, name=file.name)) from error
