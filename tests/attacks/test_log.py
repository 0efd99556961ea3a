"""The drill on the public log: what somebody who can write in the database tries, and who sees it.

Two people look. The *auditor* runs ``bekwaam audit check`` on the installation. A *stranger* kept a
checkpoint earlier and looks again with ``bekwaam log watch``; no one has to have met the provider. Each row
says who notices, how, and what they see.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner
from django.test import Client

from bekwaam.cli.main import main
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.status import Change
from bekwaam.domain.publiclog.watching import Kept, Look, Seen, look
from bekwaam.services.audit import walk_chain
from bekwaam.services.publiclog.auditing import walk_tree
from bekwaam.services.publiclog.daily import log_audit_head
from bekwaam.services.publiclog.reads import consistency, leaves_of, proof_of
from bekwaam.services.signing.ring import log_key
from bekwaam.store.models import (
    AuditEntry,
    AuditOpening,
    Certificate,
    CertificateForm,
    CertificateSecret,
    ChainHead,
    LogCheckpoint,
    LogHead,
    LogLeaf,
    LogNode,
    PublishedList,
    SigningKey,
    StatusChange,
    StatusPlace,
)
from bekwaam.trust.chain import link_hash
from bekwaam.trust.checkpoints import objection
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.logproofs import check_log_proof
from bekwaam.trust.reasons import Reason
from tests.cast import Cast, Point
from tests.services.publiclog.logging import entry, logged
from tests.services.statuses.issued import Issued, change, codes

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ADDRESS = "https://testserver/log/"


def over_the_wire(url: str, most_bytes: int) -> bytes:
    """Fetch as a stranger does, from the real endpoints."""
    response = Client().get(url.removeprefix("https://testserver"))
    if response.status_code != 200:
        raise OSError(response.status_code)
    return response.content


def stranger(known: Kept | None = None) -> Look:
    return look(ADDRESS, known, over_the_wire)


def kept() -> Kept:
    """Return what a stranger keeps who looks for the first time."""
    found = stranger().to_keep
    assert found is not None
    return found


def auditor() -> tuple[int, str]:
    """Return the exit status and the report of the check."""
    result = CliRunner().invoke(main, ["audit", "check", "--lang", "en"])
    return result.exit_code, result.output


def write_anew(change: Callable[[list[LogEntry]], list[LogEntry]]) -> None:
    """Make the whole log anew, as only somebody can who has its key: every hash and signature fits."""
    entries = [LogEntry.read(leaf.data.encode()) for leaf in LogLeaf.objects.order_by("index")]
    for table in (LogLeaf, LogNode, LogCheckpoint, LogHead):
        table.objects.all().delete()
    logged(*change(entries))


def without(kind: Kind) -> Callable[[list[LogEntry]], list[LogEntry]]:
    return lambda entries: [one for one in entries if one.kind is not kind]


@pytest.fixture
def found(cast: Cast) -> Issued:
    """Return a certificate as it is really issued."""
    procedure = cast.bring_to(Point.ISSUED)
    form = CertificateForm.objects.get(form=Form.EXPERIENCE)
    return Issued(procedure, form.certificate, (json.loads(form.content),))


def test_what_nobody_touched_is_whole(found: Issued, cast: Cast) -> None:
    known = kept()
    log_audit_head()
    change(cast, found, Change.SUSPENDED)
    change(cast, found, Change.REVOKED)
    assert "The public log is whole and agrees" in auditor()[1]
    assert stranger(known).seen is Seen.GROWN


def test_log_forked_to_show_two_stories(found: Issued, cast: Cast) -> None:
    """Who: any two strangers who compare, and anybody with an earlier checkpoint. How: both are signed, and
    no proof leads from one to the other. They see: "Two stories", exit status 1, both notes as evidence.
    """
    change(cast, found, Change.REVOKED)
    revoked = kept()
    write_anew(without(Kind.REVOKED))
    logged(entry(40), entry(41))
    other = kept()
    assert walk_tree().broken is None  # the installation itself looks fine
    assert stranger(revoked).seen is Seen.FORK
    one, two = revoked.checkpoint, other.checkpoint
    assert objection(one, two, consistency(one.size, two.size)) is Reason.FORK


def test_leaf_edited_in_the_database(found: Issued) -> None:
    """Who: the auditor. How: the leaf no longer has its hash. They see which leaf was changed."""
    leaf = LogLeaf.objects.filter(kind=str(Kind.ISSUED)).first()
    assert leaf is not None
    read = LogEntry.read(leaf.data.encode())
    backdated = replace(read, at=read.at.replace(year=2020))
    LogLeaf.objects.filter(pk=leaf.pk).update(data=backdated.data.decode(), at=backdated.at)
    status, said = auditor()
    assert (status, f"Leaf {leaf.index} of the public log was changed." in said) == (1, True)


def test_leaf_edited_with_all_hashes_and_signatures_made_anew(found: Issued) -> None:
    """Who: a stranger with an earlier checkpoint. How: as a fork. They see: "Two stories"."""
    logged(entry(50))
    known = kept()

    def backdated(entries: list[LogEntry]) -> list[LogEntry]:
        return [replace(entries[0], at=entries[0].at.replace(year=2020)), *entries[1:]]

    write_anew(backdated)
    assert walk_tree().broken is None
    assert stranger(known).seen is Seen.FORK


def test_last_leaf_removed_from_the_database(found: Issued, cast: Cast) -> None:
    """Who: the auditor, by the hashes and by the status that no leaf explains; and a stranger who saw it.

    The auditor sees where the log was cut off; the stranger that the log shows less than before (status 2).
    """
    change(cast, found, Change.REVOKED)
    known = kept()
    leaf = LogLeaf.objects.filter(kind=str(Kind.REVOKED)).latest("index")
    index = leaf.index
    leaf.delete()
    LogCheckpoint.objects.filter(size__gt=index).delete()
    last = LogCheckpoint.objects.latest("size")
    LogHead.objects.update(size=last.size, note=last.note)
    status, said = auditor()
    assert (status, f"ends at {index} leaves" in said) == (1, True)
    assert "is not what the public log says of it" in said
    assert stranger(known).seen is Seen.HIDES


def test_audit_chain_rewritten_after_its_end_was_logged(found: Issued) -> None:
    """Who: the auditor. How: the end of the chain of that day is a leaf of the log. They see which entry is
    not the one that was logged, although the chain by itself is whole again.
    """
    log_audit_head()
    previous = ""
    for row in AuditEntry.objects.order_by("sequence"):
        row.actor = "system" if row.sequence == 3 else row.actor
        row.previous = previous or row.previous
        names = ("sequence", "at", "actor", "code", "subject", "previous")
        named = {name: getattr(row, name) for name in names}
        row.hash = previous = link_hash(**named, payload=json.loads(row.payload))
        row.save()
    ChainHead.objects.update(hash=previous)
    assert walk_chain().whole
    status, said = auditor()
    assert status == 1
    assert "the chain was rewritten" in said


def test_revocation_removed_from_the_database(found: Issued, cast: Cast) -> None:
    """Who: the auditor, and whoever asks the log of the certificate. How: the leaf stays. The auditor sees
    that the status is not what the log says; whoever checks still sees "revoked": the list is made of both.
    """
    change(cast, found, Change.REVOKED)
    assert codes(found.credentials[0]) == {"revoked"}
    StatusPlace.objects.update(revoked=False)
    AuditOpening.objects.filter(table="StatusChange").delete()
    StatusChange.objects.all().delete()
    PublishedList.objects.all().delete()
    assert codes(found.credentials[0]) == {"revoked"}
    digest = credential_digest(found.credentials[0])
    status, said = auditor()
    assert (status, f"Whether {digest} was revoked" in said) == (1, True)
    assert leaves_of(digest)[-1].kind is Kind.REVOKED


def test_report_of_a_stolen_key_removed_from_the_database(found: Issued) -> None:
    """Who: the auditor, and who reads the log. How: the leaf stays. They see which key it is about."""
    key = SigningKey.objects.get(provider=found.procedure.provider)
    logged(entry(60, Kind.KEY_COMPROMISED, of=key.public))
    status, said = auditor()
    assert (status, f"What became of key {key.public} is not what the public log says" in said) == (1, True)


def test_issued_certificate_removed_from_the_database(found: Issued) -> None:
    """Who: the auditor, and its holder. How: its leaf stays, and no erasing left a place in a status list.
    The auditor sees that a leaf tells of nothing; the holder can still prove that it was issued, and when.
    """
    digest = credential_digest(found.credentials[0])
    issued_leaf = leaves_of(digest)[0]
    for table in ("Certificate", "CertificateForm"):
        AuditOpening.objects.filter(table=table).delete()
    StatusPlace.objects.all().delete()
    CertificateForm.objects.all().delete()
    CertificateSecret.objects.all().delete()
    Certificate.objects.all().delete()
    status, said = auditor()
    assert (status, f"tells of a certificate ({digest}) that is nowhere any more" in said) == (1, True)
    proof = proof_of(digest)
    assert proof is not None
    assert check_log_proof(proof, issued_leaf.leaf, log_key()).size > proof.index


def test_certificate_put_into_the_database_beside_the_log(found: Issued) -> None:
    """Who: the auditor. How: it names no leaf. They see its number. (A stranger sees: not in the log.)"""
    CertificateForm.objects.filter(certificate=found.certificate).update(leaf=None)
    status, said = auditor()
    assert (status, f"Certificate {found.certificate.number} is there, but the public log" in said) == (
        1,
        True,
    )
