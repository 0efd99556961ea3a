"""Text inside files that were handed in is compared like stories, in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.signs.sign import SignCode
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.signs.catching_up import catch_up, to_count
from bekwaam.services.signs.jobs import look_into_files
from bekwaam.store.models import FileSketch, FoundSign, Person, Procedure, TextMatch
from tests.cast import Cast, Point
from tests.documents import docx
from tests.services.portfolio.test_kinds import given
from tests.services.signs.people import ONE, TWO, told


def with_file(cast: Cast, who: Person, text: str) -> Procedure:
    """Return a procedure in which ``who`` handed in a document with this text."""
    procedure = cast.bring_to(Point.CONSENTED, candidate=who)
    plan = EvidenceInput(kind=EvidenceKind.FILE, title="Plan", ties={"1.1": "Zie."})
    add_evidence(who, procedure, plan, SimpleUploadedFile("plan.docx", docx(*text.split(". "))))
    return cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)


def with_story(cast: Cast, who: Person, text: str) -> Procedure:
    procedure = cast.bring_to(Point.CONSENTED, candidate=who)
    add_evidence(who, procedure, told(text))
    return cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)


def read(procedure: Procedure) -> None:
    look_into_files.call(procedure.snapshots.get().ref)


def signs(procedure: Procedure) -> set[str]:
    return set(FoundSign.objects.filter(procedure=procedure).values_list("code", flat=True))


@pytest.mark.parametrize("other", [with_file, with_story])
def test_a_file_that_stands_elsewhere_is_found_from_both_sides(cast: Cast, log_in: Any, other: Any) -> None:
    mine = with_file(cast, cast.candidate, ONE)
    theirs = other(cast, cast.person("ander@example.org", "Ander"), ONE)
    assert SignCode.TEXT_HERE not in signs(mine)
    for procedure in (mine, theirs):
        read(procedure)
    assert SignCode.TEXT_HERE in signs(mine) & signs(theirs)
    piece = mine.snapshots.get().items.get().ref
    page = log_in(cast.auditor).get(reverse("signs:texts", args=[mine.ref, piece])).content.decode()
    assert "Woorden in een bestand" in page and ONE[:40] not in page


def test_different_files_do_not_meet_and_are_read_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = with_file(cast, cast.candidate, ONE)
    theirs = with_file(cast, cast.person("ander@example.org", "Ander"), TWO)
    keys = to_count()
    assert len(list(catch_up(keys))) == 2
    assert not TextMatch.objects.exists() and to_count() == []
    made = list(FileSketch.objects.order_by("pk").values_list("prints", flat=True))
    assert all(made) and made[0] != made[1]
    for procedure in (mine, theirs):
        read(procedure)
    assert list(FileSketch.objects.order_by("pk").values_list("prints", flat=True)) == made


def test_what_cannot_be_read_is_compared_with_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    broken = EvidenceInput(kind=EvidenceKind.FILE, title="Kapot", ties={"1.1": "Zie."})
    add_evidence(cast.candidate, procedure, broken, SimpleUploadedFile("plan.docx", docx("kort")))
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    read(procedure)
    assert FileSketch.objects.get().prints == [] and to_count() == []


def test_nothing_is_read_where_comparing_is_off(cast: Cast, settings: Any) -> None:
    settings.COMPARE_TEXTS = False
    read(with_file(cast, cast.candidate, ONE))
    assert not FileSketch.objects.exists()


def test_an_example_that_people_were_given_is_nobodys_own(cast: Cast, settings: Any, tmp_path: Any) -> None:
    (tmp_path / "voorbeeld.txt").write_text(ONE, encoding="utf-8")
    settings.EXAMPLES = str(tmp_path)
    mine = with_file(cast, cast.candidate, ONE)
    theirs = with_story(cast, cast.person("ander@example.org", "Ander"), ONE)
    for procedure in (mine, theirs):
        read(procedure)
    assert not TextMatch.objects.exists()


def test_what_others_wrote_for_the_candidate_is_not_read(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    thanks = replace(given(EvidenceKind.STATEMENT), ties={"1.1": "Zie."})
    add_evidence(cast.candidate, procedure, thanks, SimpleUploadedFile("dank.docx", docx(*ONE.split(". "))))
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    read(procedure)
    assert not FileSketch.objects.exists() and to_count() == []
