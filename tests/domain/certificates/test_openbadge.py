"""The credential says what the paper says, in the words of Open Badges, and nothing that must not be read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.domain.certificates.case_targets import case_targets
from bekwaam.domain.certificates.checking import credential_faults
from bekwaam.domain.certificates.claims import Holder, Naming, Replaced, Resource
from bekwaam.domain.certificates.openbadge import OpenBadges, open_badges
from bekwaam.domain.certificates.paper import WordsOnPaper
from bekwaam.frameworks.exchange.case import to_package
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.trust.canonical import hash_of
from tests.domain.certificates.badges import (
    BASE,
    EMAIL,
    NAMING,
    ORIGIN,
    ROOT,
    claim,
    rich_paper,
    schema,
    texts,
    vectors,
)
from tests.domain.certificates.linked import expanded_leaves, leaves, quads
from tests.papers import ISSUE, PIECES, paper
from tests.standards import STAGES, indicator_standard, small_standard

GOLDEN = ROOT / "tests" / "data" / "credentials"


def made(
    standard: Framework | None = None,
    stages: dict[str, str | None] | None = None,
    *,
    language: str = "nl",
    life_domains: tuple[str, ...] = (),
    **changes: Any,
) -> OpenBadges:
    standard = standard or small_standard()
    document = paper(standard, stages, language=language, life_domains=life_domains)
    return open_badges(document, claim(standard, language, **changes))


def results(credential: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the results by the last part of what they are results of."""
    return {
        one["resultDescription"].partition("#")[2]: one for one in credential["credentialSubject"]["result"]
    }


EVERY_KIND = {
    "a bit of everything": lambda: open_badges(rich_paper(), claim(origins=ORIGIN)),
    "in English": lambda: open_badges(rich_paper("en"), claim(language="en")),
    "not met": lambda: made(stages={"1.1": None, "1.2": None}),
    "a name in clear": lambda: made(holder=Holder(EMAIL, shows_name=True, did="did:key:z6Mk")),
    "an end and a file": lambda: made(
        valid_until=datetime(2031, 4, 14, tzinfo=UTC),
        resources=(Resource(f"{BASE}/x.pdf", "application/pdf", "0f" * 32),),
    ),
    "in the place of another": lambda: made(replaces=Replaced("2025-A", f"{BASE}/certificaten/2025-A")),
    "by indicator": lambda: made(indicator_standard(2, 5)),
    "the real standard": lambda: made(load_builtin("evc-sociaal-werker-mbo")),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_it_passes_the_official_schema(kind: str) -> None:
    validator = jsonschema_rs.Draft201909Validator(schema(), validate_formats=True)
    for credential in EVERY_KIND[kind]():
        errors = [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(credential)]
        assert errors == []


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_it_passes_the_schema_of_the_data_model(kind: str) -> None:
    path = vectors("vcdm2", "schema", "verifiable-credential", "verifiable-credential-schema.json")
    validator = jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")))
    for credential in EVERY_KIND[kind]():
        assert [str(error) for error in validator.iter_errors(credential)] == []


@given(st.lists(st.sampled_from([None, *(stage.code for stage in STAGES)]), min_size=5, max_size=5))
@settings(max_examples=20, deadline=None)
def test_whatever_was_found_it_hangs_together_and_tells_the_same_as_the_paper(
    found: list[str | None],
) -> None:
    standard = small_standard(5, needed=3)
    document = paper(standard, {f"1.{number}": stage for number, stage in enumerate(found, 1)})
    badges = open_badges(document, claim(standard))
    assert all(credential_faults(credential) == () for credential in badges)
    assert (badges.standard is not None) is document.met is (document.rule.counted >= 3)
    told = results(badges.experience)
    assert told["count"]["value"] == str(document.rule.counted)
    assert [
        told[f"unit-{unit.code}"].get("achievedLevel", "").rpartition("/")[2] for unit in document.units
    ] == [unit.stage or "" for unit in document.units]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_json_ld_drops_nothing_of_it(kind: str) -> None:
    for credential in EVERY_KIND[kind]():
        assert expanded_leaves(credential) == leaves(credential)
        assert len(quads(credential)) > 60


def test_a_word_without_a_meaning_would_be_noticed() -> None:
    credential = {**made().experience, "grade": "10"}
    assert expanded_leaves(credential) < leaves(credential)
    with pytest.raises(AssertionError):
        quads(credential)


def test_it_needs_no_context_but_the_official_two() -> None:
    for credential in made():
        assert credential["@context"] == [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ]


@pytest.mark.parametrize(
    ("stages", "second"), [({}, True), ({"1.1": None}, True), ({"1.1": None, "1.2": None}, False)]
)
def test_the_standard_as_a_whole_is_a_second_credential_only_when_it_was_met(
    stages: dict[str, str | None], second: bool
) -> None:
    badges = made(stages=stages)
    assert (badges.standard is not None, len(list(badges))) == (second, 1 + second)
    assert results(badges.experience)["rule"]["value"] == ("gehaald" if second else "niet gehaald")
    achievements = {credential["credentialSubject"]["achievement"]["id"] for credential in badges}
    assert len(achievements) == 1 + second


def test_the_second_leads_to_the_first() -> None:
    badges = made()
    assert badges.standard is not None
    subject = badges.standard["credentialSubject"]
    assert (
        subject["achievement"]["related"][0]["id"]
        == badges.experience["credentialSubject"]["achievement"]["id"]
    )
    assert badges.standard["evidence"][0]["id"] == badges.experience["id"]
    assert badges.standard["id"] != badges.experience["id"]
    assert badges.standard["credentialStatus"]["id"] != badges.experience["credentialStatus"]["id"]
    assert set(results(badges.standard)) == {"rule", "count"}


def test_a_met_standard_without_an_address_for_its_credential_is_refused() -> None:
    naming = Naming(NAMING.experience_id, NAMING.experience_status)
    with pytest.raises(ValueError, match="an address and a status of its own"):
        made(naming=naming)
    assert made(stages={"1.1": None, "1.2": None}, naming=naming).standard is None


def test_an_outcome_that_disagrees_with_the_rule_is_refused() -> None:
    document = paper(small_standard(), {"1.1": None, "1.2": None})
    with pytest.raises(ValueError, match="disagree"):
        open_badges(replace(document, met=True), claim())


def test_each_competence_has_a_result_at_its_stage_with_what_it_rests_on() -> None:
    found = results(open_badges(rich_paper(), claim(origins=ORIGIN)).experience)
    assert list(found) == ["rule", "count", "unit-1.1", "unit-1.2", "unit-1.3", "unit-L1"]
    first, third = found["unit-1.1"], found["unit-1.3"]
    assert first["achievedLevel"].endswith("#unit-1.1/vakvolwassen") and first["value"] == "vakvolwassen"
    assert first["description"] == (
        "Berust op: portfolio en criteriumgericht interview. "
        "Overgenomen uit certificaat 2024-AAAA-BBBB, uitslag van 2024-06-01."
    )
    assert third["description"].endswith("Gevraagd is vakbekwaam.")
    assert "Overgenomen" not in third["description"]


def test_what_was_not_shown_says_so_and_reaches_no_level() -> None:
    found = results(made(stages={"1.2": None}).experience)["unit-1.2"]
    assert found["value"] == "niet aangetoond" and "achievedLevel" not in found


def test_the_stage_that_the_rule_asks_is_the_level_required_but_not_of_a_life_domain() -> None:
    achievement = open_badges(rich_paper(), claim()).experience["credentialSubject"]["achievement"]
    asked = {one["name"]: one.get("requiredLevel", "") for one in achievement["resultDescription"]}
    assert asked["1.1 competence 1.1"].endswith("/vakbekwaam") and asked["L1 life_domain L1"] == ""


def test_it_points_at_the_case_items_of_the_standard() -> None:
    package = to_package(small_standard(), base_url=BASE)
    served = {entry["uri"]: entry["humanCodingScheme"] for entry in package["CFItems"]}
    achievement = made().experience["credentialSubject"]["achievement"]
    document, *items = achievement["alignment"]
    assert document["targetUrl"] == package["CFDocument"]["uri"]
    assert (
        [served[one["targetUrl"]] for one in items]
        == [one["targetCode"] for one in items]
        == ["1.1", "1.2", "1.3"]
    )
    assert {one["targetType"] for one in items} == {"CFItem"}
    for one in achievement["resultDescription"]:
        assert all(target in items for target in one.get("alignment", ()))


@pytest.mark.parametrize("base", [BASE, ""])
def test_targets_are_where_the_package_says_also_without_a_server(base: str) -> None:
    standard = load_builtin("evc-sociaal-werker-mbo")
    package = to_package(standard, base_url=base or None)
    targets = case_targets(standard, base, "nl")
    assert (targets.document.url, targets.document.identifier) == (
        package["CFDocument"]["uri"],
        package["CFDocument"]["identifier"],
    )
    written = {entry["humanCodingScheme"]: entry for entry in package["CFItems"][: len(standard.items)]}
    assert {code: (one.url, one.identifier) for code, one in targets.items.items()} == {
        code: (entry["uri"], entry["identifier"]) for code, entry in written.items()
    }


def test_it_explains_itself() -> None:
    subject = made(stages={"1.1": None}).experience["credentialSubject"]
    criteria = subject["achievement"]["criteria"]["narrative"]
    assert "Ten minste 2 van de 3 competenties" in criteria and "- vakvolwassen: vakvolwassen" in criteria
    assert "of de hele standaard is gehaald" in criteria
    assert "2 van de 3" in subject["narrative"] and "1.1" in subject["narrative"]


def test_it_names_the_version_of_the_standard_by_its_content() -> None:
    document = paper(small_standard())
    achievement = open_badges(document, claim()).experience["credentialSubject"]["achievement"]
    assert achievement["otherIdentifier"][0]["identifier"] == document.standard.sha256
    assert (achievement["humanCode"], achievement["version"]) == ("klein", "1")


def test_an_achievement_is_the_same_for_all_of_whom_the_same_was_asked() -> None:
    def achievement(**changes: Any) -> str:
        found: str = made(**changes).experience["credentialSubject"]["achievement"]["id"]
        return found

    same = achievement()
    assert same == achievement(stages={"1.1": None}) == achievement(secret="b8" * 32)
    assert same != achievement(language="en")
    assert same != achievement(life_domains=("L1",))
    assert same != achievement(standard=small_standard(needed=3))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_in_it_is_to_be_read_of_persons(language: str) -> None:
    document = rich_paper(language)
    badges = open_badges(document, claim(language=language))
    everything = json.dumps(list(badges), ensure_ascii=False).casefold()
    secret = [
        *(part for name in (ISSUE.candidate, *ISSUE.assessors) for part in (name, name.split()[0])),
        EMAIL,
        EMAIL.split("@")[0],
        *(piece.title for piece in PIECES.values()),
        "De Boer",
        "Weegt zwaar",
        "Loop mee",
        document.sessions[0].place,
        document.sessions[0].present,
        document.sessions[0].identity,
        document.snapshot_sha256,
        hash_of(document.to_json()),
    ]
    assert [text for text in secret if re.search(rf"\b{re.escape(text.casefold())}\b", everything)] == []
    assert "2025-03-14" not in everything  # the day of a piece of evidence


def test_evidence_is_a_hash_and_the_kind_of_thing() -> None:
    first, portfolio, whole = open_badges(rich_paper(), claim()).experience["evidence"]
    assert set(first) == {"type", "genre", "digestMultibase"} and first["genre"] == "Verhaal (STARR)"
    assert portfolio["name"] == "Het portfolio zoals het is ingeleverd"
    assert len({one["digestMultibase"] for one in (first, portfolio, whole)}) == 3


def test_the_name_is_readable_only_with_consent() -> None:
    document = paper(small_standard())
    hidden, shown = (
        open_badges(document, claim(holder=Holder(EMAIL, shows_name=shows))).experience
        for shows in (False, True)
    )
    assert [one["hashed"] for one in hidden["credentialSubject"]["identifier"]] == [True, True]
    email, name = shown["credentialSubject"]["identifier"]
    assert (email["hashed"], name["hashed"], name["identityHash"]) == (True, False, document.candidate)
    assert "salt" not in name and EMAIL.lower() not in "".join(texts(shown)).lower()


def test_a_holder_that_cannot_be_known_is_refused() -> None:
    document = replace(paper(small_standard()), candidate="")
    with pytest.raises(ValueError, match="known"):
        open_badges(document, claim(holder=Holder("")))
    subject = open_badges(document, claim(holder=Holder("", did="did:key:z6Mk"))).experience[
        "credentialSubject"
    ]
    assert subject["id"] == "did:key:z6Mk" and "identifier" not in subject


def test_it_ends_only_where_a_provider_says_so() -> None:
    assert "validUntil" not in made().experience
    until = made(valid_until=datetime(2031, 4, 14, tzinfo=UTC)).experience["validUntil"]
    assert until == "2031-04-14T00:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        made(valid_from=datetime(2026, 4, 14))  # noqa: DTZ001


def test_revocation_and_suspension_each_have_a_place_in_a_list() -> None:
    credential = made().experience
    (suspension,) = credential["termsOfUse"]
    assert (credential["credentialStatus"]["statusPurpose"], suspension["statusPurpose"]) == (
        "revocation",
        "suspension",
    )
    assert credential["credentialStatus"]["statusListIndex"] == "41"
    assert credential["credentialStatus"]["id"].startswith(
        credential["credentialStatus"]["statusListCredential"]
    )
    alone = replace(NAMING, experience_status=replace(NAMING.experience_status, suspension=None))
    assert "termsOfUse" not in made(naming=alone).experience


def test_files_go_along_by_their_hash() -> None:
    resource = Resource(f"{BASE}/certificaat.pdf", "application/pdf", "0f" * 32)
    (found,) = made(resources=(resource,)).experience["relatedResource"]
    assert found["id"] == resource.url and found["digestMultibase"].startswith("uEi")
    with pytest.raises(ValueError, match="32 bytes"):
        made(resources=(replace(resource, sha256="0f"),))


def test_it_leads_to_the_certificate_that_it_takes_the_place_of() -> None:
    earlier = Replaced("2025-AAAA-BBBB", f"{BASE}/certificaten/2025-AAAA-BBBB")
    last = made(replaces=earlier).experience["evidence"][-1]
    assert last["id"] == earlier.experience_id
    assert last["name"] == "Het eerdere certificaat 2025-AAAA-BBBB, waar dit voor in de plaats komt"


def test_words_of_an_organisation_are_named_as_theirs_and_the_targets_are_as_published() -> None:
    document = rich_paper(words=WordsOnPaper("Zo noemen wij het", "Wij BV", date(2026, 1, 1), 3, 9))
    theirs = replace(document.units[0], title="Onze eigen woorden")
    document = replace(document, units=(theirs, *document.units[1:]))
    achievement = open_badges(document, claim()).experience["credentialSubject"]["achievement"]
    assert (
        "3 van de 9 teksten van de standaard staan er in de woorden van Wij BV."
        in (achievement["criteria"]["narrative"])
    )
    named = {
        one["name"]: one.get("alignment", [{}])[0].get("targetName")
        for one in achievement["resultDescription"]
    }
    assert named["1.1 Onze eigen woorden"] == "competence 1.1"


def test_dutch_and_english_say_the_same() -> None:
    dutch, english = (open_badges(rich_paper(lang), claim(language=lang)).experience for lang in ("nl", "en"))
    assert dutch.keys() == english.keys() and dutch["name"] != english["name"]
    assert dutch["credentialSubject"]["achievement"]["inLanguage"] == "nl"
    assert [one["resultDescription"].partition("#")[2] for one in dutch["credentialSubject"]["result"]] == [
        one["resultDescription"].partition("#")[2] for one in english["credentialSubject"]["result"]
    ]
    both = set(texts(dutch)) & set(texts(english))
    assert not any(text.startswith(("Rests on", "Berust op")) for text in both)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_whole_one_is_what_it_was(language: str) -> None:
    """To renew the files after a wanted change: write ``list(badges)`` to them and read the difference."""
    badges = open_badges(rich_paper(language), claim(language=language, origins=ORIGIN))
    kept = json.loads((GOLDEN / f"certificate.{language}.json").read_text("utf-8"))
    assert list(badges) == kept
