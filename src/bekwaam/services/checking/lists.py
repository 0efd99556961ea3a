"""Answering a list of numbers at once: the same as one by one, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from bekwaam.domain.certificates.batch import Answered, Asked, Found, NameAnswer
from bekwaam.domain.certificates.claimed import Claimed, claimed_in, identities_in, is_of
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.status import Status
from bekwaam.services.checking.logged import LogSays, logs_say, worst
from bekwaam.services.checking.recorded import credential_in, same_credential
from bekwaam.services.signing.names import did_of_ref
from bekwaam.store.models import Certificate, CertificateForm, ErasedCertificate, LogLeaf, StatusPlace

_FOUND: Final = {Status.SUSPENDED: Found.SUSPENDED, Status.REVOKED: Found.REVOKED}
_COLUMNS: Final = (
    "pk",
    "number",
    "issued_at",
    "procedure__provider__ref",
    "procedure__provider__name",
    "document__standard__title",
)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a credential says of which we hold the text that the log knows; nothing more of it is kept."""

    claimed: Claimed
    identities: Sequence[dict[str, Any]]


@dataclass(slots=True)
class _Known:
    """What was looked up about the numbers of one list."""

    certificates: Mapping[str, Mapping[str, Any]]
    forms: Mapping[int, CertificateForm]
    statuses: Mapping[int, Status]
    said: Mapping[str, LogSays]
    successors: Mapping[str, str]
    erased: frozenset[str]
    log_since: datetime | None
    stored: dict[int, _Stored | None] = field(default_factory=dict)

    def stored_in(self, form: CertificateForm | None) -> _Stored | None:
        """Return what a form holds; None where that is not what the log knows, or nothing. Once for each."""
        if form is None:
            return None
        if form.pk not in self.stored:
            credential = credential_in(form) if same_credential(form, form.digest) else None
            self.stored[form.pk] = (
                None if credential is None else _Stored(claimed_in(credential), identities_in(credential))
            )
        return self.stored[form.pk]


def answer_list(asked: Sequence[Asked]) -> tuple[Answered, ...]:
    """Return what is publicly known of each number, and whether it is of who was named. Eight queries.

    As :func:`bekwaam.services.checking.numbers.read_public` and ``number_is_of`` tell it for one: the log
    counts beside the tables, and a name is held against the credential as it was issued, or not at all.
    """
    known = _look_up({one.number for one in asked if one.number})
    return tuple(_answer(one, known) for one in asked)


def _look_up(numbers: Iterable[str]) -> _Known:
    wanted = set(numbers)
    rows = Certificate.objects.filter(number__in=wanted).values(*_COLUMNS)
    certificates = {row["number"]: row for row in rows}
    keys = [row["pk"] for row in certificates.values()]
    forms = CertificateForm.objects.filter(certificate__in=keys, form=Form.EXPERIENCE)
    by_certificate = {form.certificate_id: form for form in forms}
    digests = [form.digest for form in by_certificate.values()]
    return _Known(
        certificates=certificates,
        forms=by_certificate,
        statuses=_statuses(keys),
        said=logs_say(digests),
        successors=_successors(wanted),
        erased=frozenset(
            ErasedCertificate.objects.filter(number__in=wanted).values_list("number", flat=True)
        ),
        log_since=LogLeaf.objects.order_by("index").values_list("at", flat=True).first(),
    )


def _statuses(keys: Iterable[int]) -> dict[int, Status]:
    found: dict[int, Status] = defaultdict(lambda: Status.GOOD)
    places = StatusPlace.objects.filter(certificate__in=keys)
    for key, revoked, suspended in places.values_list("certificate", "revoked", "suspended"):
        here = Status.REVOKED if revoked else Status.SUSPENDED if suspended else Status.GOOD
        found[key] = worst(found[key], here)
    return found


def _successors(numbers: Iterable[str]) -> dict[str, str]:
    columns = ("supersedes", "number")
    there = Certificate.objects.filter(supersedes__in=numbers).values_list(*columns)
    gone = ErasedCertificate.objects.filter(supersedes__in=numbers).values_list(*columns)
    return dict(there.union(gone))


def _answer(asked: Asked, known: _Known) -> Answered:
    if not asked.number:
        return Answered(asked, Found.NO_NUMBER)
    row = known.certificates.get(asked.number)
    name = NameAnswer.CANNOT_TELL if asked.name else NameAnswer.NOT_ASKED
    if row is None:
        found = Found.ERASED if asked.number in known.erased else Found.UNKNOWN
        return Answered(asked, found, name)
    form = known.forms.get(row["pk"])
    said = known.said.get(form.digest, LogSays()) if form else LogSays()
    successor = known.successors.get(asked.number, "")
    status = worst(known.statuses.get(row["pk"], Status.GOOD), said.status)
    replaced = bool(successor) or said.replaced_at is not None
    stored = known.stored_in(form)
    if not _stands(row, form, stored, said, known.log_since):  # nothing of it is to be relied on
        return Answered(asked, _FOUND.get(status, Found.DOUBTFUL), name)
    claimed = stored.claimed if stored else None
    return Answered(
        asked=asked,
        found=_FOUND.get(status, Found.REPLACED if replaced else Found.GOOD),
        name=_name(asked, stored) if asked.name else name,
        provider=claimed.issuer_name if claimed else row["procedure__provider__name"],
        standard=claimed.standard if claimed else row["document__standard__title"],
        issued_on=timezone.localdate((claimed and claimed.issued_at) or row["issued_at"]).isoformat(),
        successor=successor,
    )


def _stands(
    row: Mapping[str, Any],
    form: CertificateForm | None,
    stored: _Stored | None,
    said: LogSays,
    log_since: datetime | None,
) -> bool:
    """Tell whether what we hold is what the log says that this provider issued.

    One that was never signed is from before there was a log, or was put there by somebody.
    """
    if form is None:
        return log_since is None or row["issued_at"] < log_since
    return (
        stored is not None
        and stored.claimed.number == row["number"]
        and said.issued_at is not None
        and said.issuer == did_of_ref(row["procedure__provider__ref"])
    )


def _name(asked: Asked, stored: _Stored | None) -> NameAnswer:
    """Hold a name against the credential as it was issued; an address of mail is nobody's name."""
    if stored is None or "@" in asked.name:
        return NameAnswer.CANNOT_TELL
    found = is_of({"credentialSubject": {"identifier": list(stored.identities)}}, asked.name)
    return {True: NameAnswer.SAME, False: NameAnswer.OTHER, None: NameAnswer.CANNOT_TELL}[found]
