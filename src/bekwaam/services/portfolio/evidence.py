"""Adding, changing and removing evidence, and what it is tied to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.evidence import open_parts
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.keeping import forget_after_commit
from bekwaam.services.portfolio.given import EvidenceInput, insist_sound
from bekwaam.services.portfolio.jobs import look_soon
from bekwaam.services.portfolio.place import Place, insist_may_write, lock_place, subject_of
from bekwaam.services.portfolio.receiving import with_file
from bekwaam.services.portfolio.traces import Received
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import (
    CarriedFile,
    DossierItem,
    Evidence,
    EvidenceTie,
    EvidenceVersion,
    Person,
    Procedure,
    SnapshotItem,
    StoredFile,
)
from bekwaam.store.models.portfolio import WITH_DETAILS
from bekwaam.wording import N_

OVERTAKEN = "overtaken"
_NOT_WHOLE = N_(
    "This text is from before the piece was finished, so it cannot take its place. "
    "Copy from it what you want to keep."
)
_OVERTAKEN = N_(
    "This was changed in another window since you opened it here. Both texts stand below. "
    "Put together what you want to keep and save once more."
)


def add_evidence(
    actor: Person, place: Place, given: EvidenceInput, upload: Received | None = None
) -> Evidence:
    """Add a piece of evidence to somebody's portfolio, and to the dossier where ``place`` is a procedure.

    The very same piece sent twice (a double click, a reload) is added once. The file is stored first,
    outside the transaction: if the rest fails it is removed again, so nothing half-written shows.
    Raises Invalid with every fault, Refused when it is not the time or the person.
    """
    insist_may_write(actor, place)
    got = upload is not None
    insist_sound(framework_of(place.standard), given, has_file=got, gets_file=got)
    return with_file(actor, upload, lambda file: _add(actor, place, given, file))


@transaction.atomic
def _add(actor: Person, place: Place, given: EvidenceInput, file: StoredFile | None) -> Evidence:
    place = lock_place(place)
    insist_may_write(actor, place)
    twin = _twin(actor, place, given, file)
    if twin is not None:
        _forget(file)
        return twin
    return put_in(actor, place, given, file)


def put_in(actor: Person, place: Place, given: EvidenceInput, file: StoredFile | None) -> Evidence:
    """Write a new piece, in the transaction of a caller who locked ``place`` and checked everything."""
    now = clock.now()
    if file is not None:
        file.save()
    evidence = Evidence.objects.create(
        owner=actor, kind=given.kind.value, file=file, added_at=now, changed_at=now, **given.columns()
    )
    if isinstance(place, Procedure):
        DossierItem.objects.create(procedure=place, evidence=evidence, added_at=now)
    _tie(place, evidence, given)
    _keep_version(evidence)
    _record(Event.EVIDENCE_ADDED, actor, place, evidence)
    look_soon(evidence)
    return evidence


def _twin(actor: Person, place: Place, given: EvidenceInput, file: StoredFile | None) -> Evidence | None:
    """Return the piece of this place that says exactly the same, of the same file."""
    columns = given.columns()
    named = evidence_at(actor, place).filter(kind=given.kind.value, title=columns["title"])
    ties = {code: why.strip() for code, why in given.ties.items()}
    for found in named.select_related("file").prefetch_related("ties"):
        same_file = (found.file.sha256 if found.file else None) == (file.sha256 if file else None)
        tied = {tie.code: tie.why for tie in found.ties.all() if tie.standard_id == place.standard_id}
        if same_file and tied == ties and all(getattr(found, name) == columns[name] for name in columns):
            return found
    return None


def change_evidence(
    actor: Person,
    place: Place,
    ref: str,
    given: EvidenceInput,
    upload: Received | None = None,
    *,
    revision: int | None = None,
) -> Evidence:
    """Change a piece of evidence while it is open; a new file takes the old one's place.

    What was handed in before stays as it was: snapshots hold their own copy. Its kind does not change.
    ``revision`` is that of the piece as the writer saw it: when another window changed it since, Invalid
    is raised with the reason ``overtaken`` and nothing is written. Without it the last one wins.
    """
    insist_may_write(actor, place)
    evidence = _own(actor, place, ref)
    given = replace(given, kind=EvidenceKind(evidence.kind))
    got = upload is not None
    insist_sound(
        framework_of(place.standard), given, has_file=got or evidence.file_id is not None, gets_file=got
    )
    return with_file(actor, upload, lambda file: _change(actor, place, ref, given, file, revision))


@transaction.atomic
def _change(
    actor: Person,
    place: Place,
    ref: str,
    given: EvidenceInput,
    file: StoredFile | None,
    revision: int | None,
) -> Evidence:
    place = lock_place(place)
    insist_may_write(actor, place)
    evidence = _locked(actor, place, ref)  # again, under the lock: it may be gone by now
    if revision is not None and revision != evidence.revision:
        raise Invalid((Fault("revision", OVERTAKEN, _OVERTAKEN),))
    replaced = evidence.file if file is not None else None
    _keep_version(evidence)  # of what was there before there were versions
    for column, value in given.columns().items():
        setattr(evidence, column, value)
    if file is not None:
        file.save()
        evidence.file = file
    _save(evidence)
    _let_go(replaced)
    EvidenceTie.objects.filter(evidence=evidence, standard=place.standard).delete()
    _tie(place, evidence, given)
    _record(Event.EVIDENCE_CHANGED, actor, place, evidence)
    return evidence


def _save(evidence: Evidence) -> None:
    """Save a changed piece as its next revision, keep what it says now as a version, have it looked at."""
    evidence.layout = WITH_DETAILS
    evidence.revision += 1
    evidence.changed_at = clock.now()
    evidence.save()
    _keep_version(evidence)
    look_soon(evidence)


def _keep_version(evidence: Evidence) -> None:
    """Keep what a piece says now, unless the last version says so already."""
    last = EvidenceVersion.objects.filter(evidence=evidence).first()
    texts = evidence.texts()
    if last is None or last.texts != texts:
        number = last.number + 1 if last else 1
        EvidenceVersion.objects.create(
            evidence=evidence, number=number, texts=texts, saved_at=evidence.changed_at
        )


@transaction.atomic
def rewrite(
    actor: Person, place: Place, ref: str, change: Callable[[Evidence], None], event: Event
) -> Evidence:
    """Let ``change`` alter the texts of a piece, under the lock; that becomes its newest version.

    Its file and what it is tied to stay as they are. What ``change`` raises undoes everything.
    """
    place = lock_place(place)
    insist_may_write(actor, place)
    evidence = _locked(actor, place, ref)
    change(evidence)
    _save(evidence)
    _record(event, actor, place, evidence)
    return evidence


@transaction.atomic
def tie_evidence(actor: Person, place: Place, ref: str, code: str) -> Evidence:
    """Tie a piece to one more item of the framework, without a why. What is tied already stays as it is."""
    place = lock_place(place)
    insist_may_write(actor, place)
    evidence = _locked(actor, place, ref)
    if not EvidenceTie.objects.filter(evidence=evidence, standard=place.standard, code=code).exists():
        EvidenceTie.objects.create(evidence=evidence, standard=place.standard, code=code, why="")
        evidence.revision += 1  # a form that is open elsewhere would untie it again
        evidence.changed_at = clock.now()
        evidence.save(update_fields=["revision", "changed_at"])
        _record(Event.EVIDENCE_CHANGED, actor, place, evidence)
    return evidence


def put_back(actor: Person, place: Place, ref: str, number: int) -> Evidence:
    """Let a piece say again what it said in an earlier version; that becomes its newest version.

    Its file and what it is tied to stay as they are. NotFound where there is no such version, Refused where
    that one is from before the piece was whole: it may be in a dossier by now.
    """

    def earlier_texts(evidence: Evidence) -> None:
        version = EvidenceVersion.objects.filter(evidence=evidence, number=number).first()
        if version is None:
            raise NotFound
        was_whole = not lacks(evidence)
        for column in ("title", "context", "contexts", "story", "details"):
            setattr(evidence, column, version.texts[column])
        earlier = said(version.texts)
        evidence.dated_on, evidence.until = earlier.dated_on, earlier.until
        if was_whole and lacks(evidence):
            raise Refused(refused("not_whole", _NOT_WHOLE))

    return rewrite(actor, place, ref, earlier_texts, Event.EVIDENCE_CHANGED)


@transaction.atomic
def remove_evidence(actor: Person, place: Place, ref: str) -> None:
    """Erase a piece of evidence, from every dossier it is in. Its file goes too, and its versions.

    What a snapshot holds stays: the piece as it was handed in, and its file.
    """
    place = lock_place(place)
    insist_may_write(actor, place)
    evidence = _locked(actor, place, ref)
    file = evidence.file
    append(
        Event.EVIDENCE_REMOVED,
        actor=actor,
        subject=subject_of(place),
        now=clock.now(),
        payload={"evidence": evidence.ref, "erased": [erased(evidence)]},
    )
    drop_openings(evidence)
    evidence.delete()
    _let_go(file)


def _let_go(file: StoredFile | None) -> None:
    """Erase a file that no evidence points at, unless a snapshot or what was carried along holds it."""
    if file is None or any(
        holder.objects.filter(file=file).exists() for holder in (SnapshotItem, CarriedFile)
    ):
        return
    file.delete()
    _forget(file)


def _forget(file: StoredFile | None) -> None:
    """Take a file from the store, once the transaction holds."""
    if file is not None:
        forget_after_commit(file.key)


def lacks(evidence: Evidence) -> tuple[str, ...]:
    """Return what a piece still lacks, as msgids: it came from elsewhere and was not finished since."""
    texts = {**evidence.story, **evidence.details}
    return open_parts(
        EvidenceKind(evidence.kind), texts, evidence.dated_on, has_file=evidence.file_id is not None
    )


def evidence_at(actor: Person, place: Place) -> QuerySet[Evidence, Evidence]:
    """Return somebody's own evidence: what is in the dossier of a procedure, or in a portfolio all of it."""
    mine = Evidence.objects.filter(owner=actor)
    return mine.filter(dossier_items__procedure=place) if isinstance(place, Procedure) else mine


def _own(actor: Person, place: Place, ref: str) -> Evidence:
    evidence = evidence_at(actor, place).filter(ref=ref).select_related("file").first()
    if evidence is None:
        raise NotFound
    return evidence


def _locked(actor: Person, place: Place, ref: str) -> Evidence:
    """Return a piece locked until the transaction ends: it may be in more places than this one."""
    found = evidence_at(actor, place).filter(ref=ref).select_for_update(of=("self",))
    evidence = found.select_related("file").first()
    if evidence is None:
        raise NotFound
    return evidence


def _tie(place: Place, evidence: Evidence, given: EvidenceInput) -> None:
    EvidenceTie.objects.bulk_create(
        EvidenceTie(evidence=evidence, standard=place.standard, code=code, why=why.strip())
        for code, why in given.ties.items()
    )


def _record(event: Event, actor: Person, place: Place, evidence: Evidence) -> None:
    append(
        event,
        actor=actor,
        subject=subject_of(place),
        now=clock.now(),
        payload={"evidence": evidence.ref, "kind": evidence.kind},
        content=[evidence],
    )
