"""Loading words over ours: who may, what is written, and who reads them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from bekwaam.domain.accounts.access import Role
from bekwaam.frameworks.document import content_hash
from bekwaam.frameworks.worded import WordingTexts
from bekwaam.services.accounts.people import register_person, take_role
from bekwaam.services.accounts.standing import find_procedure
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.frameworks.wordings import (
    SentIn,
    drop_sent_in,
    keep_sent_in,
    kept_sent_in,
    load_wording,
    withdraw_wording,
)
from bekwaam.services.frameworks.words import (
    earlier_wordings,
    told,
    told_in,
    wording_for,
    wordings_of,
)
from bekwaam.store.models import AuditEntry, Wording
from tests.cast import Cast, Point, fresh
from tests.standards import indicator_standard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
THEIRS = "Woorden van de beroepsvereniging"
TEXTS = WordingTexts({"1.1": {"title": {"nl": THEIRS}}})
SAID = {"whose": "Beroepsvereniging", "right": "Afspraak van 1 maart"}


def load(cast: Cast, texts: WordingTexts = TEXTS, **said: Any) -> Wording:
    return load_wording(cast.coordinator, cast.provider, cast.standard, texts, **{**SAID, **said})


def of_outsider(cast: Cast) -> Wording:
    texts = WordingTexts({"1.1": {"title": {"nl": "Woorden van elders"}}})
    return load_wording(cast.outsider, cast.other_provider, cast.standard, texts, **SAID)


def reads(cast: Cast, visitor: Any) -> str:
    """Return what somebody reads as the name of 1.1 outside any procedure."""
    wording = wording_for(visitor, cast.standard.identifier, cast.standard.version)
    return told(cast.standard, wording).framework.by_code["1.1"].name("nl")


def test_a_procedure_is_read_in_the_words_of_its_provider(cast: Cast) -> None:
    procedure = cast.start()
    load(cast)
    found, _ = find_procedure(cast.candidate, procedure.ref)
    for one in (found, fresh(procedure)):
        assert told_in(one).framework.by_code["1.1"].name("nl") == THEIRS
        assert told_in(one).marked("nl") and not told_in(one).marked("en")
    assert content_hash(framework_of(cast.standard)) == cast.standard.sha256


def test_finding_a_procedure_tells_its_words_without_another_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    procedure = cast.start()
    load(cast)
    told_in(fresh(procedure))
    found, _ = find_procedure(cast.candidate, procedure.ref)
    with django_assert_num_queries(0):
        assert told_in(found).head is not None


def test_another_provider_and_another_version_keep_ours(cast: Cast) -> None:
    other = publish(None, indicator_standard())
    load(cast)
    of_theirs = cast.start(standard=other)
    assert told_in(of_theirs).head is None
    assert reads(cast, cast.outsider) == "competence 1.1"


@pytest.mark.parametrize("name", ["coordinator", "guide", "auditor"])
def test_everybody_who_has_a_role_there_reads_them(cast: Cast, name: str) -> None:
    load(cast)
    assert reads(cast, getattr(cast, name)) == THEIRS


def test_a_candidate_reads_them_as_long_as_the_procedure_runs(cast: Cast) -> None:
    load(cast)
    assert reads(cast, cast.candidate) == "competence 1.1"
    procedure = cast.bring_to(Point.FILLED)
    assert reads(cast, cast.candidate) == THEIRS
    cast.bring_on(procedure, Point.CLOSED, since=Point.FILLED)
    assert reads(cast, cast.candidate) == "competence 1.1"


def test_who_left_operators_and_visitors_read_ours(cast: Cast) -> None:
    load(cast)
    take_role(cast.coordinator, cast.provider, cast.guide, Role.GUIDE)
    for visitor in (cast.guide, cast.operator, cast.outsider, AnonymousUser()):
        assert reads(cast, visitor) == "competence 1.1"


def test_who_works_at_two_providers_with_words_of_their_own_reads_ours(cast: Cast) -> None:
    load(cast)
    register_person(cast.outsider, cast.other_provider, cast.guide.email, "Gijs", (Role.GUIDE,))
    assert reads(cast, cast.guide) == THEIRS
    of_outsider(cast)
    assert reads(cast, cast.guide) == "competence 1.1"


def test_loading_again_puts_a_new_row_in_the_place_of_the_old_one(cast: Cast) -> None:
    first = load(cast)
    load(cast, WordingTexts({"1.2": {"text": {"nl": "Alleen dit"}}}))
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    framework = told_in(cast.start()).framework
    assert framework.by_code["1.2"].text.nl == "Alleen dit"
    assert framework.by_code["1.1"].name("nl") == "competence 1.1"
    earlier = earlier_wordings(cast.provider, cast.standard.identifier, cast.standard.version)
    assert [head.sha256 for head in earlier] == [first.sha256]
    assert len(wordings_of(cast.provider)) == 1


def test_the_same_texts_loaded_twice_are_two_wordings(cast: Cast) -> None:
    assert load(cast).sha256 != load(cast, whose="Een ander").sha256
    head = told_in(cast.start()).head
    assert head is not None and head.whose == "Een ander"


def test_withdrawn_words_are_read_by_nobody(cast: Cast) -> None:
    procedure = cast.start()
    load(cast)
    withdraw_wording(cast.coordinator, cast.provider, cast.standard)
    found, _ = find_procedure(cast.candidate, procedure.ref)
    assert told_in(found).head is None
    assert reads(cast, cast.guide) == "competence 1.1"
    with pytest.raises(NotFound):
        withdraw_wording(cast.coordinator, cast.provider, cast.standard)


def test_the_chain_vouches_for_the_words_and_holds_none_of_them(cast: Cast) -> None:
    load(cast)
    row = load(cast)
    withdraw_wording(cast.coordinator, cast.provider, cast.standard)
    entries = AuditEntry.objects.filter(code__startswith="wording.")
    assert [entry.code for entry in entries.order_by("sequence")] == [
        "wording.loaded",
        "wording.loaded",
        "wording.withdrawn",
    ]
    for entry in entries:
        assert THEIRS not in entry.payload
        assert json.loads(entry.payload)["commitments"]
    assert walk_chain().whole
    assert not list(broken_contents())
    Wording.objects.filter(pk=row.pk).update(texts={"1.1": {"title": {"nl": "Stiekem anders"}}})
    assert [found.row for found in broken_contents()] == [row.pk]


@pytest.mark.parametrize("name", ["guide", "auditor", "candidate", "operator", "outsider"])
def test_only_a_coordinator_there_loads_and_withdraws(cast: Cast, name: str) -> None:
    load(cast)
    person = getattr(cast, name)
    with pytest.raises(Refused):
        load_wording(person, cast.provider, cast.standard, TEXTS, **SAID)
    with pytest.raises(Refused):
        withdraw_wording(person, cast.provider, cast.standard)
    with pytest.raises(Refused):
        keep_sent_in(person, cast.provider, cast.standard, SentIn("a.csv", b"", **SAID))
    assert Wording.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("texts", "said", "names"),
    [
        (TEXTS, {"whose": "  "}, ["whose"]),
        (TEXTS, {"right": ""}, ["right"]),
        (TEXTS, {"whose": "x" * 201, "right": "x" * 301}, ["whose", "right"]),
        (WordingTexts(), {}, ["file"]),
        (WordingTexts({"9.9": {"title": {"nl": "x"}}}), {}, ["file"]),
    ],
)
def test_what_is_not_filled_in_is_said_and_nothing_is_written(
    cast: Cast, texts: WordingTexts, said: dict[str, str], names: list[str]
) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(Invalid) as error:
        load(cast, texts, **said)
    assert [fault.name for fault in error.value.faults] == names
    assert not Wording.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_file_is_kept_for_its_sender_alone_until_it_is_dropped(cast: Cast) -> None:
    given = SentIn("woorden.csv", b"\x00code;titel\xff", **SAID)
    keep_sent_in(cast.coordinator, cast.provider, cast.standard, given)
    other = cast.person("tweede@example.org", "Tweede", Role.COORDINATOR)
    assert kept_sent_in(cast.coordinator, cast.provider, cast.standard) == given
    assert kept_sent_in(other, cast.provider, cast.standard) is None
    drop_sent_in(cast.coordinator, cast.provider, cast.standard)
    assert kept_sent_in(cast.coordinator, cast.provider, cast.standard) is None


def test_a_file_that_is_too_large_is_refused(cast: Cast) -> None:
    given = SentIn("groot.csv", b"x" * (5 * 1024 * 1024 + 1), **SAID)
    with pytest.raises(Invalid) as error:
        keep_sent_in(cast.coordinator, cast.provider, cast.standard, given)
    assert "5 MB" in error.value.faults[0].text("en")
