"""Links to profiles elsewhere hold what those places ask, and nothing of the holder."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from bekwaam.domain.certificates.profiles import europass_link, linkedin_link
from tests.domain.certificates.badges import rich_paper
from tests.papers import ISSUE

CHECK = "https://evchuis.example/c/2026-7KQ4-XM2P?a=1&b=2"


def filled_in(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


def test_linkedin_gets_the_fields_of_its_form() -> None:
    link = linkedin_link(rich_paper(), CHECK)
    assert link.startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&")
    assert filled_in(link) == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Ervaringscertificaat: Standaard klein",
        "organizationName": "EVC Huis Noord",
        "issueYear": "2026",
        "issueMonth": "4",
        "certUrl": CHECK,
        "certId": "2026-7KQ4-XM2P",
    }


def test_a_provider_with_a_page_there_is_named_by_its_number_and_an_end_is_told() -> None:
    fields = filled_in(
        linkedin_link(rich_paper("en"), CHECK, organisation_id="42", expires=date(2031, 4, 14))
    )
    assert fields["organizationId"] == "42" and "organizationName" not in fields
    assert (fields["expirationYear"], fields["expirationMonth"]) == ("2031", "4")
    assert fields["name"].startswith("Certificate of experience")


@pytest.mark.parametrize(
    "address", ["", "http://evchuis.example/c", "javascript:alert(1)", "https://", "/c/1"]
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https address"):
        linkedin_link(rich_paper(), address)


def test_nothing_of_the_holder_goes_along() -> None:
    assert not any(part in linkedin_link(rich_paper(), CHECK) for part in ISSUE.candidate.split())


def test_europass_gets_a_page_where_the_file_is_handed_in() -> None:
    parts = urlsplit(europass_link())
    assert (parts.scheme, parts.hostname, parts.query) == ("https", "europa.eu", "")
