"""The list of documents: pages, order, filter and fields."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from bekwaam.api.case.selecting import SEARCHED, filtered, ordered
from bekwaam.api.case.status import Wrong
from bekwaam.frameworks.library import builtin_ids, builtin_versions, crosswalk_ids, load_builtin
from bekwaam.services.frameworks.versions import publish
from tests.api.case.conftest import PATH
from tests.api.case.official import assert_official

pytestmark = [pytest.mark.database, pytest.mark.django_db]
everything = pytest.mark.usefixtures("published")


def listed(client: Client, **query: Any) -> list[dict[str, Any]]:
    """Return the documents of one page, checked against the official text."""
    response = client.get(f"{PATH}/CFDocuments", query)
    assert response.status_code == 200, response.content
    assert_official(response.json(), "CFDocumentSetDType")
    found: list[dict[str, Any]] = response.json()["CFDocuments"]
    return found


def links(response: Any) -> dict[str, str]:
    """Return the addresses in a Link header by their relation."""
    return {name: uri for uri, name in re.findall(r'<([^>]*)>; rel="(\w+)"', response.get("Link", ""))}


@everything
def test_every_published_version_and_crosswalk_is_listed(client: Client) -> None:
    versions = {(name, version) for name in builtin_ids() for version in builtin_versions(name)}
    found = listed(client)
    ours = [document["extensions"]["bekwaam"] for document in found]
    assert {(one["framework"], one["version"]) for one in ours if "framework" in one} == versions
    assert {one["crosswalk"] for one in ours if "crosswalk" in one} == set(crosswalk_ids())


@everything
@pytest.mark.parametrize("limit", [1, 3, 5, 100])
@pytest.mark.parametrize("query", [{}, {"sort": "title", "orderBy": "desc"}, {"filter": "language='nl'"}])
def test_going_by_the_links_meets_every_document_once(
    client: Client, limit: int, query: dict[str, str]
) -> None:
    total = len(listed(client, limit=100, **query))
    response = client.get(f"{PATH}/CFDocuments", {"limit": limit, **query})
    found = []
    while True:
        assert response["X-Total-Count"] == str(total)
        found += [one["identifier"] for one in response.json()["CFDocuments"]]
        told = links(response)
        if "next" not in told:
            break
        response = client.get(told["next"].partition("bekwaam.example")[2])
    assert len(found) == len(set(found)) == total
    back = 1
    while "prev" in links(response):
        response = client.get(links(response)["prev"].partition("bekwaam.example")[2])
        back += 1
    assert back == -(-total // limit)
    last = client.get(told["last"].partition("bekwaam.example")[2]).json()["CFDocuments"]
    assert last[-1]["identifier"] == found[-1]


@everything
@pytest.mark.parametrize("offset", [16, 500, 2**31 - 1])
def test_beyond_the_last_there_is_nothing(client: Client, offset: int) -> None:
    response = client.get(f"{PATH}/CFDocuments", {"offset": offset})
    assert response.status_code == 404
    assert_official(response.json(), "imsx_StatusInfoDType")


@everything
@pytest.mark.parametrize(
    ("query", "code", "name"),
    [
        ({"limit": "0"}, "invalid_selection_field", "limit"),
        ({"limit": "-1"}, "invalid_selection_field", "limit"),
        ({"limit": "veel"}, "invalid_selection_field", "limit"),
        ({"limit": "²"}, "invalid_selection_field", "limit"),
        ({"limit": ""}, "invalid_selection_field", "limit"),
        ({"limit": "9" * 5000}, "invalid_selection_field", "limit"),
        ({"offset": "-1"}, "invalid_selection_field", "offset"),
        ({"sort": "kleur"}, "invalid_sort_field", "sort"),
        ({"sort": ""}, "invalid_sort_field", "sort"),
        ({"sort": "extensions"}, "invalid_sort_field", "sort"),
        ({"orderBy": "op"}, "invalid_sort_field", "orderBy"),
        ({"fields": "title,kleur"}, "invalid_selection_field", "fields"),
        ({"fields": ""}, "invalid_selection_field", "fields"),
        ({"filter": ""}, "invalid_selection_field", "filter"),
        ({"filter": "kleur='rood'"}, "invalid_selection_field", "filter"),
    ],
)
def test_what_cannot_be_understood_is_400_with_its_code(
    client: Client, query: dict[str, str], code: str, name: str
) -> None:
    response = client.get(f"{PATH}/CFDocuments", query)
    assert response.status_code == 400
    assert_official(response.json(), "imsx_StatusInfoDType")
    (minor,) = response.json()["imsx_codeMinor"]["imsx_codeMinorField"]
    assert minor == {"imsx_codeMinorFieldName": name, "imsx_codeMinorFieldValue": code}


@everything
@pytest.mark.parametrize("field", SEARCHED)
def test_every_field_can_be_sorted_on(client: Client, field: str) -> None:
    up, down = (listed(client, sort=field, orderBy=way) for way in ("asc", "desc"))
    assert {one["identifier"] for one in up} == {one["identifier"] for one in down}


@everything
def test_sorting_goes_both_ways(client: Client) -> None:
    titles = [one["title"] for one in listed(client, sort="title")]
    assert titles == sorted(titles, key=str.casefold)
    assert [one["title"] for one in listed(client, sort="title", orderBy="desc")] == titles[::-1]


@everything
def test_only_the_fields_asked_for_and_those_that_case_requires(client: Client) -> None:
    always = {"identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI"}
    assert {name for one in listed(client, fields="title,version") for name in one} == always | {"version"}
    assert {name for one in listed(client, fields=["version", "notes"]) for name in one} == always | {
        "version"
    }


@everything
def test_fields_of_what_is_served_by_itself(client: Client) -> None:
    document = listed(client, filter="version='2012'")[0]
    found = client.get(f"{PATH}/CFDocuments/{document['identifier']}", {"fields": "version"}).json()
    assert "version" in found
    assert "extensions" not in found
    whole = client.get(f"{PATH}/CFPackages/{document['identifier']}", {"fields": "CFItems"}).json()
    assert set(whole) == {"CFDocument", "CFItems"}
    answer = client.get(f"{PATH}/CFPackages/{document['identifier']}", {"fields": "CFIets"})
    assert answer.status_code == 400


@everything
def test_filtering_over_the_line(client: Client) -> None:
    found = listed(client, filter="title~'compet' AND version='2012'")
    assert [one["extensions"]["bekwaam"].get("framework") for one in found] == ["wmo-competenties"]
    assert client.get(f"{PATH}/CFDocuments", {"filter": "title='bestaat niet'"}).status_code == 404


DOCUMENTS = [
    {"identifier": "1", "title": "Aap", "version": "1", "subject": ["Sociaal werk", "Zorg"],
     "lastChangeDateTime": "2020-01-01T00:00:00Z", "licenseURI": {"title": "EUPL-1.2"}},
    {"identifier": "2", "title": "Noot's", "version": "2", "subject": ["Zorg"],
     "lastChangeDateTime": "2020-01-01T00:00:00+01:00"},
    {"identifier": "3", "title": "mies (AND)", "lastChangeDateTime": "2021-06-01T12:00:00Z"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("title='Aap'", "1"),
        ("title='aap'", "1"),
        ("title!='Aap'", "23"),
        ("title='Noot''s'", "2"),
        (r"title='Noot\'s'", "2"),
        ("title~'oo'", "2"),
        ("title='mies (AND)'", "3"),
        ("version>'1'", "2"),
        ("version>='1'", "12"),
        ("version<'2'", "1"),
        ("version!='1'", "23"),
        ("subject='Zorg'", "12"),
        ("subject!='Zorg'", "3"),
        ("subject~'sociaal'", "1"),
        ("licenseURI.title='EUPL-1.2'", "1"),
        ("lastChangeDateTime>='2020-01-01'", "13"),
        ("lastChangeDateTime='2019-12-31T23:00:00Z'", "2"),
        ("lastChangeDateTime<'2020-06-01T00:00:00Z'", "12"),
        ("title='Aap' OR title='Noot''s'", "12"),
        ("version='1' AND title='Aap' OR title~'mies'", "13"),
        ("title~'mies' OR version='1' AND title='Noot''s'", "3"),
        ("  title = 'Aap'  ", "1"),
        ("title='Aap'AND version='1'", "1"),
        ("title='weg'", ""),
    ],
)
def test_filters(written: str, expected: str) -> None:
    assert "".join(one["identifier"] for one in filtered(DOCUMENTS, written)) == expected


@pytest.mark.parametrize(
    "written",
    ["", " ", "title", "title=", "title=Aap", "title='Aap", "title='Aap' AND", "title='Aap' XOR version='1'",
     "AND title='Aap'", "kleur='rood'", "extensions='x'", "licenseURI='x'", "title=='Aap'", "title='a'b'",
     "lastChangeDateTime>'gisteren'", "title='" + "a" * 3000 + "'", "(title='Aap')"],
)  # fmt: skip
def test_filters_that_cannot_be_read(written: str) -> None:
    with pytest.raises(Wrong) as raised:
        filtered(DOCUMENTS, written)
    assert raised.value.status == 400
    assert "filter" in raised.value.description


def test_documents_without_the_field_come_last_either_way() -> None:
    assert [one["identifier"] for one in ordered(DOCUMENTS, "version", False)] == ["1", "2", "3"]
    assert [one["identifier"] for one in ordered(DOCUMENTS, "version", True)] == ["2", "1", "3"]


@everything
def test_a_version_without_a_day_of_its_own_tells_when_it_was_published(client: Client) -> None:
    row = publish(None, replace(load_builtin("niveaus-sociaal-werk"), version="9", changed=""))
    (found,) = listed(client, filter="version='9'")
    assert found["lastChangeDateTime"] == row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
