"""An assessor and a candidate of one employer: refused where it is sure, shown where it may be."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.accounts.employers import Employer
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.services.accounts.employers import employers_of, set_employers
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.procedures.assigning import assign, declare, unassign
from bekwaam.services.procedures.course import give_consent
from bekwaam.services.procedures.team import team
from bekwaam.store.models import AuditEntry, Employment, Procedure
from tests.cast import Cast, Point, fresh


def work(cast: Cast, procedure: Procedure, employer: str, until: date | None = None) -> None:
    """Let the candidate add where they work."""
    given = EvidenceInput(
        kind=EvidenceKind.EMPLOYMENT,
        title="Mijn baan",
        dated_on=date(2019, 3, 1),
        until=until,
        details={"employer": employer, "function": "Sociaal werker"},
        ties={"1.1": "Daar deed ik het."},
    )
    add_evidence(procedure.candidate, fresh(procedure), given)


def test_the_same_employer_is_refused_when_assigning(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    work(cast, procedure, "Stichting De Brink")
    fleur = cast.assessors[2]
    set_employers(fleur, [Employer("Thuis bij Jou"), Employer("De Brink B.V.", 2024)])
    second = cast.person("tweede@example.org", "Tweede", Role.ASSESSOR)
    unassign(cast.coordinator, procedure, cast.assessors[1])
    with pytest.raises(Refused) as caught:
        assign(cast.coordinator, procedure, fleur, Role.ASSESSOR)
    assert caught.value.verdict.reason == "same_employer"
    assert "Stichting De Brink" in caught.value.verdict.text("nl")
    offered = {choice.ref for choice in team(fresh(procedure), with_choices=True).choices}
    assert fleur.ref not in offered and second.ref in offered


@pytest.mark.parametrize(
    ("own", "theirs", "until"),
    [
        (Employer("De Brink", 2018), "Stichting De Brink", None),
        (Employer("De Brink"), "Stichting De Brink", date(2019, 6, 1)),
        (Employer("De Linde"), "Stichting De Brink", None),
    ],
)
def test_what_is_long_ago_or_another_is_no_hindrance(
    cast: Cast, own: Employer, theirs: str, until: date | None
) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    work(cast, procedure, theirs, until)
    set_employers(cast.assessors[0], [own])
    declare(cast.assessors[0], procedure, conflict=False)


def test_no_word_is_taken_that_there_is_no_conflict(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    work(cast, procedure, "Stichting De Brink")
    noor = cast.assessors[0]
    set_employers(noor, [Employer("brink")])
    with pytest.raises(Refused) as caught:
        declare(noor, procedure, conflict=False)
    assert caught.value.verdict.reason == "same_employer"
    declare(noor, procedure, conflict=True, reasons=["employer"])


def test_handing_in_looks_again(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    noor, bram = cast.assessors[:2]
    for person in (noor, bram):
        declare(person, procedure, conflict=False)
    set_employers(noor, [Employer("Gemeente Oostmeer")])
    set_employers(bram, [Employer("Gemeente Westmeer")])
    work(cast, procedure, "gemeente oostmeer")
    hand_in(procedure.candidate, procedure)

    told = {worker.pk: worker for worker in team(procedure).assessors}
    assert told[noor.pk].conflict is True and told[noor.pk].explanation == "gemeente oostmeer"
    assert told[bram.pk].conflict is False
    assert not at_procedure(noor, fresh(procedure)).may(Action.SEE_SNAPSHOT)
    assert AuditEntry.objects.filter(code="conflict.found").count() == 1
    with pytest.raises(Refused):
        declare(noor, procedure, conflict=False)
    assert walk_chain().whole and not list(broken_contents())


def test_what_only_looks_alike_is_for_the_coordinator_to_weigh(cast: Cast) -> None:
    procedure = cast.bring_to(Point.STARTED)
    set_employers(cast.assessors[0], [Employer("Welzijn Oostmeer")])
    give_consent(procedure.candidate, procedure, "nl")
    work(cast, procedure, "Welzijn Oostmeer Noord")
    near = {choice.ref: choice.near for choice in team(fresh(procedure), with_choices=True).choices}
    assert near[cast.assessors[0].ref] == "Welzijn Oostmeer Noord"
    assert near[cast.assessors[1].ref] == ""
    assign(cast.coordinator, procedure, cast.assessors[0], Role.ASSESSOR)


def test_a_list_is_ones_own_and_replaced_as_a_whole(cast: Cast) -> None:
    noor = cast.assessors[0]
    set_employers(noor, [Employer(" De Brink "), Employer("De Linde", 2023)])
    set_employers(noor, [Employer("De Linde", 2023)])
    assert employers_of(noor) == (Employer("De Linde", 2023),)
    with pytest.raises(Invalid):
        set_employers(noor, [Employer("")])
    with pytest.raises(NotFound):
        set_employers(cast.candidate, [Employer("De Brink")])
    assert Employment.objects.count() == 1
    assert "De Linde" not in AuditEntry.objects.filter(code="person.employers_set").last().payload  # type: ignore[union-attr]
