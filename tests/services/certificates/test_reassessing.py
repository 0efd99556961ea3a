"""Judging again on what fell short, and the certificate that comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bekwaam.domain.procedures.scope import Purpose
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.certificates.reassessing import reassess
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.objections.handling import answer
from bekwaam.services.procedures.course import set_scope, withdraw
from bekwaam.services.procedures.objecting import object_to
from bekwaam.store.models import Certificate, Procedure
from tests.cast import Cast, Point, fresh
from tests.services.objections.objecting import GROUNDS, decided_again

SHORT = {"1.2": "not_shown", "1.3": "not_shown"}


def later(days: int = 30):
    return clock.at(clock.now() + timedelta(days=days))


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.verdict.reason


def judged_again(cast: Cast, procedure: Procedure, units: list[str], point: Point) -> Procedure:
    again = reassess(cast.coordinator, procedure, units)
    return cast.bring_on(again, point)


def test_only_what_fell_short_is_judged_and_all_else_is_carried_forward_by_name(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED, stages=SHORT, life_domains=["L1"], other_stages=True)
    with later():
        again = judged_again(cast, procedure, ["1.2"], Point.ISSUED)
    assert (again.state, again.units, again.follows_id) == ("issued", ["1.2"], procedure.pk)
    old, new = Certificate.objects.get(procedure=procedure), Certificate.objects.get(procedure=again)
    assert new.supersedes == old.number and new.document["met"]
    assert new.document["supersedes"]["reason"] == "wat tekortkwam is opnieuw beoordeeld"
    units = {unit["code"]: unit for unit in new.document["units"]}
    assert units["1.2"]["origin"] is None and units["1.2"]["stage"] == "vakbekwaam"
    for code in ("1.1", "1.3"):
        assert units[code]["origin"]["procedure"] == procedure.number
        assert units[code]["origin"]["certificate"] == old.number
    (domain,) = new.document["life_domains"]
    assert domain["origin"]["procedure"] == procedure.number
    assert fresh(procedure).state == "closed"
    assert walk_chain().whole and not list(broken_contents())


def test_a_finding_keeps_the_name_of_where_it_was_made_first(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED, stages=SHORT)
    with later():
        second = judged_again(cast, procedure, ["1.2"], Point.ISSUED)
    with later(60):
        third = judged_again(cast, second, ["1.3"], Point.ISSUED)
    finals = read_outcome(third).finals
    assert finals["1.1"].carried.origin.procedure == procedure.number
    assert finals["1.2"].carried.origin.procedure == second.number
    assert finals["1.3"].carried is None
    assert third.certificate.supersedes == second.certificate.number
    assert third.first_id == procedure.pk


def test_judged_again_and_lower_the_earlier_finding_stays(cast: Cast) -> None:
    procedure = cast.bring_to(
        Point.CLOSED, stages={"1.2": "startbekwaam", "1.3": "not_shown"}, other_stages=True
    )
    with later():
        again = reassess(cast.coordinator, procedure, ["1.2"])
        again = cast.bring_on(again, Point.ISSUED, stages={"1.2": "not_shown"})
    assert again.decision.stages["1.2"] == "startbekwaam"


def test_why_a_reassessment_cannot_start(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages=SHORT)
    assert refusal(lambda: reassess(cast.coordinator, procedure, ["1.2"])) == "may_object"
    with later():
        assert refusal(lambda: reassess(cast.candidate, procedure, ["1.2"])) == "no_role"
        with pytest.raises(Invalid):
            reassess(cast.coordinator, procedure, [])
        with pytest.raises(Invalid):
            reassess(cast.coordinator, procedure, ["1.1"])
        reassess(cast.coordinator, procedure, ["1.2"])
        assert refusal(lambda: reassess(cast.coordinator, procedure, ["1.3"])) == "running"
    assert Procedure.objects.count() == 2


def test_nothing_starts_from_what_a_newer_outcome_replaced(cast: Cast) -> None:
    procedure, again, others = decided_again(cast, {"1.2": "vakbekwaam", "1.3": "not_shown"})
    answer(others.coordinator, procedure, "Deels.", "nl")
    with later():
        assert refusal(lambda: reassess(cast.coordinator, procedure, ["1.3"])) == "superseded"
        assert reassess(cast.coordinator, again, ["1.3"]).follows_id == again.pk


def test_nothing_starts_from_an_objection_that_changed_nothing(cast: Cast) -> None:
    procedure, again, others = decided_again(cast, {"1.2": "not_shown", "1.3": "not_shown"})
    answer(others.coordinator, procedure, "Niets.", "nl")
    with later():
        assert refusal(lambda: reassess(cast.coordinator, again, ["1.3"])) == "not_issued"
        assert reassess(cast.coordinator, procedure, ["1.3"]).follows_id == procedure.pk


def test_stopping_it_leaves_the_first_certificate_as_it_was(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages=SHORT)
    with later():
        again = cast.bring_on(reassess(cast.coordinator, procedure, ["1.2"]), Point.FILLED)
        withdraw(cast.candidate, again, "Nu niet.")
    assert fresh(procedure).state == "issued"
    assert read_outcome(fresh(procedure)).issued.successor is None
    with later(40):  # and it can be tried once more
        assert reassess(cast.coordinator, procedure, ["1.2"]).state == "intake"


def test_its_scope_cannot_be_changed_and_its_new_part_can_be_objected_to(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED, stages=SHORT)
    with later():
        again = reassess(cast.coordinator, procedure, ["1.2"])

        def widen() -> None:
            set_scope(
                cast.coordinator, again, purpose=Purpose.TRANSFER, other_stages=True, life_domains=["L1"]
            )

        assert refusal(widen) == "follows"
        again = cast.bring_on(again, Point.DECIDED, stages={"1.2": "not_shown"})
        cast.facts_right(again)
        issue(cast.coordinator, again, "nl")
        with pytest.raises(Invalid):
            object_to(cast.candidate, again, ["1.3"], GROUNDS)
        object_to(cast.candidate, again, ["1.2"], GROUNDS)


def test_the_page_proposes_what_fell_short(cast: Cast, log_in, django_assert_max_num_queries) -> None:
    procedure = cast.bring_to(Point.CLOSED, stages=SHORT)
    page = reverse("procedures:reassess", args=[procedure.ref])
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(12):
        early = client.get(page).content.decode()
    assert "De kandidaat kan nog bezwaar maken" in early and "Nieuwe beoordeling beginnen" not in early
    with later(15):
        shown = client.get(page).content.decode()
        assert shown.count(" checked") == 2 and "1.2 competence 1.2" in shown
        done = client.post(page, {"units": ["1.3"]})
    again = Procedure.objects.get(follows=procedure)
    assert done.headers["Location"] == reverse("procedures:procedure", args=[again.ref])
    assert again.units == ["1.3"]
    mine = log_in(cast.candidate).get(reverse("portfolio:consent", args=[again.ref])).content.decode()
    assert f"overgenomen uit traject {procedure.number}" in mine and "1.3 competence 1.3" in mine
