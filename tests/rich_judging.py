"""Dossiers in every phase of judging, with the addresses that show all of it to who works on them.

For tests that go past every screen of assessment, procedures, auditing, calibration, signs and certificates;
see ``tests/web/test_judging_screens.py``. Everything goes through the services.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan
from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.domain.certificates.status import Change
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.assessment.planning import plan_session
from bekwaam.services.auditing.notes import write_note
from bekwaam.services.auditing.sampling import announce_sample
from bekwaam.services.certificates.facts import answer_request, ask_correction
from bekwaam.services.certificates.sharing import note_visit
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import HeldSession, Person, Procedure
from tests.cast import Cast, Point, piece_refs
from tests.domain.signs.stories import TEXTS
from tests.rich import load_made
from tests.services.auditing.samples import criteria, drawn
from tests.services.calibration.practice import drafted, judged, released
from tests.services.certificates.links import secret_of, shown
from tests.services.signs.people import told

_LONG: Final = "Arbeidsongeschiktheidsverzekeringsmaatschappijgebouw, zaal Buurtbemiddelingsoverleg, Zwolle"


@dataclass(frozen=True)
class Judged:
    """Who looks, and what every word in capitals of :data:`ADDRESSES` stands for."""

    people: dict[str, Person]
    known: dict[str, str]


def make_judged(cast: Cast) -> Judged:
    """Bring a dossier to every phase that has screens of its own."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    issued = cast.bring_to(Point.ISSUED)
    started = cast.start(candidate=cast.person("begin@example.org", "Bente Begin"))
    declared, other = _declared(cast, "Dora Declaratie", mbo)
    revealed = cast.bring_to(
        Point.REVEALED, candidate=cast.person("onthuld@example.org", "Odin Onthuld"), standard=cast.standard
    )
    decided = cast.bring_to(
        Point.DECIDED, candidate=cast.person("klaar@example.org", "Kim Klaar"), life_domains=["L1"]
    )
    plan = plan_session(
        cast.coordinator,
        declared,
        Plan(InstrumentKind.INTERVIEW, clock.now() + timedelta(days=7), _LONG, "", "Dora, Noor", "Bel aan."),
    )
    change_status(cast.coordinator, issued, Change.SUSPENDED, "investigation", "Een vraag. " + _LONG)
    sample = drawn(cast)
    announced = announce_sample(cast.auditor, cast.provider, criteria())
    write_note(cast.auditor, sample.ref, issued, "De redenen zijn te volgen. " + _LONG)
    practice, ready = released(cast, "Oefening over de buurt"), drafted(cast, "Nog niet klaar")
    judged(cast, practice, "123", "122")
    load_made(cast, cast.standard, _LONG)
    return Judged(
        people={
            "kandidaat": cast.candidate,
            "beslist": decided.candidate,
            "assessor": cast.assessors[0],
            "derde": cast.assessors[2],
            "coordinator": cast.coordinator,
            "auditor": cast.auditor,
        },
        known={
            "PROVIDER": cast.provider.ref,
            "STARTED": started.ref,
            "DECLARED": declared.ref,
            "OTHER": other.ref,
            "REVEALED": revealed.ref,
            "DECIDED": decided.ref,
            "ISSUED": issued.ref,
            "PLAN": plan.ref,
            "HELD": HeldSession.objects.filter(procedure=decided).get().ref,
            "ASKED": _asked(cast, decided),
            "SAMPLE": sample.ref,
            "ANNOUNCED": announced.ref,
            "PRACTICE": practice.ref,
            "DRAFT": ready.ref,
            "NOOR": cast.assessors[0].ref,
            "COPIED": piece_refs(declared)[-1],
            "SECRET": secret_of(issued, label=_LONG, depth="reasons", shows_name=True),
            "LINK": _looked_at(issued),
        },
    )


def _declared(cast: Cast, name: str, standard: object) -> tuple[Procedure, Procedure]:
    """Return a dossier to judge, and one that nobody declared on yet; a story in both is the same."""
    text = TEXTS[0]
    other = cast.bring_to(Point.CONSENTED, candidate=cast.person("eerder@example.org", "Eva Eerder"))
    add_evidence(other.candidate, other, told(text))
    cast.bring_on(other, Point.HANDED_IN, since=Point.FILLED)
    mine = cast.bring_to(
        Point.FILLED,
        candidate=cast.person("dora@example.org", name),
        standard=standard,  # type: ignore[arg-type]
        life_domains=["L1"],
    )
    add_evidence(mine.candidate, mine, told(text, "Buurtbemiddelingsgesprekken en schuldhulpverlening"))
    return cast.bring_on(mine, Point.DECLARED, since=Point.FILLED), other


def _looked_at(issued: Procedure) -> str:
    """Let the holder make a link that somebody opens; return it."""
    link = shown(issued)
    note_visit(link.pk)
    return link.ref


def _asked(cast: Cast, decided: Procedure) -> str:
    """Ask for corrections on a draft; return the one that is not answered yet."""
    answered = ask_correction(decided.candidate, decided, Spot(Place.CANDIDATE), "Kim van der Klaar")
    answer_request(cast.coordinator, decided, answered.ref, corrected=True, text="Kim van der Klaar")
    return ask_correction(decided.candidate, decided, Spot(Place.OBSERVED, "1.1"), _LONG).ref


# Who looks, and at what: words in capitals are looked up in :class:`Judged`.
ADDRESSES: Final = """
assessor     assessment:queue
assessor     assessment:declaration/OTHER
assessor     assessment:judging/DECLARED
assessor     assessment:judge/DECLARED/1.1
assessor     assessment:judge/DECLARED/L1
assessor     assessment:finish/DECLARED
assessor     assessment:plans/DECLARED
assessor     assessment:plan_new/DECLARED
assessor     assessment:plan/DECLARED/PLAN
assessor     assessment:plan_cancel/DECLARED/PLAN
assessor     assessment:questions/DECLARED
assessor     assessment:session_new/DECLARED?plan=PLAN
assessor     assessment:finals/REVEALED
assessor     assessment:final/REVEALED/1.1
assessor     signs:signs/DECLARED
assessor     signs:texts/DECLARED/COPIED
assessor     certificates:draft/DECIDED
assessor     certificates:fact_answer/DECIDED/ASKED
assessor     calibration:home
assessor     calibration:index/PROVIDER
derde        calibration:judge/PROVIDER/PRACTICE
assessor     calibration:practice/PROVIDER/PRACTICE
coordinator  procedures:overview/PROVIDER
coordinator  procedures:start/PROVIDER
coordinator  procedures:people/PROVIDER
coordinator  procedures:usual/PROVIDER
coordinator  procedures:workings/PROVIDER
coordinator  procedures:working/PROVIDER/klein
coordinator  procedures:keeping/PROVIDER
coordinator  procedures:procedure/STARTED
coordinator  procedures:procedure/DECLARED
coordinator  procedures:procedure/DECIDED
coordinator  procedures:scope/STARTED
coordinator  procedures:give_back/DECLARED
coordinator  procedures:withdraw/STARTED
coordinator  procedures:close/ISSUED
coordinator  procedures:reassess/ISSUED
coordinator  procedures:replace/DECLARED/NOOR
coordinator  agenda:agenda
assessor     agenda:agenda
assessor     agenda:link
coordinator  agenda:reminders/PROVIDER
coordinator  mail:of_procedure/ISSUED
coordinator  mail:of_provider/PROVIDER
coordinator  procedures:log/ISSUED
coordinator  growth:offers/PROVIDER
coordinator  growth:offers_on/PROVIDER/klein/1
coordinator  growth:own_profiles/PROVIDER
coordinator  growth:own_profiles_on/PROVIDER/klein/1
coordinator  signs:settings/PROVIDER
coordinator  signs:signs/DECLARED
coordinator  certificates:outcome/DECIDED
coordinator  certificates:draft/DECIDED
coordinator  certificates:fact_answer/DECIDED/ASKED
coordinator  certificates:status/ISSUED
coordinator  certificates:status_change/ISSUED/intrekken
coordinator  calibration:new/PROVIDER
coordinator  calibration:real/PROVIDER
coordinator  calibration:practice/PROVIDER/PRACTICE
coordinator  calibration:prepare/PROVIDER/DRAFT
coordinator  auditing:notice/PROVIDER
auditor      auditing:samples/PROVIDER
auditor      auditing:announce/PROVIDER
auditor      auditing:sample/PROVIDER/SAMPLE
auditor      auditing:draw/PROVIDER/ANNOUNCED
auditor      auditing:check/PROVIDER/SAMPLE
auditor      auditing:dossier/ISSUED/SAMPLE
auditor      auditing:note/ISSUED/SAMPLE
beslist      certificates:draft/DECIDED
beslist      certificates:fact_ask/DECIDED/why:1.1
kandidaat    certificates:outcome/ISSUED
kandidaat    certificates:holding/ISSUED
coordinator  certificates:holding/ISSUED
kandidaat    certificates:shares/ISSUED
kandidaat    certificates:share/ISSUED/LINK
kandidaat    certificates:share_preview/ISSUED/reasons?naam=1
kandidaat    certificates:shared/SECRET
kandidaat    certificates:status/ISSUED
kandidaat    growth:what_if_in/ISSUED
"""


def by_person(made: Judged) -> dict[str, list[tuple[str, str]]]:
    """Return the screens of each person, as what each is called and its address."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in ADDRESSES.strip().splitlines():
        who, row = line.split()
        spec, _mark, query = row.partition("?")
        name, *rest = spec.split("/")
        address = reverse(name, args=[made.known.get(one, one) for one in rest])
        for word, ref in made.known.items():
            query = query.replace(word, ref)
        found.setdefault(who, []).append((f"{who}:{row}", address + (f"?{query}" if query else "")))
    return found
