"""What somebody hands in to have it checked: a file that may be anything, perhaps with a proof of the log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

MOST_BYTES: Final = (
    20 * 1024 * 1024
)  # as much as is read of a paper; JSON and tokens have bounds of their own
_MARK: Final = b"\xef\xbb\xbf"  # some editors put it in front of a text
_EXPORT: Final = "http://data.europa.eu/snb/model/context/edc-ap"
_ZIP: Final = b"PK\x03\x04"
_OFFICE: Final = (b"[Content_Types].xml", b"mimetype")  # a text or a sheet is a ZIP as well
_HEAD: Final = 500
_PROOF: Final = b"c2sp.org/tlog-proof@"


class HandedKind(StrEnum):
    """As what a file is looked at."""

    PDF = "pdf"
    JSON = "json"
    JWT = "jwt"
    UNKNOWN = "unknown"


class Unknown(StrEnum):
    """Why a file is not one that can be checked. The value stands in reports and keeps its meaning."""

    EMPTY = "empty"
    TOO_LARGE = "file_too_large"
    ZIP = "zip_file"
    OTHER = "other_file"  # a picture, a text, anything
    LOG_PROOF = "only_log_proof"  # the proof, without what it is of
    EXPORT = "unsealed_export"  # the European export, which nobody signed


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in, and the proof that it is in the log where somebody has that apart."""

    content: bytes
    log_proof: str | bytes | None = None

    @property
    def kind(self) -> HandedKind:
        """As what the file is looked at: seen from how it begins, whatever it is called."""
        if len(self.content) > MOST_BYTES:
            return HandedKind.UNKNOWN
        if self.content.startswith(b"%PDF-"):
            return HandedKind.PDF
        text = self.text
        if text.startswith(b"{"):
            return HandedKind.JSON
        return HandedKind.JWT if text.startswith(b"eyJ") and text.count(b".") == 2 else HandedKind.UNKNOWN

    @property
    def text(self) -> bytes:
        """The content without what a text may have around it."""
        return self.content.removeprefix(_MARK).strip()

    @property
    def unknown(self) -> Unknown | None:
        """Why it is of an unknown kind; None where it is not."""
        if self.kind is not HandedKind.UNKNOWN:
            return None
        if len(self.content) > MOST_BYTES:
            return Unknown.TOO_LARGE
        if not self.text:
            return Unknown.EMPTY
        if self.content.startswith(_ZIP) and not any(it in self.content[:_HEAD] for it in _OFFICE):
            return Unknown.ZIP
        return Unknown.LOG_PROOF if self.text.startswith(_PROOF) else Unknown.OTHER


def is_export(document: dict[str, Any]) -> bool:
    """Tell whether JSON is the European export (ELM), which is not sealed: nothing in it can be checked."""
    contexts: Any = document.get("@context")
    return _EXPORT in (contexts if isinstance(contexts, list) else [contexts])


def is_no_credential(document: dict[str, Any]) -> bool:
    """Tell whether JSON does not even say that it is a credential: some other file, and not a wrong one."""
    return not document.get("@context") and "VerifiableCredential" not in str(document.get("type"))
