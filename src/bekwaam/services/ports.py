"""What the services need from outside, as protocols; settings name the adapters that fulfil them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from bekwaam.trust.keystore import Costs, KeyStore

if TYPE_CHECKING:
    from datetime import datetime

    from bekwaam.domain.agenda.calendar import Calendar
    from bekwaam.domain.certificates.document import CertificateDocument
    from bekwaam.domain.certificates.signed import PaperKey, PaperSignature, Seal, SignedPaper
    from bekwaam.domain.mail.paper import Paper, Wording
    from bekwaam.domain.privacy.reading import Reading
    from bekwaam.domain.teams.analysis import Column, Value
    from bekwaam.domain.teams.paper import TeamPaper
    from bekwaam.trust.dids import Issuer


class Files(Protocol):
    """Keeps received files."""

    def put(self, chunks: Iterable[bytes]) -> tuple[str, str, int]:
        """Store a file; return its key, SHA-256 (hex) and size in bytes."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Open a stored file for reading."""
        ...

    def sha256(self, key: str) -> str:
        """Return the SHA-256 of a stored file as it is now."""
        ...

    def delete(self, key: str) -> None:
        """Remove a stored file."""
        ...

    def begin(self) -> str:
        """Begin a file that comes in piece by piece; return its key, which is no key of a stored file."""
        ...

    def add(self, key: str, offset: int, content: bytes) -> None:
        """Write a piece of such a file at ``offset``, in place of whatever stood from there on."""
        ...

    def open_part(self, key: str) -> BinaryIO:
        """Open such a file for reading."""
        ...

    def discard(self, key: str) -> None:
        """Remove such a file; one that is not there is no error."""
        ...


class Scanner(Protocol):
    """Looks for viruses."""

    def look(self, chunks: Iterable[bytes]) -> str:
        """Return the name of what was found, empty when nothing was; raises when it cannot tell."""
        ...


class PersonFinder(Protocol):
    """Finds names of people in a text. May be slow to begin with: for the worker alone."""

    def find(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where names stand: from and up to, in characters."""
        ...


class FileTexts(Protocol):
    """Reads the text of a file."""

    def read(self, content: BinaryIO, media_type: str) -> Reading:
        """Return what can be read of it; never raises for what is in it."""
        ...


class ParquetTables(Protocol):
    """Writes tables as Parquet."""

    def installed(self) -> bool:
        """Tell whether it can. Loads nothing."""
        ...

    def write(
        self,
        out: BinaryIO,
        columns: Sequence[Column],
        batches: Iterable[Sequence[Sequence[Value]]],
        about: Mapping[str, str],
    ) -> None:
        """Write batches of rows to a file; ``about`` goes into its metadata."""
        ...


CalendarFile = Callable[["Calendar"], bytes]
TeamPapers = Callable[["TeamPaper"], bytes]
MailPaper = Callable[["Wording"], "Paper"]


class CertificatePaper(Protocol):
    """Puts a certificate on paper."""

    def __call__(
        self, document: CertificateDocument, credential: bytes, log_proof: bytes, seal: Seal
    ) -> bytes:
        """Return it as a signed PDF, with the credential and the proof of the log inside.

        Raises PaperNotSigned where it could not be signed.
        """
        ...


class PaperKeyMaker(Protocol):
    """Makes the key of one paper, which a provider's key vouches for."""

    def __call__(
        self, sign: Callable[[bytes], bytes], *, name: str, address: str, since: datetime
    ) -> PaperKey:
        """Return a new key; ``sign`` is the provider's, known under ``address``. It counts from ``since``."""
        ...


class Safe(KeyStore, Protocol):
    """Keeps private keys behind a passphrase."""

    def seal_anew(self, passphrase: str) -> int:
        """Seal every key with another passphrase, and return how many that were."""
        ...


class PaperReader(Protocol):
    """Reads back a paper that says it is a certificate."""

    def read(self, content: bytes) -> SignedPaper:
        """Return what a PDF shows; never raises for what is in it, and keeps nothing of it."""
        ...

    def read_many(self, contents: Iterable[bytes]) -> Iterator[SignedPaper]:
        """Yield what each PDF shows, in order; many times as fast as one by one."""
        ...


class IssuersElsewhere(Protocol):
    """Fetches what issuers on other installations publish; never from a private address."""

    def issuer(self, did: str) -> Issuer | None:
        """Return the document of an issuer; None where it cannot be had."""
        ...

    def status_list(self, address: str) -> dict[str, Any] | None:
        """Return a status list, not checked yet; None where it cannot be had."""
        ...


@lru_cache(maxsize=8)
def _adapter(dotted: str) -> Any:
    return import_string(dotted)


def files() -> Files:
    """Return the file store."""
    return cast(Files, _adapter(settings.BEKWAAM_PORTS["files"])(settings.BEKWAAM_FILES))


def scanner() -> Scanner | None:
    """Return what looks for viruses; None where the installation has nothing for it."""
    if not settings.CLAMAV_SOCKET:
        return None
    return cast(Scanner, _adapter(settings.BEKWAAM_PORTS["scanner"])(settings.CLAMAV_SOCKET))


def certificate_paper() -> CertificatePaper:
    """Return what puts a certificate on paper and signs it."""
    return cast(CertificatePaper, _adapter(settings.BEKWAAM_PORTS["certificate_paper"]))


def paper_key() -> PaperKeyMaker:
    """Return what makes the key of one paper."""
    return cast(PaperKeyMaker, _adapter(settings.BEKWAAM_PORTS["paper_key"]))


def calendar_file() -> CalendarFile:
    """Return what writes a calendar in the form that other programs read."""
    return cast(CalendarFile, _adapter(settings.BEKWAAM_PORTS["calendar_file"]))


def team_paper() -> TeamPapers:
    """Return what puts a team on paper."""
    return cast(TeamPapers, _adapter(settings.BEKWAAM_PORTS["team_paper"]))


def mail_paper() -> MailPaper:
    """Return what puts a mail on paper: as plain text and as HTML."""
    return cast(MailPaper, _adapter(settings.BEKWAAM_PORTS["mail_paper"]))


def paper_stamper() -> Any | None:
    """Return what gets a time stamp for a paper; None where the installation names no service for them.

    Raises ValueError when what it names is no address.
    """
    if not settings.TIMESTAMP_URL:
        return None
    return _adapter(settings.BEKWAAM_PORTS["paper_stamper"])(settings.TIMESTAMP_URL)


def paper_reader() -> PaperReader:
    """Return what reads back signed papers."""
    return cast(PaperReader, _adapter(settings.BEKWAAM_PORTS["paper_reader"])())


def paper_vouching() -> Callable[[PaperSignature, bytes], bool]:
    """Return what tells whether an Ed25519 key (32 bytes) vouches for a signature in a paper."""
    return cast("Callable[[PaperSignature, bytes], bool]", _adapter(settings.BEKWAAM_PORTS["paper_vouching"]))


def issuers_elsewhere() -> IssuersElsewhere:
    """Return what fetches documents and status lists of issuers on other installations."""
    return cast(IssuersElsewhere, _adapter(settings.BEKWAAM_PORTS["issuers_elsewhere"])())


def key_store() -> Safe:
    """Return what keeps the keys that sign.

    Its passphrase is as it was given, from its file, or one of our own. Raises Refused of
    :mod:`bekwaam.trust.reasons` (PASSPHRASE) where that cannot be read.
    """
    passphrase = _adapter(settings.BEKWAAM_PORTS["key_passphrase"])(
        settings.KEY_PASSPHRASE, settings.KEY_PASSPHRASE_FILE, settings.OWN_KEY_PASSPHRASE
    )
    store = _adapter(settings.BEKWAAM_PORTS["key_store"])
    return cast(Safe, store(settings.BEKWAAM_KEYS, passphrase, Costs(*settings.KEY_COSTS)))


def person_finder_name() -> str:
    """Return what finds names on this installation, with its version; empty where nothing does.

    Loads nothing, so that a web process may ask.
    """
    dotted: str = settings.BEKWAAM_PORTS["person_finder"]
    return _installed(dotted) if dotted else ""


@lru_cache(maxsize=8)
def _installed(dotted: str) -> str:
    return cast(str, _adapter(dotted).installed())


def person_finder() -> PersonFinder | None:
    """Return what finds names; None where the installation has nothing for it."""
    if not person_finder_name():
        return None
    return cast(PersonFinder, _adapter(settings.BEKWAAM_PORTS["person_finder"])(settings.BEKWAAM_NAMES))


def file_texts() -> FileTexts:
    """Return what reads the text of files."""
    return cast(FileTexts, _adapter(settings.BEKWAAM_PORTS["file_texts"])())


def parquet_tables() -> ParquetTables:
    """Return what writes tables as Parquet, where the library for it is installed."""
    return cast(ParquetTables, _adapter(settings.BEKWAAM_PORTS["parquet_tables"])())
