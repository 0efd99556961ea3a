"""One person's made-up, well-filled portfolio, with the addresses that show all of it.

For tests that go past every screen of portfolio, growth and feedback; see ``tests/web/test_every_screen.py``.
Needs a database in which commits happen, for the letters to referees go out after one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.feedback.answering import AnswerInput, answer
from bekwaam.services.feedback.asking import Referee, ask_to_confirm, ask_to_rate
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.activities import ActivityInput, finish_activity, plan_activity
from bekwaam.services.growth.agreeing import agree
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.growth.targets import own_profiles
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import (
    Evidence,
    FeedbackRequest,
    FrameworkVersion,
    OwnPortfolio,
    PlanActivity,
    PlanGoal,
    Procedure,
    SelfRound,
)
from tests.cast import Cast, Point, story
from tests.files import PNG, pdf

_WAV: Final = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00"
_LONG_NAME: Final = "Verslag-van-de-bijeenkomst-met-bewoners-en-wijkagent-over-de-buurtkamer.wav"
# Long words and long texts: what makes a page too wide is rarely an example of ten letters.
_TITLE: Final = "Buurtbemiddelingsgesprekken en schuldhulpverleningstrajecten in de wijk"


@dataclass(frozen=True)
class Rich:
    """What was made; ``own`` is the portfolio without a procedure, ``tokens`` the links of the referees."""

    own: OwnPortfolio
    fresh: Procedure
    filled: Procedure
    issued: Procedure
    pieces: dict[str, Evidence]
    opened: SelfRound
    finished: SelfRound
    goal: PlanGoal
    planned: PlanActivity
    done: PlanActivity
    requests: dict[str, FeedbackRequest]
    tokens: dict[str, str]


def make_rich(cast: Cast) -> Rich:
    """Fill everything that a person can fill, by the services alone."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    issued = cast.bring_to(Point.ISSUED)
    own = start_portfolio(cast.candidate, mbo.pk)
    pieces = _pieces(cast, own)
    fresh = cast.bring_to(Point.ASSIGNED)
    filled = cast.bring_to(Point.FILLED, standard=mbo, life_domains=["L1"])
    for value in ("startbekwaam", "vakbekwaam"):
        for standard in (mbo, cast.standard):
            finished = _round(cast, standard, value)
    requests, tokens = _asked(cast, mbo, pieces["story"])
    opened = start_round(cast.candidate, mbo)
    rate(cast.candidate, opened.ref, "1.1", {"1.1": "vakbekwaam"}, "Dat merk ik aan de gesprekken.")
    goal, planned, done = _plan(cast, mbo)
    _knowledge(cast)
    return Rich(own, fresh, filled, issued, pieces, opened, finished, goal, planned, done, requests, tokens)


def _pieces(cast: Cast, own: OwnPortfolio) -> dict[str, Evidence]:
    def add(given: EvidenceInput, *upload: SimpleUploadedFile) -> Evidence:
        return add_evidence(cast.candidate, own, given, *upload)

    def file(kind: EvidenceKind, title: str, **details: str) -> EvidenceInput:
        return EvidenceInput(
            kind=kind, title=title, dated_on=date(2024, 5, 1), details=details, ties={"1.2": "Zie."}
        )

    for number in range(26):  # a second page
        add(story(f"{_TITLE} {number}", ["1.1", "1.2"]))
    made = {"made_for": "Voor de bewoners.", "own_part": "Ik maakte het."}
    return {
        "story": add(story("De dozen in de hal", ["1.1", "1.2", "2.1"])),
        "photo": add(file(EvidenceKind.FILE, "Foto"), SimpleUploadedFile("foto.png", PNG)),
        "pdf": add(file(EvidenceKind.FILE, "Plan"), pdf()),
        "sound": add(file(EvidenceKind.PRODUCT, "Opname", **made), SimpleUploadedFile(_LONG_NAME, _WAV)),
        "film": add(
            file(EvidenceKind.FILE, "Film"),
            SimpleUploadedFile("film.mp4", b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00mp42"),
        ),
        "link": add(
            file(EvidenceKind.LINK, "Site", url="https://example.org/" + "a" * 80, shows="Mijn werk.")
        ),
    }


def _round(cast: Cast, standard: FrameworkVersion, value: str) -> SelfRound:
    begun = start_round(cast.candidate, standard)
    for code in ("1.1", "1.2"):
        rate(cast.candidate, begun.ref, code, {code: value}, "Zo zie ik het nu.")
    return finish_round(cast.candidate, begun.ref, "Ik ben rustiger geworden.")


def load_made(cast: Cast, standard: FrameworkVersion, name: str) -> None:
    """Load a learning offer and a function that are about competence 1.1 for the provider."""
    sheets = {
        CatalogueKind.OFFERS: f"Leeraanbod;Soort;Competenties;Wat het is;Link\n{name};Scholing buiten de "
        "organisatie;1.1;Acht bijeenkomsten.;https://example.org/leren\n",
        CatalogueKind.PROFILES: f"Functie;Functieboek;Competenties;Stadium;Waarom\n{name};FB-12;1.1;"
        "vakbekwaam;Zonder contact begint er niets.\n",
    }
    for kind, text in sheets.items():
        looked = look_through(kind, text.encode(), "blad.csv", framework_of(standard), cast.provider)
        assert not looked.faults
        load_catalogue(cast.coordinator, cast.provider, standard, kind, looked.entries, "blad.csv")


def _plan(cast: Cast, mbo: FrameworkVersion) -> tuple[PlanGoal, PlanActivity, PlanActivity]:
    """Make a plan: a goal with something to do and something done, another one closed, and an agreement."""
    given = GoalInput(
        ("1.1", "2.1"), "vakvolwassen", f"{_TITLE}: durven beginnen.", None, "functie-wijkcoach"
    )
    goal = set_goal(cast.candidate, mbo, given)
    later = date(clock.today().year + 1, 5, 1)
    planned = plan_activity(cast.candidate, goal.ref, ActivityInput("practice_research", _TITLE, later))
    done = plan_activity(cast.candidate, goal.ref, ActivityInput("peer_consultation"))
    finish_activity(cast.candidate, done.ref, clock.today(), "Ik vraag nu eerder door.")
    closed = set_goal(cast.candidate, mbo, GoalInput(("1.2",), "vakbekwaam", "Rustig blijven."))
    close_goal(cast.candidate, closed.ref, "Dat lukt me nu.")
    agree(cast.candidate, "Nel de Wit-van Amerongen", clock.today())
    load_made(cast, mbo, _TITLE)
    return goal, planned, done


def _knowledge(cast: Cast) -> None:
    """Say what one knows: fresh, near and out of date, with a goal and a round on the same item."""
    body = publish(None, load_builtin("kennis-sociaal-werk"))
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=90)):
        old = KnowledgeInput("yes", f"{_TITLE}: https://example.org/{'a' * 80}.", today - timedelta(days=60))
        say_knowledge(cast.candidate, body, "K1.4", old)
    for code, known, days in (("E2.1", "partly", 3), ("K3.2", "yes", 300), ("K3.10", "no", 0)):
        day = today + timedelta(days=days)
        say_knowledge(cast.candidate, body, code, KnowledgeInput(known, "Bij een collega.", day))
    set_goal(cast.candidate, body, GoalInput(("K1.4",), "yes", f"{_TITLE}: de nieuwe wet leren kennen."))
    begun = start_round(cast.candidate, body)
    rate(cast.candidate, begun.ref, "K1.4", {"K1.4": "partly"})
    finish_round(cast.candidate, begun.ref)


def _asked(
    cast: Cast, mbo: FrameworkVersion, piece: Evidence
) -> tuple[dict[str, FeedbackRequest], dict[str, str]]:
    """Ask for a confirmation and a look along, each answered and waiting; on both standards."""
    nel = Referee("Nel de Wit-van Amerongen", "nel@example.org", "volunteer_organisation")
    requests, tokens = {}, {}
    for name in ("confirm", "confirmed", "rate", "rated", "rated_small"):
        if name.startswith("confirm"):
            requests[name] = ask_to_confirm(cast.candidate, piece.ref, nel, "Weet je nog?")
        else:
            standard = cast.standard if name == "rated_small" else mbo
            requests[name] = ask_to_rate(cast.candidate, standard, ["1.1", "1.2"], nel)
        found = re.search(r"/referent/([^/\s]+)/", str(mail.outbox[-1].body))
        assert found
        tokens[name] = found.group(1)
        if name == "confirmed":
            answer(tokens[name], AnswerInput(name=nel.name, said="partly", text="De hal was beneden."))
        elif name.startswith("rated"):
            answer(tokens[name], AnswerInput(name=nel.name, ratings={"1.1": "vakvolwassen", "1.2": "none"}))
    return requests, tokens


# What stands after a name goes into its address: words in capitals are looked up in :class:`Rich`.
ADDRESSES: Final = """
portfolio:portfolios?nieuw=1
portfolio:own_dossier/OWN?page=2
portfolio:own_coverage/OWN?toon=open
portfolio:own_unit/OWN/1.1
portfolio:own_evidence_kinds/OWN
portfolio:own_evidence_new/OWN/story?code=1.1
portfolio:own_evidence_new/OWN/file
portfolio:own_evidence_new/OWN/employment
portfolio:own_evidence/OWN/story
portfolio:own_evidence/OWN/photo
portfolio:own_evidence/OWN/pdf
portfolio:own_evidence/OWN/sound
portfolio:own_evidence/OWN/film
portfolio:own_evidence/OWN/link
portfolio:own_evidence_remove/OWN/story
portfolio:own_versions/OWN/story
portfolio:own_version/OWN/story/1
portfolio:consent/FRESH
portfolio:dossier/FILLED
portfolio:dossier/ISSUED
portfolio:coverage/FILLED
portfolio:unit/FILLED/L1
portfolio:evidence_kinds/FILLED
portfolio:evidence_new/FILLED/diploma
portfolio:evidence/FILLED/FILLED_PIECE
portfolio:evidence/ISSUED/ISSUED_PIECE
portfolio:evidence_remove/FILLED/FILLED_PIECE
portfolio:versions/FILLED/FILLED_PIECE
portfolio:version/FILLED/FILLED_PIECE/1
portfolio:take/FILLED
portfolio:hand_in/FILLED
portfolio:upgrade/FILLED
growth:rounds
growth:round/OPENED
growth:round/FINISHED
growth:unit/OPENED/1.2
growth:unit/OPENED/L1
growth:finish/OPENED
growth:drop/OPENED
growth:growth/evc-sociaal-werker-mbo/1.0
growth:growth/klein/1?laag=anderen
growth:growth/klein/1?laag=oordeel
growth:where
growth:gap/evc-sociaal-werker-mbo/1.0/standaard
growth:gap/evc-sociaal-werker-mbo/1.0/functie-wijkcoach?stem=anderen
growth:gap/klein/1/stadium-vakbekwaam?stem=oordeel
growth:knowledge?kader=kennis-sociaal-werk@1.0
growth:knowledge?toon=verouderd
growth:knowledge_item/kennis-sociaal-werk/1.0/K1.4
growth:knowledge_item/kennis-sociaal-werk/1.0/E1.1
growth:knowledge_forget/kennis-sociaal-werk/1.0/K1.4
growth:profiles
growth:profile_compare?een=functienamen/wijkcoach&ander=functienamen/sociaal-makelaar
growth:profile/functienamen/sociaal-makelaar
growth:profile/eigen/OWN_PROFILE
growth:plan
growth:talk
growth:agree
growth:goal_new?kader=evc-sociaal-werker-mbo@1.0&naar=standaard&code=1.1&code=6.2
growth:goal/GOAL
growth:goal_change/GOAL
growth:goal_close/GOAL
growth:goal_drop/GOAL
growth:activity_new/GOAL
growth:activity/PLANNED
growth:activity/DONE
growth:activity_change/PLANNED
growth:activity_done/PLANNED
growth:activity_drop/PLANNED
growth:what_if/evc-sociaal-werker-mbo/1.0
growth:what_if_in/FILLED
portfolio:take_along
portfolio:bring_in
portfolio:from_mahara
feedback:requests
feedback:ask_confirmation/story
feedback:ask_rating
feedback:request/confirm
feedback:request/confirmed
feedback:request/rated
feedback:referee/TOKEN_confirm
feedback:referee/TOKEN_confirmed
feedback:referee/TOKEN_rate
"""


def addresses(rich: Rich) -> list[tuple[str, str]]:
    """Return every row of :data:`ADDRESSES` with the address that it stands for."""
    filled = rich.filled.dossier_items.get().evidence
    handed = rich.issued.dossier_items.get().evidence
    known = {
        "OWN": rich.own.ref,
        "FRESH": rich.fresh.ref,
        "FILLED": rich.filled.ref,
        "ISSUED": rich.issued.ref,
        "FILLED_PIECE": filled.ref,
        "ISSUED_PIECE": handed.ref,
        "OPENED": rich.opened.ref,
        "FINISHED": rich.finished.ref,
        "OWN_PROFILE": own_profiles(rich.goal.owner)[0].code,
        "GOAL": rich.goal.ref,
        "PLANNED": rich.planned.ref,
        "DONE": rich.done.ref,
        **{f"TOKEN_{name}": token for name, token in rich.tokens.items()},
    }
    pieces = {name: piece.ref for name, piece in rich.pieces.items()}
    requests = {name: request.ref for name, request in rich.requests.items()}
    found = []
    for row in ADDRESSES.split():
        spec, _mark, query = row.partition("?")
        name, *rest = spec.split("/")
        refs = {} if name.endswith("evidence_new") else pieces
        refs = requests if name == "feedback:request" else refs
        arguments = [{**known, **refs}.get(one, one) for one in rest]
        found.append((row, reverse(name, args=arguments) + (f"?{query}" if query else "")))
    return found
