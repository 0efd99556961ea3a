"""A provider's website and its number in the register of companies."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.identity import Identity, check_identity, tidied


@pytest.mark.parametrize(
    ("website", "becomes"),
    [
        ("", ""),
        ("https://evc.nl", "https://evc.nl"),
        (" www.evc-huis.nl/over ", "https://www.evc-huis.nl/over"),
        ("http://evc.example:8080/", "http://evc.example:8080/"),
        ("ftp://evc.nl", None),
        ("javascript:alert(1)", None),
        ("https://ria@evc.nl", None),
        ("https://evc", None),
        ("evc", None),
        ("https://10.0.0.1", None),
        ("https://evc.nl/a b", None),
        ("https://evc.nl:99999", None),
        ("https://evc.nl/" + "a" * 200, None),
        ("https://[::1", None),
    ],
)
def test_a_website(website: str, becomes: str | None) -> None:
    meant = tidied(Identity(website))
    if becomes is None:
        assert [fault.name for fault in check_identity(meant)] == ["website"]
    else:
        assert (meant.website, check_identity(meant)) == (becomes, ())


@pytest.mark.parametrize(
    ("number", "becomes"),
    [("", ""), ("12345678", "12345678"), (" 1234 56.78", "12345678"), ("1234567", None), ("123456789", None),
     ("NL123456", None), ("١٢٣٤٥٦٧٨", None)],
)  # fmt: skip
def test_a_number_of_the_register(number: str, becomes: str | None) -> None:
    meant = tidied(Identity("", number))
    if becomes is None:
        assert [fault.name for fault in check_identity(meant)] == ["legal_id"]
    else:
        assert (meant.legal_id, check_identity(meant)) == (becomes, ())
