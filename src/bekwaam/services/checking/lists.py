"""Answering a list of numbers at once: the same as one by one, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from bekwaam.domain.certificates.batch import Answered, Asked, Found, NameAnswer
from bekwaam.domain.certificates.claimed import is_of
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.status import Status
from bekwaam.services.checking.logged import LogSays, logs_say, worst
from bekwaam.services.checking.recorded import credential_in, same_credential
from bekwaam.store.models import Certificate, CertificateForm, ErasedCertificate, StatusPlace

_FOUND: Final = {Status.SUSPENDED: Found.SUSPENDED, Status.REVOKED: Found.REVOKED}
_COLUMNS: Final = ("pk", "number", "issued_at", "procedure__provider__name", "document__standard__title")


@dataclass(slots=True)
class _Known:
    """What was looked up about the numbers of one list."""

    certificates: Mapping[str, Mapping[str, Any]]
    forms: Mapping[int, CertificateForm]
    statuses: Mapping[int, Status]
    said: Mapping[str, LogSays]
    successors: Mapping[str, str]
    erased: frozenset[str]
    checked: dict[int, dict[str, Any]] = field(default_factory=dict)


def answer_list(asked: Sequence[Asked]) -> tuple[Answered, ...]:
    """Return what is publicly known of each number, and whether it is of who was named. Seven queries.

    As :func:`bekwaam.services.checking.numbers.read_public` and ``number_is_of`` tell it for one: the log
    counts beside the tables, and a name is held against the credential as it was issued, or not at all.
    """
    known = _look_up({one.number for one in asked if one.number}, any(one.name for one in asked))
    return tuple(_answer(one, known) for one in asked)


def _look_up(numbers: Iterable[str], with_names: bool) -> _Known:
    wanted = set(numbers)
    rows = Certificate.objects.filter(number__in=wanted).values(*_COLUMNS)
    certificates = {row["number"]: row for row in rows}
    keys = [row["pk"] for row in certificates.values()]
    forms = CertificateForm.objects.filter(certificate__in=keys, form=Form.EXPERIENCE)
    by_certificate = {form.certificate_id: form for form in (forms if with_names else forms.defer("content"))}
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
    return Answered(
        asked=asked,
        found=_FOUND.get(status, Found.REPLACED if replaced else Found.GOOD),
        name=_name(asked, form, known) if asked.name else name,
        provider=row["procedure__provider__name"],
        standard=row["document__standard__title"],
        issued_on=timezone.localdate(row["issued_at"]).isoformat(),
        successor=successor,
    )


def _name(asked: Asked, form: CertificateForm | None, known: _Known) -> NameAnswer:
    """Hold a name against the credential as it was issued; an address of mail is nobody's name."""
    if form is None or "@" in asked.name:
        return NameAnswer.CANNOT_TELL
    if form.pk not in known.checked:
        known.checked[form.pk] = credential_in(form) if same_credential(form, form.digest) else {}
    credential = known.checked[form.pk]
    found = is_of(credential, asked.name) if credential else None
    return {True: NameAnswer.SAME, False: NameAnswer.OTHER, None: NameAnswer.CANNOT_TELL}[found]
