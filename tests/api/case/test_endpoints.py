"""Every endpoint of CASE 1.1, answer by answer against the official text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekwaam.api.case.description import description
from bekwaam.frameworks.exchange.case import document_identifier, read_case, to_package, write_case
from bekwaam.frameworks.exchange.case.crosswalks import crosswalk_document_id
from bekwaam.frameworks.library import (
    builtin_ids,
    builtin_versions,
    crosswalk_ids,
    load_builtin,
    load_crosswalk,
)
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import CaseIdentifier
from tests.api.case.conftest import BASE, PATH
from tests.api.case.official import assert_official, schema_of
from tests.frameworks.exchange.case.material import assert_valid, child, item, package, uuid, vectors

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("published")]

MBO = "evc-sociaal-werker-mbo"
NOWHERE = "6b7ea9b4-17f2-4c55-9c2c-ffffffffffff"


def get(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    """Return the JSON of an answer, checked against the official text."""
    response = client.get(PATH + path, query)
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    value = response.json()
    name = path.split("/")[1]
    assert_official(value, schema_of(f"/{name}" if name == path[1:] else f"/{name}/{{sourcedId}}", status))
    return value


def ids() -> dict[str, str]:
    """Return one identifier of everything that a package of ours holds, and one of a crosswalk."""
    found = to_package(load_builtin(MBO))
    parts = {
        **found["CFDefinitions"],
        **{name: found[name] for name in ("CFItems", "CFAssociations", "CFRubrics")},
    }
    told = {name: listed[0]["identifier"] for name, listed in parts.items()}
    document = found["CFDocument"]["identifier"]
    return told | {"CFDocuments": document, "CFPackages": document, "CFItemAssociations": told["CFItems"]}


@pytest.mark.parametrize("name", sorted(ids()))
def test_everything_in_a_package_is_answered_by_itself(client: Client, name: str) -> None:
    value = get(client, f"/{name}/{ids()[name]}")
    content = json.dumps(value)
    assert ids()[name] in content
    assert "urn:uuid:" not in content


@pytest.mark.parametrize(
    "name", ["CFDocuments", "CFPackages", "CFAssociationGroupings", "CFLicenses", "CFAssociations"]
)
def test_crosswalks_are_answered_too(client: Client, name: str) -> None:
    whole = get(client, f"/CFPackages/{crosswalk_document_id('wmo-2012-kaart')}")
    parts = {
        **whole["CFDefinitions"],
        "CFAssociations": whole["CFAssociations"],
        "CFDocuments": [whole["CFDocument"]],
    }
    identifier = parts.get(name, parts["CFDocuments"])[0]["identifier"]
    assert identifier in json.dumps(get(client, f"/{name}/{identifier}"))


@pytest.mark.parametrize("pack", [(name, v) for name in builtin_ids() for v in builtin_versions(name)])
def test_a_package_over_the_line_is_the_package_and_can_be_taken_in(
    client: Client, pack: tuple[str, str]
) -> None:
    framework = load_builtin(*pack)
    response = client.get(f"{PATH}/CFPackages/{document_identifier(framework)}")
    assert response.content == write_case(framework, base_url=BASE)
    assert_valid(response.content)
    assert read_case(response.content, "over-de-lijn").framework == framework


def test_every_uri_in_a_package_is_answered(client: Client) -> None:
    found = get(client, f"/CFPackages/{document_identifier(load_builtin('niveaus-sociaal-werk'))}")
    uris = {one["uri"] for one in [found["CFDocument"], *found["CFItems"], *found["CFAssociations"]]}
    uris |= {one["uri"] for listed in found["CFDefinitions"].values() for one in listed}
    for uri in uris:
        assert client.get(uri.removeprefix(BASE)).status_code == 200, uri


def test_a_document_names_its_package_and_an_item_its_document(client: Client) -> None:
    document = get(client, f"/CFDocuments/{ids()['CFDocuments']}")
    assert client.get(document["CFPackageURI"]["uri"].removeprefix(BASE)).status_code == 200
    found = get(client, f"/CFItems/{ids()['CFItems']}")
    assert found["CFDocumentURI"]["identifier"] == document["identifier"]


def test_the_associations_of_an_item_are_those_that_begin_or_end_there_crosswalks_included(
    client: Client,
) -> None:
    framework = load_builtin("wmo-competenties", "2012")
    crosswalk = load_crosswalk("wmo-2012-kaart")
    code = crosswalk.links[0].from_code
    items = {one["humanCodingScheme"]: one["identifier"] for one in to_package(framework)["CFItems"]}
    found = get(client, f"/CFItemAssociations/{items[code]}")
    assert found["CFItem"]["humanCodingScheme"] == code
    kinds = [one["associationType"] for one in found["CFAssociations"]]
    below = len(framework.children(code))
    assert kinds.count("isChildOf") == below + 1
    assert crosswalk.links[0].relation in kinds


def test_definitions_come_with_those_below_them(client: Client) -> None:
    concepts = [
        {"identifier": uuid(70 + number), "uri": f"https://elders.example/{number}", "title": f"B{number}",
         "hierarchyCode": code, "lastChangeDateTime": "2020-01-01T00:00:00Z"}
        for number, code in enumerate(("1", "1.1", "1.1.1", "10", "2"))
    ]  # fmt: skip
    told = package([item(1)], [child(1, None)], CFDefinitions={"CFConcepts": concepts})
    framework = read_case(told, "elders").framework
    assert framework is not None
    publish(None, framework)
    found = get(client, f"/CFConcepts/{uuid(70)}")
    assert [one["title"] for one in found["CFConcepts"]] == ["B0", "B1", "B2"]


@pytest.mark.parametrize("name", sorted(ids()))
@pytest.mark.parametrize(
    ("identifier", "code"),
    [(NOWHERE, "unknownobject"), ("geen-uuid", "invalid_uuid"), ("%00", None), ("a/b", None)],
)
def test_what_is_not_there_is_404_with_its_code(
    client: Client, name: str, identifier: str, code: str | None
) -> None:
    response = client.get(f"{PATH}/{name}/{identifier}")
    assert response.status_code == 404
    assert_official(response.json(), "imsx_StatusInfoDType")
    if code:
        (minor,) = response.json()["imsx_codeMinor"]["imsx_codeMinorField"]
        assert minor == {"imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": code}


def test_something_of_another_kind_is_not_found_under_this_one(client: Client) -> None:
    get(client, f"/CFRubrics/{ids()['CFItems']}", status=404)
    get(client, f"/CFItems/{crosswalk_document_id(crosswalk_ids()[0])}", status=404)


@pytest.mark.parametrize("path", ["", "/", "/CFDocuments/", "/iets", "/discovery/", "/CFItems"])
def test_other_addresses_are_404_in_json(client: Client, path: str) -> None:
    response = client.get(PATH + path, follow=True)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert_official(response.json(), "imsx_StatusInfoDType")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/CFDocuments", f"/CFPackages/{NOWHERE}", "/iets"])
def test_nothing_can_be_written(method: str, path: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(PATH + path)
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert_official(response.json(), "imsx_StatusInfoDType")


def test_a_browser_elsewhere_may_ask(client: Client) -> None:
    response = client.options(f"{PATH}/CFDocuments", headers={"Origin": "https://elders.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]


def test_the_description_is_what_we_say_of_ourselves_and_names_our_address(client: Client) -> None:
    response = client.get(f"{PATH}/discovery/imscasev1p1_openapi3_v1p0.json")
    assert response.json() == description(f"{BASE}{PATH}")
    assert response.json()["servers"] == [{"url": f"{BASE}{PATH}"}]


def test_our_mistakes_are_500_in_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("bekwaam.services.frameworks.case.reads.package", broken)
    response = client.get(f"{PATH}/CFPackages/{NOWHERE}")
    assert response.status_code == 500
    assert "geheim" not in response.content.decode()
    assert_official(response.json(), "imsx_StatusInfoDType")


@pytest.mark.parametrize(
    "path", ["/CFDocuments", f"/CFPackages/{ids()['CFPackages']}", f"/CFItems/{ids()['CFItems']}"]
)
def test_what_somebody_has_already_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(PATH + path)
    assert first["ETag"].startswith('"')
    assert "public" in first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    again = client.get(PATH + path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.get(PATH + path, headers={"If-None-Match": '"anders"'}).status_code == 200


def test_head_tells_as_much_as_get_without_the_content(client: Client) -> None:
    path = f"{PATH}/CFPackages/{ids()['CFPackages']}"
    whole, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(whole.content))


def test_the_etag_is_of_the_bytes_and_changes_with_them(client: Client) -> None:
    framework = load_builtin("niveaus-sociaal-werk")
    newer = replace(framework, version="1.1", supersedes="1.0")
    publish(None, newer)
    tags = {client.get(f"{PATH}/CFPackages/{document_identifier(one)}")["ETag"] for one in (framework, newer)}
    assert len(tags) == 2


@pytest.mark.parametrize("name", sorted(ids()))
def test_the_number_of_queries_is_fixed(client: Client, name: str) -> None:
    path = f"{PATH}/{name}/{ids()[name]}"
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    with CaptureQueriesContext(connection) as again:
        client.get(path)
    assert len(first) <= 12
    assert len(again) <= (4 if name == "CFItemAssociations" else 1)


def test_the_list_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    client.get(f"{PATH}/CFDocuments")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PATH}/CFDocuments")
    framework = load_builtin("niveaus-sociaal-werk")
    for number in range(8):
        publish(None, replace(framework, version=f"2.{number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PATH}/CFDocuments")
    assert len(many) <= len(few) + 1 <= 5


def test_identifiers_of_versions_published_before_are_caught_up_with(client: Client) -> None:
    from bekwaam.services.frameworks.versions import publish_builtin

    before = set(CaseIdentifier.objects.values_list("uuid", "version_id"))
    CaseIdentifier.objects.all().delete()
    get(client, f"/CFItems/{ids()['CFItems']}", status=404)
    publish_builtin()
    get(client, f"/CFItems/{ids()['CFItems']}")
    assert set(CaseIdentifier.objects.values_list("uuid", "version_id")) == before


def test_nobody_takes_over_the_identifiers_of_another_framework(client: Client) -> None:
    framework = load_builtin("niveaus-sociaal-werk")
    whole = to_package(framework)
    whole["CFDocument"]["extensions"]["bekwaam"]["framework"] = "nagemaakt"
    whole["CFItems"][0]["fullStatement"] = "Vals"
    copied = read_case(json.dumps(whole).encode(), "vals").framework
    assert copied is not None and copied.uuid == document_identifier(framework)
    publish(None, copied)
    assert "Vals" not in client.get(f"{PATH}/CFPackages/{copied.uuid}").content.decode()
    assert "Vals" not in json.dumps(get(client, f"/CFItems/{whole['CFItems'][0]['identifier']}"))
    found = get(client, "/CFDocuments", limit=500)["CFDocuments"]
    assert len({one["identifier"] for one in found}) == len(found)


def test_a_newer_version_from_elsewhere_answers_to_the_identifiers_they_share(client: Client) -> None:
    for version in ("1", "2"):
        told = package([item(1, fullStatement=f"Versie {version}")], [child(1, None)], {"version": version})
        framework = read_case(told, "elders").framework
        assert framework is not None
        publish(None, framework)
    assert get(client, f"/CFItems/{uuid(1)}")["fullStatement"] == "Versie 2"
    assert get(client, f"/CFItems/{uuid(1)}")["uri"] == f"{BASE}{PATH}/CFItems/{uuid(1)}"


def test_the_requests_of_the_official_collection_are_answered(client: Client) -> None:
    collection = json.loads((vectors() / "OpenCASE.postman_collection.json").read_text("utf-8"))
    names = {"doc_id": "CFDocuments", "item_id": "CFItems", "association_id": "CFAssociations",
             "rubric_id": "CFRubrics", "subject_id": "CFSubjects", "item_type_id": "CFItemTypes",
             "license_id": "CFLicenses"}  # fmt: skip
    known = {f"{{{{{name}}}}}": ids()[collection] for name, collection in names.items()}
    grouping = get(client, f"/CFPackages/{crosswalk_document_id('wmo-2012-kaart')}")["CFDefinitions"]
    known["{{association_grouping_id}}"] = grouping["CFAssociationGroupings"][0]["identifier"]
    asked = []
    for folder in collection["item"]:
        for request in folder["item"]:
            url = request.get("request", {}).get("url", "")
            address = url if isinstance(url, str) else url["raw"]
            if "/ims/case/v1p1/" in address and "/management/" not in address:
                asked.append(address.replace("{{base_url}}", ""))
    assert len(asked) == 13
    for address in asked:
        for name, identifier in known.items():
            address = address.replace(name, identifier)
        # None of what we publish has concepts.
        address = address.replace("{{concept_id}}", NOWHERE)
        expected = 404 if "CFConcepts" in address else 200
        assert client.get(address).status_code == expected, address
