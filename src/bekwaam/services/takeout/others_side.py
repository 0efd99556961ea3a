"""What others said and did, as far as its owner may see it: referees, and procedures with outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F

from bekwaam.domain.procedures.states import OUTCOME_KNOWN, Step
from bekwaam.domain.takeout.names import CERTIFICATES
from bekwaam.services.feedback.reads import own_requests
from bekwaam.services.takeout.holder_side import Forms, forms_of, link_plain, links_of
from bekwaam.services.takeout.own_side import framework_plain
from bekwaam.services.takeout.shelf import Shelf
from bekwaam.store.models import (
    Assignment,
    CarriedFinding,
    Certificate,
    Consent,
    DecisionRecord,
    DossierItem,
    FactRequest,
    FactsConfirmed,
    FeedbackAnswer,
    FeedbackRequest,
    FinalJudgement,
    HeldSession,
    Objection,
    Person,
    PlannedSession,
    Procedure,
    ShareLink,
    Snapshot,
    SnapshotItem,
    StepNote,
    Tip,
)
from bekwaam.store.models.shared import moment

# From then on the candidate sees the outcome (Action.SEE_OUTCOME).
OUTCOME_SEEN = tuple(state.value for state in OUTCOME_KNOWN)

Row = TypeVar("Row")


def feedback(person: Person) -> list[dict[str, Any]]:
    """Return what referees were asked and what they answered, oldest first. Two queries."""
    seen = dict(
        FeedbackAnswer.objects.filter(request__owner=person).values_list("request__ref", "seen_sha256")
    )
    withdrawn = dict(FeedbackRequest.objects.filter(owner=person).values_list("ref", "withdrawn_at"))
    return [
        _request(one, seen.get(one.ref, ""), withdrawn[one.ref]) for one in reversed(own_requests(person))
    ]


def _request(one: Any, seen: str, withdrawn: Any) -> dict[str, Any]:
    said = one.answered
    answer = said and {
        "name": said.name,
        "function": said.function,
        "answered_at": moment(said.at),
        "said": str(said.said or ""),
        "worth": str(said.worth) if said.worth else None,
        "ratings": dict(said.ratings),
        "text": said.text,
        "seen_sha256": seen,
    }
    return {
        "ref": one.ref,
        "kind": str(one.kind),
        "state": str(one.state),
        "name": one.name,
        "relation": str(one.relation),
        "message": one.message,
        "asked_at": moment(one.asked_at),
        "sent_at": moment(one.sent_at),
        "expires_at": moment(one.expires_at),
        "withdrawn_at": moment(withdrawn),
        "evidence": one.evidence_ref or None,
        "evidence_title": one.evidence_title,
        "framework": framework_plain(one.standard) if one.standard else None,
        "codes": list(one.codes),
        "answer": answer,
    }


@dataclass(frozen=True, slots=True)
class Papers:
    """The rows of somebody's procedures, by the key of the procedure; links by that of the certificate."""

    dossier: Mapping[int, list[DossierItem]]
    team: Mapping[int, list[Assignment]]
    consents: Mapping[int, list[Consent]]
    tips: Mapping[int, list[Tip]]
    notes: Mapping[int, list[StepNote]]
    snapshots: Mapping[int, list[Snapshot]]
    decided: Mapping[int, list[DecisionRecord]]
    finals: Mapping[int, list[FinalJudgement]]
    sessions: Mapping[int, list[HeldSession]]
    certificates: Mapping[int, list[Certificate]]
    objections: Mapping[int, list[Objection]]
    carried: Mapping[int, list[CarriedFinding]]
    plans: Mapping[int, list[PlannedSession]]
    asked: Mapping[int, list[FactRequest]]
    confirmed: Mapping[int, list[FactsConfirmed]]
    forms: Forms
    links: Mapping[int, list[ShareLink]]


def procedures(person: Person, shelf: Shelf) -> list[dict[str, Any]]:
    """Return somebody's EVC procedures, oldest first. Twenty-three queries, however many there are."""
    rows = Procedure.objects.filter(candidate=person).select_related("provider", "standard", "follows")
    found = list(rows.defer("standard__document").order_by("started_at", "pk"))
    papers = _papers(person)
    return [_procedure(row, papers, shelf) for row in found]


def _papers(person: Person) -> Papers:
    """Read everything that belongs to somebody's procedures. Twenty-two queries."""
    mine: dict[str, Any] = {"procedure__candidate": person}
    seen = {**mine, "procedure__state__in": OUTCOME_SEEN}
    snapshots = Snapshot.objects.filter(**mine).prefetch_related("items__file", "items__ties")
    finals = FinalJudgement.objects.filter(**seen, replaced_by=None).order_by("unit", "pk")
    dossier = DossierItem.objects.filter(**mine).select_related("evidence")
    return Papers(
        dossier=_by_procedure(dossier.order_by("evidence__added_at", "evidence_id")),
        team=_by_procedure(Assignment.objects.filter(**mine, until=None).select_related("person")),
        consents=_by_procedure(Consent.objects.filter(**mine).order_by("given_at", "pk")),
        tips=_by_procedure(Tip.objects.filter(**mine).select_related("author").order_by("given_at", "pk")),
        notes=_by_procedure(
            StepNote.objects.filter(**mine, step=Step.GIVE_BACK.value).select_related("author").order_by("pk")
        ),
        snapshots=_by_procedure(snapshots),
        decided=_by_procedure(DecisionRecord.objects.filter(**seen).select_related("decided_by")),
        finals=_by_procedure(finals.filter(snapshot=F("procedure__decision__snapshot"))),
        sessions=_by_procedure(HeldSession.objects.filter(**seen, replaced_by=None)),
        certificates=_by_procedure(Certificate.objects.filter(**seen).select_related("file")),
        objections=_by_procedure(Objection.objects.filter(**mine).select_related("answer__answered_by")),
        carried=_by_procedure(CarriedFinding.objects.filter(**seen).select_related("origin")),
        plans=_by_procedure(PlannedSession.objects.filter(**mine, replaced_by=None)),
        asked=_by_procedure(FactRequest.objects.filter(**mine).select_related("answer__answered_by")),
        confirmed=_by_procedure(FactsConfirmed.objects.filter(**mine)),
        forms=forms_of(person),
        links=links_of(person),
    )


def _by_procedure(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.procedure_id].append(row)  # type: ignore[attr-defined]
    return found


def _procedure(row: Procedure, papers: Papers, shelf: Shelf) -> dict[str, Any]:
    def of(rows: Mapping[int, list[Row]]) -> list[Row]:
        return rows.get(row.pk, [])

    decided, certificates = of(papers.decided), of(papers.certificates)
    return {
        "ref": row.ref,
        "number": row.number,
        "provider": {"name": row.provider.name, "place": row.provider.place},
        "framework": framework_plain(row.standard),
        "state": str(row.state),
        "state_since": moment(row.state_since),
        "purpose": row.purpose,
        "other_stages": row.other_stages,
        "life_domains": list(row.life_domains),
        "started_at": moment(row.started_at),
        "evidence": [item.evidence.ref for item in of(papers.dossier)],
        "team": [{"role": str(one.role), "name": one.person.name} for one in of(papers.team)],
        "consents": [_consent(one) for one in of(papers.consents)],
        "tips": [
            {"code": tip.code, "text": tip.text, "author": tip.author.name, "given_at": moment(tip.given_at)}
            for tip in of(papers.tips)
        ],
        "given_back": [
            {"reason": note.text, "author": note.author.name, "at": moment(note.written_at)}
            for note in of(papers.notes)
        ],
        "appointments": [_appointment(one) for one in of(papers.plans)],
        "facts": _facts(of(papers.asked), of(papers.confirmed)),
        "snapshots": [_snapshot(one, shelf) for one in of(papers.snapshots)],
        "outcome": _outcome(row, decided[0], papers) if decided else None,
        "certificate": _certificate(certificates[0], papers, shelf) if certificates else None,
        **_after(row, of(papers.objections)),
    }


def _after(row: Procedure, objections: list[Objection]) -> dict[str, Any]:
    """Return what came before or after a procedure; nothing for most."""
    found: dict[str, Any] = {}
    if row.follows is not None:
        found["follows"] = {"number": row.follows.number, "why": row.why, "units": list(row.units)}
    if objections:
        found["objections"] = [_objection(one) for one in objections]
    return found


def _objection(row: Objection) -> dict[str, Any]:
    answer = getattr(row, "answer", None)
    return {
        "units": list(row.units),
        "grounds": row.grounds,
        "filed_at": moment(row.filed_at),
        "answer": answer
        and {
            "answer": answer.answer,
            "text": answer.text,
            "answered_by": answer.answered_by.name,
            "answered_at": moment(answer.answered_at),
            "alone": answer.alone,
            "differences": answer.differences,
        },
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "text_version": row.text_version,
        "text": row.text,
        "language": row.language,
        "given_at": moment(row.given_at),
        "withdrawn_at": moment(row.withdrawn_at),
    }


def _appointment(row: PlannedSession) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "starts_at": moment(row.starts_at),
        "place": row.place,
        "video_url": row.video_url,
        "participants": row.participants,
        "notes": row.notes,
        "cancelled": row.cancelled,
        "reason": row.reason,
    }


def _facts(asked: list[FactRequest], confirmed: list[FactsConfirmed]) -> dict[str, Any]:
    return {
        "confirmed_at": moment(confirmed[0].confirmed_at) if confirmed else None,
        "requests": [
            {
                "place": row.place,
                "about": row.about,
                "said": row.said,
                "wanted": row.wanted,
                "asked_at": moment(row.asked_at),
                "answer": _answer(row),
            }
            for row in asked
        ],
    }


def _answer(row: FactRequest) -> dict[str, Any] | None:
    answer = getattr(row, "answer", None)
    return answer and {
        "corrected": answer.corrected,
        "text": answer.text,
        "why": answer.why,
        "by": answer.answered_by.name,
        "at": moment(answer.answered_at),
    }


def _snapshot(row: Snapshot, shelf: Shelf) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "number": row.number,
        "handed_in_at": moment(row.handed_in_at),
        "sha256": row.sha256,
        "manifest": row.manifest,
        "items": [_item(item, shelf) for item in row.items.all()],
    }


def _item(row: SnapshotItem, shelf: Shelf) -> dict[str, Any]:
    return {
        "position": row.position,
        "ref": row.ref,
        "kind": row.kind,
        "title": row.title,
        "content": row.content,
        "content_sha256": row.content_sha256,
        "file": shelf.mention(row.file),
        "ties": [{"code": tie.code, "why": tie.why} for tie in row.ties.all()],
    }


def _outcome(row: Procedure, decided: DecisionRecord, papers: Papers) -> dict[str, Any]:
    carried = {one.unit: one for one in papers.carried.get(row.pk, [])}
    own = [_finding(final) for final in papers.finals.get(row.pk, []) if _stands(final, decided)]
    judged = {finding["unit"] for finding in own}
    taken = [_carried(one) for unit, one in carried.items() if unit not in judged]
    return {
        "met": decided.met,
        "decided_at": moment(decided.decided_at),
        "decided_by": decided.decided_by.name,
        "stages": decided.stages,
        "result": decided.outcome,
        "findings": sorted([*own, *taken], key=lambda finding: str(finding["unit"])) if taken else own,
        "sessions": [
            {"ref": one.ref, "kind": one.kind, "held_on": one.held_on.isoformat(), "place": one.place}
            for one in papers.sessions.get(row.pk, [])
        ],
    }


def _stands(final: FinalJudgement, decided: DecisionRecord) -> bool:
    """Tell whether a final judgement is what the outcome counts: not where an earlier one was higher."""
    return bool((final.stage or None) == decided.stages.get(final.unit))


def _finding(final: FinalJudgement | CarriedFinding) -> dict[str, Any]:
    return {
        "unit": final.unit,
        "stage": final.stage or None,
        "evidence": final.evidence,
        "instruments": final.instruments,
        "observed": final.observed,
        "why": final.why,
        "recommendation": final.recommendation,
    }


def _carried(row: CarriedFinding) -> dict[str, Any]:
    origin = {
        "procedure": row.origin.number,
        "decided_on": row.decided_on.isoformat(),
        "certificate": row.certificate,
        "pieces": [piece["title"] for piece in row.pieces],
    }
    return {**_finding(row), "origin": origin}


def _certificate(row: Certificate, papers: Papers, shelf: Shelf) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "number": row.number,
        "language": row.language,
        "issued_at": moment(row.issued_at),
        "file": shelf.mention(row.file, CERTIFICATES, insist_intact=True),
        "document": row.document,
        "forms": papers.forms.plain(row),
        "links": [link_plain(link) for link in papers.links.get(row.pk, [])],
        **({"supersedes": row.supersedes} if row.supersedes else {}),
    }
