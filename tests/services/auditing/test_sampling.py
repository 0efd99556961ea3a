"""Samples on record: announced, drawn once, exported, and drawn again without us."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.auditing.redraw import Point, redraw
from bekwaam.domain.auditing.sampling import Dated
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.auditing.export import export_sample
from bekwaam.services.auditing.reads import read_sample
from bekwaam.services.auditing.sampling import announce_sample, draw_sample
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import AuditEntry, Person, Sample
from bekwaam.trust.chain import link_hash
from tests.cast import Cast
from tests.cast import Point as At
from tests.services.auditing.samples import criteria, drawn


def others(cast: Cast, number: int) -> list[str]:
    """Start dossiers of others and return their references."""
    people = [cast.person(f"k{n}@example.org", f"Kandidaat {n}") for n in range(number)]
    return [cast.start(candidate=person).ref for person in people]


def test_a_sample_is_announced_unseen_and_drawn_on_record(cast: Cast) -> None:
    refs = others(cast, 5)
    announced = announce_sample(cast.auditor, cast.provider, criteria(number=2))
    unseen = read_sample(cast.provider, announced.ref)
    assert (unseen.program_half, unseen.seed, unseen.drawn, unseen.total) == ("", "", (), 0)
    first = AuditEntry.objects.get(code="sample.announced")
    assert announced.program_half not in first.payload
    done = draw_sample(cast.auditor, cast.provider, announced.ref, "  3 5 1 6 ")
    told = json.loads(AuditEntry.objects.get(code="sample.drawn").payload)
    assert set(done.drawn) <= set(refs) and len(done.drawn) == 2
    assert (told["drawn"], told["seed"], told["total"]) == (done.drawn, done.seed, 5)
    assert done.own_half == "3 5 1 6" and "3 5 1 6" not in json.dumps(told)
    assert walk_chain().whole and not list(broken_contents())


def test_only_an_auditor_announces_and_only_who_announced_it_draws(cast: Cast) -> None:
    others(cast, 1)
    for person in (cast.coordinator, cast.guide, cast.outsider, cast.operator):
        with pytest.raises(Refused):
            announce_sample(person, cast.provider, criteria())
    sample = announce_sample(cast.auditor, cast.provider, criteria())
    second = cast.person("tweede@example.org", "Tweede Auditor", Role.AUDITOR)
    for person in (second, cast.coordinator):
        with pytest.raises(Refused):
            draw_sample(person, cast.provider, sample.ref, "x")
    with pytest.raises(Refused):
        draw_sample(cast.auditor, cast.other_provider, sample.ref, "x")
    assert Sample.objects.get().drawn_at is None


def test_a_sample_is_drawn_once(cast: Cast) -> None:
    others(cast, 3)
    sample = drawn(cast, number=1)
    with pytest.raises(Refused) as refused:
        draw_sample(cast.auditor, cast.provider, sample.ref, "liever een ander")
    assert refused.value.verdict.reason == "drawn"
    assert Sample.objects.get().drawn == sample.drawn


def test_without_a_half_of_ones_own_nothing_is_drawn(cast: Cast) -> None:
    others(cast, 1)
    sample = announce_sample(cast.auditor, cast.provider, criteria())
    for half in ("", "  ", "x" * 201):
        with pytest.raises(Invalid):
            draw_sample(cast.auditor, cast.provider, sample.ref, half)
    assert not AuditEntry.objects.filter(code="sample.drawn").exists()


def test_where_nothing_fits_nothing_is_drawn(cast: Cast) -> None:
    sample = announce_sample(cast.auditor, cast.provider, criteria())
    with pytest.raises(Refused) as refused:
        draw_sample(cast.auditor, cast.provider, sample.ref, "x")
    assert refused.value.verdict.reason == "nothing_fits"
    assert Sample.objects.get().seed == ""
    with pytest.raises(NotFound):
        draw_sample(cast.auditor, cast.provider, "bestaatniet1", "x")


def test_criteria_with_faults_are_not_announced(cast: Cast) -> None:
    with pytest.raises(Invalid):
        announce_sample(cast.auditor, cast.provider, criteria(number=None))
    assert not Sample.objects.exists()


def test_only_what_fits_is_drawn_from(cast: Cast) -> None:
    intake = cast.start(candidate=cast.person("a@example.org", "A"))
    issued = cast.bring_to(At.ISSUED)
    today = clock.today()
    listed = lambda **asked: Sample.objects.get(pk=drawn(cast, **asked).pk).population  # noqa: E731
    assert listed(states=(State.ISSUED,)) == [issued.ref]
    assert listed(dated=Dated.DECIDED) == [issued.ref]
    assert listed(standard="klein@1") == sorted([intake.ref, issued.ref])
    assert listed(start=today, end=today) == sorted([intake.ref, issued.ref])
    for nothing in ({"standard": "klein@2"}, {"end": today - timedelta(days=1)}, {"states": (State.CLOSED,)}):
        with pytest.raises(Refused):
            drawn(cast, **nothing)


def test_the_exported_file_draws_the_same_again(cast: Cast) -> None:
    others(cast, 6)
    sample = drawn(cast, number=None, percent=40)
    redrawn = redraw(json.loads(json.dumps(export_sample(cast.provider, sample.ref))))
    assert redrawn.good
    assert list(redrawn.drawn) == sample.drawn and len(sample.drawn) == 3
    assert [check.point for check in redrawn.checks] == list(Point)


def tampered(exported: dict[str, Any], how: str) -> dict[str, Any]:
    changed = copy.deepcopy(exported)
    entries = changed["entries"]
    if how == "another sample":
        changed["sample"] = list(reversed(changed["sample"]))
    elif how == "a shorter list":
        changed["list"] = changed["list"][1:]
    elif how == "another half":
        changed["own_half"] = "beter zo"
    elif how == "another program's half":
        changed["program_half"] = "0" * 32
    elif how == "more asked":
        changed["criteria"]["number"] = 3
    elif how == "an entry changed":
        entries["drawn"]["payload"]["drawn"].reverse()
    elif how == "entries the other way round":
        entries["announced"], entries["drawn"] = entries["drawn"], entries["announced"]
    elif how == "drawn by somebody else":
        own = {**entries["drawn"], "actor": "person:iemandanders"}
        del own["hash"]
        entries["drawn"] = {**own, "hash": link_hash(**own)}
    return changed


FOUND = {
    "another sample": {Point.SAMPLE},
    "a shorter list": {Point.LIST},
    "another half": {Point.SEED},
    "another program's half": {Point.FINGERPRINT, Point.SEED},
    "more asked": {Point.CRITERIA, Point.NUMBER},
    "an entry changed": {Point.ENTRIES, Point.SAMPLE},
    "drawn by somebody else": {Point.ORDER},
}


def test_whatever_is_changed_in_the_file_is_found(cast: Cast) -> None:
    others(cast, 6)
    exported = export_sample(cast.provider, drawn(cast, number=2).ref)
    for how, expected in FOUND.items():
        bad = {check.point for check in redraw(tampered(exported, how)).checks if not check.good}
        # Whatever is drawn from is no longer the same either, so that the sample may differ too.
        assert expected <= bad <= expected | {Point.SAMPLE, Point.NUMBER}, how


def test_what_is_no_exported_sample_is_refused(cast: Cast) -> None:
    others(cast, 2)
    exported = export_sample(cast.provider, drawn(cast, number=1).ref)
    for broken in (
        {}, [], {**exported, "format": "anders/1"}, {**exported, "entries": {}}, {**exported, "list": 3},
        {**exported, "criteria": {**exported["criteria"], "start": "gisteren"}},
        tampered(exported, "entries the other way round"),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            redraw(broken)  # type: ignore[arg-type]


def test_a_sample_that_was_not_drawn_or_is_elsewhere_is_not_exported(cast: Cast) -> None:
    sample = announce_sample(cast.auditor, cast.provider, criteria())
    with pytest.raises(Refused):
        export_sample(cast.provider, sample.ref)
    with pytest.raises(NotFound):
        export_sample(cast.other_provider, sample.ref)
    with pytest.raises(NotFound):
        read_sample(cast.other_provider, sample.ref)


def test_a_drawn_sample_that_is_changed_in_the_database_is_found_out(cast: Cast) -> None:
    others(cast, 3)
    sample = drawn(cast, number=1)
    Sample.objects.filter(pk=sample.pk).update(
        drawn=[one for one in sample.population if one not in sample.drawn]
    )
    assert [(found.table, found.row) for found in broken_contents()] == [("Sample", sample.pk)]
    assert isinstance(sample.auditor, Person)
