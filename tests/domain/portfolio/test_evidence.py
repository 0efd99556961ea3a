"""What a piece of evidence must say, kind by kind."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.portfolio.evidence import (
    MAX_LINK,
    MAX_SHORT,
    MAX_TEXT,
    MAX_TITLE,
    EvidenceKind,
    StarrField,
    check_dates,
    check_evidence,
    link_host,
    tidied,
    words,
)
from bekwaam.domain.portfolio.kinds import KINDS, FieldForm, FileRule, labelled

SAMPLES = {
    FieldForm.LONG: "Ik deed iets.",
    FieldForm.SHORT: "Wijkteam",
    FieldForm.LINK: "https://example.org/a",
}
FIELDS = [(kind, field) for kind, spec in KINDS.items() for field in spec.fields]
LIMITS = {FieldForm.LONG: MAX_TEXT, FieldForm.SHORT: MAX_SHORT, FieldForm.LINK: MAX_LINK}
TODAY = date(2026, 11, 25)


def filled(kind: EvidenceKind) -> dict[str, str]:
    return {field.name: SAMPLES[field.form] for field in KINDS[kind].fields}


def reasons(
    kind: EvidenceKind, title: str = "Titel", has_file: bool = True, **texts: str
) -> list[tuple[str, str]]:
    found = check_evidence(kind, title, {**filled(kind), **texts}, has_file=has_file)
    return [(fault.name, fault.reason) for fault in found]


@pytest.mark.parametrize("kind", EvidenceKind)
def test_a_complete_piece_has_no_faults(kind: EvidenceKind) -> None:
    assert reasons(kind) == []


def test_every_kind_has_a_row() -> None:
    assert list(KINDS) != [] and set(KINDS) == set(EvidenceKind)


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_an_empty_field_is_a_fault_where_it_is_required(kind: EvidenceKind, field: object) -> None:
    expected = [(field.name, "empty")] if field.required else []  # type: ignore[attr-defined]
    assert reasons(kind, **{field.name: " \n"}) == expected  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_field_may_be_as_long_as_its_form_says_and_no_longer(kind: EvidenceKind, field: object) -> None:
    form, name = field.form, field.name  # type: ignore[attr-defined]
    start = "https://x.nl/" if form is FieldForm.LINK else ""
    most = LIMITS[form]
    assert reasons(kind, **{name: start + "x" * (most - len(start))}) == []
    assert reasons(kind, **{name: start + "x" * (most + 1 - len(start))}) == [(name, "too_long")]


@pytest.mark.parametrize("part", StarrField)
def test_a_story_needs_every_part_also_the_reflection(part: StarrField) -> None:
    assert reasons(EvidenceKind.STORY, **{part.value: ""}) == [(part.value, "empty")]


@pytest.mark.parametrize("kind", EvidenceKind)
def test_a_file_is_missed_only_where_it_is_needed(kind: EvidenceKind) -> None:
    needed = KINDS[kind].file is FileRule.NEEDED
    assert reasons(kind, has_file=False) == ([("file", "empty")] if needed else [])


def test_whatever_others_wrote_asks_what_was_ones_own_part() -> None:
    assert reasons(EvidenceKind.JOB_DESCRIPTION, own_part="") == [("own_part", "empty")]
    assert reasons(EvidenceKind.PRODUCT, own_part="") == [("own_part", "empty")]


def test_all_faults_come_together_in_the_order_of_the_form() -> None:
    found = check_evidence(EvidenceKind.STORY, "", {}, has_file=False)
    assert [fault.name for fault in found] == ["title", *(part.value for part in StarrField)]


def test_a_title_has_a_limit() -> None:
    assert reasons(EvidenceKind.STORY, title="x" * MAX_TITLE) == []
    assert reasons(EvidenceKind.STORY, title="x" * (MAX_TITLE + 1)) == [("title", "too_long")]


@pytest.mark.parametrize(
    ("text", "reason", "host"),
    [
        ("https://www.example.org/verslag?x=1#deel", "", "www.example.org"),
        ("http://example.org:8080/", "", "example.org"),
        ("HTTPS://Example.ORG", "", "example.org"),
        ("javascript:alert(1)", "no_link", ""),
        ("JaVaScRiPt://example.org/%0aalert(1)", "no_link", ""),
        ("data:text/html,<script>", "no_link", ""),
        ("ftp://example.org/a", "no_link", ""),
        ("//example.org/a", "no_link", ""),
        ("example.org", "no_link", ""),
        ("https://", "no_link", ""),
        ("https://example.org:port/", "no_link", ""),
        ("https://[::1", "no_link", ""),
        ("https://exa mple.org", "no_link", ""),
        ("https:\\\\example.org", "no_link", ""),
        ("https://example.org/\u202egpj.exe", "no_link", ""),
        ("https://ik:geheim@example.org/", "secret", ""),
        ("https://bank.nl@example.org/", "secret", ""),
    ],
)
def test_a_link_is_http_or_https_and_holds_no_secret(text: str, reason: str, host: str) -> None:
    assert reasons(EvidenceKind.LINK, url=text) == ([("url", reason)] if reason else [])
    assert link_host(text) == host


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("De teamleider van het wijkteam", False),
        ("Manager sinds 2019, schaal 11", False),
        ("teamleider, j.jansen@example.org", True),
        ("teamleider, 06 12 34 56 78", True),
        ("teamleider (050) 123-4567", True),
        ("teamleider +31612345678", True),
    ],
)
def test_who_signed_is_told_without_how_to_reach_them(text: str, refused: bool) -> None:
    for kind in (EvidenceKind.STATEMENT, EvidenceKind.APPRAISAL):
        assert reasons(kind, by=text) == ([("by", "contact")] if refused else [])


@pytest.mark.parametrize(
    ("kind", "first", "last", "expected"),
    [
        (EvidenceKind.STORY, None, None, []),
        (EvidenceKind.STORY, TODAY, None, []),
        (EvidenceKind.STORY, date(2026, 11, 26), None, [("dated_on", "future")]),
        (EvidenceKind.DIPLOMA, None, None, [("dated_on", "empty")]),
        (EvidenceKind.EMPLOYMENT, None, None, [("dated_on", "empty")]),
        (EvidenceKind.EMPLOYMENT, date(2020, 1, 1), None, []),
        (EvidenceKind.EMPLOYMENT, date(2020, 1, 1), date(2020, 1, 1), []),
        (EvidenceKind.EMPLOYMENT, date(2020, 1, 2), date(2020, 1, 1), [("until", "before")]),
        (EvidenceKind.EMPLOYMENT, date(2020, 1, 1), date(2026, 11, 26), [("until", "future")]),
    ],
)
def test_nothing_lies_ahead_and_an_end_comes_after_its_beginning(
    kind: EvidenceKind, first: date | None, last: date | None, expected: list[tuple[str, str]]
) -> None:
    assert [(f.name, f.reason) for f in check_dates(kind, first, last, TODAY)] == expected


def test_texts_are_kept_without_space_around_them_and_without_what_the_kind_does_not_have() -> None:
    given = {"url": " https://x.nl ", "shows": "", "situation": "elders"}
    assert tidied(EvidenceKind.LINK, given) == {"url": "https://x.nl"}
    assert [field.name for _, field in labelled(EvidenceKind.LINK, {"shows": "b", "url": "a"})] == [
        "url",
        "shows",
    ]


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), (" \n", 0), ("Ik ging – samen – erheen.", 4), ("a\nb  c", 3), ("—", 0)]
)
def test_words_are_what_stands_between_spaces(text: str, number: int) -> None:
    assert words(text) == number
