"""A seal shows nothing until it is opened, and can then be opened by whoever is given its content."""

from __future__ import annotations

import pytest

from bekwaam.domain.certificates.claims import Holder
from bekwaam.domain.certificates.openbadge import open_badges, paper_digest, sealed_evidence, sealed_paper
from bekwaam.domain.certificates.sealing import (
    digest_of,
    identity_hash,
    multibase_digest,
    plain_email,
    salt_for,
    same_person,
    sealed,
)
from tests.domain.certificates.badges import EMAIL, SECRET, claim, rich_paper


def test_each_thing_has_a_salt_of_its_own_and_always_the_same() -> None:
    salts = {salt_for(SECRET, label) for label in ("email", "name", "paper")}
    assert len(salts) == 3 and SECRET not in salts and salt_for(SECRET, "email") in salts
    assert salt_for("b8" * 32, "email") not in salts


@pytest.mark.parametrize("secret", ["", "a7" * 16, "geen hex"])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|hexadecimal"):
        salt_for(secret, "email")


def test_the_same_thing_is_another_hash_under_another_secret() -> None:
    assert digest_of(sealed(SECRET, "x", "y")) != digest_of(sealed("b8" * 32, "x", "y"))
    assert digest_of(sealed(SECRET, "x", "y")) != digest_of(sealed(SECRET, "z", "y"))


def test_a_digest_is_a_multihash_in_base64url() -> None:
    assert multibase_digest("00" * 32) == "uEiA" + "A" * 43
    with pytest.raises(ValueError, match="32 bytes"):
        multibase_digest("00" * 31)


def test_who_is_given_the_paper_or_a_piece_of_evidence_finds_it_in_the_credential() -> None:
    document = rich_paper()
    digests = [one["digestMultibase"] for one in open_badges(document, claim()).experience["evidence"]]
    opened = sealed_paper(document, SECRET)
    assert digest_of(opened) in digests and opened["value"]["units"][0]["observed"]
    assert paper_digest(document, SECRET) == digest_of(opened)
    assert digest_of(sealed_evidence(document.units[0].evidence[0], SECRET)) in digests
    opened["value"]["units"][0]["observed"] = "Iets anders."
    assert digest_of(opened) not in digests


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Samira Kandidaat", True),
        ("  samira   KANDIDAAT ", True),
        ("Samira Kandidaats", False),
        ("Noor Assessor", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("shows_name", [False, True])
def test_whose_certificate_it_is_can_be_asked_with_a_name(said: str, right: bool, shows_name: bool) -> None:
    credential = open_badges(rich_paper(), claim(holder=Holder(EMAIL, shows_name))).experience
    _, name = credential["credentialSubject"]["identifier"]
    assert same_person(said, name) is right


def test_an_address_is_the_same_in_capitals() -> None:
    email, _ = open_badges(rich_paper(), claim()).experience["credentialSubject"]["identifier"]
    assert same_person(EMAIL.upper(), email) and not same_person("x" + EMAIL, email)
    assert email["identityHash"] == identity_hash(plain_email(EMAIL), email["salt"])


def test_an_identity_without_a_salt_or_hash_is_of_nobody() -> None:
    assert not same_person("Samira", {"hashed": True, "identityType": "name"})
