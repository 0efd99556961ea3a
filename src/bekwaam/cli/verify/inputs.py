"""Which files are to be checked: named ones, those in a folder, those in a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bekwaam.domain.certificates.forms import COMPANIONS
from bekwaam.wording import N_

MOST: Final = 1_000
ENDINGS: Final = (".pdf", ".json", ".jwt")
PROOF_ENDING: Final = ".tlog-proof"
LIST_ENDING: Final = ".csv"
MOST_LIST_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, the proof beside it where there is one, and whose it should be (empty: not asked)."""

    path: Path
    proof: Path | None = None
    name: str = ""


class BadInput(Exception):
    """What was asked cannot be done: a sentence (a msgid) and what goes into it."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def gather(paths: Iterable[Path], proof: Path | None = None, name: str = "") -> list[Asked]:
    """Return all that is to be checked, in order; raises BadInput."""
    found = [asked for path in paths for asked in _found_at(path, name)]
    if not found:
        raise BadInput(N_("There is nothing to check: no file that ends in .pdf, .json or .jwt."))
    if len(found) > MOST:
        raise BadInput(
            N_("There are {number} files. At most {most} are checked at once; check them in parts."),
            number=len(found),
            most=MOST,
        )
    if proof is None:
        return found
    if len(found) > 1:
        raise BadInput(
            N_(
                "--proof goes with one file. Put each proof beside its file, with the same name "
                "before {ending}."
            ),
            ending=PROOF_ENDING,
        )
    return [Asked(found[0].path, proof, found[0].name)]


def _found_at(path: Path, name: str) -> Iterator[Asked]:
    if path.is_dir():
        ours = (it for it in path.iterdir() if it.suffix.lower() in ENDINGS and it.name not in COMPANIONS)
        inside = sorted(it for it in ours if it.is_file())
        yield from (_asked(it, name) for it in inside)
    elif path.suffix.lower() == LIST_ENDING:
        yield from _listed_in(path, name)
    else:
        yield _asked(path, name)


def _asked(path: Path, name: str) -> Asked:
    beside = path.with_suffix(PROOF_ENDING)
    return Asked(path, beside if beside.is_file() else None, name)


def _listed_in(path: Path, usual: str) -> Iterator[Asked]:
    """Yield the files in a CSV with a column ``file`` and perhaps one ``name``; from where the CSV stands."""
    rows = csv.DictReader(io.StringIO(_text_of(path), newline=""), delimiter=_delimiter(path))
    columns = {str(it).strip().lower(): it for it in rows.fieldnames or ()}
    if "file" not in columns:
        raise BadInput(N_('{path} has no column "file". Put the names of the files below that.'), path=path)
    for row in rows:
        file = str(row.get(columns["file"]) or "").strip()
        name = str(row.get(columns.get("name", ""), "") or "").strip()
        if file:
            yield _asked(path.parent / file, name or usual)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_LIST_BYTES + 1)
        if len(content) > MOST_LIST_BYTES:
            raise BadInput(N_("{path} is too large for a list of files."), path=path)
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(
            N_("{path} cannot be read: {error}."), path=path, error=error.strerror or error
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            N_("{path} is not a text in UTF-8. Save it as CSV UTF-8 in your spreadsheet program."), path=path
        ) from error


def _delimiter(path: Path) -> str:
    """Return what stands between the columns: of the usual ones the one that the first line has most of."""
    first = _text_of(path).partition("\n")[0]
    return max(";,\t", key=first.count)
