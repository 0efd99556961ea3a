"""Taking a version along: every format, once written and kept, for anybody."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from rdflib import Graph

from bekwaam.frameworks.document import from_document
from bekwaam.frameworks.exchange.formats import FORMATS
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks import taking
from bekwaam.services.frameworks.versions import publish

pytestmark = pytest.mark.django_db
MBO = "/kaders/evc-sociaal-werker-mbo/1.0/"


@pytest.fixture(autouse=True)
def published() -> None:
    publish(None, load_builtin("evc-sociaal-werker-mbo", "1.0"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_linked_and_comes_as_a_file_of_that_kind(client: Client, form: str) -> None:
    url = f"{MBO}meenemen/{form}"
    assert f'href="{url}"' in client.get(MBO).content.decode()
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[form].media_type
    assert FORMATS[form].suffix in response["Content-Disposition"]
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_comes_is_what_is_there(client: Client) -> None:
    framework = load_builtin("evc-sociaal-werker-mbo", "1.0")
    assert from_document(json.loads(client.get(f"{MBO}meenemen/json").content)) == framework
    assert load_workbook(BytesIO(client.get(f"{MBO}meenemen/xlsx").content)).sheetnames
    assert len(Graph().parse(data=client.get(f"{MBO}meenemen/skos").content, format="turtle")) > 500


def test_the_address_for_other_programs_answers(client: Client) -> None:
    address = client.get(MBO).context["case_address"]
    response = client.get(address[address.index("/ims/") :])
    assert response.json()["CFDocument"]["title"]


@pytest.mark.parametrize("url", [f"{MBO}meenemen/docx", "/kaders/niets/1/meenemen/xlsx"])
def test_another_format_or_framework_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_format_is_written_once_in_a_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    really = taking._written
    monkeypatch.setattr(taking, "_kept", type(taking._kept)())
    monkeypatch.setattr(taking, "_written", lambda *given: written.append(given) or really(*given))
    for name in ("nl", "nl", "en", "en"):
        client.cookies["django_language"] = name
        for form in ("xlsx", "json"):
            client.get(f"{MBO}meenemen/{form}")
    assert len(written) == 3


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(taking, "_kept", type(taking._kept)())
    monkeypatch.setattr(taking, "KEPT_BYTES", 200_000)
    for form in FORMATS:
        client.get(f"{MBO}meenemen/{form}")
    kept = [len(one.data) for one in taking._kept.values()]
    assert len(kept) == 1 or sum(kept) <= 200_000
