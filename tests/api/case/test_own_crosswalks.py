"""Crosswalks that organisations published go out as ours do, with whose they are."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekwaam.frameworks.crosswalk_document import crosswalk_document, crosswalk_hash
from bekwaam.frameworks.exchange.case import read_case_crosswalk
from bekwaam.frameworks.exchange.case.crosswalks import crosswalk_document_id
from bekwaam.frameworks.library import load_crosswalk
from bekwaam.services import clock
from bekwaam.store.models import PublishedCrosswalk
from tests.api.case.conftest import PATH
from tests.api.case.official import assert_official
from tests.cast import Cast
from tests.frameworks.exchange.case.material import assert_valid

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("published")]


def test_a_crosswalk_of_an_organisation_is_served_with_its_name_and_without_our_licence(
    client: Client, cast: Cast
) -> None:
    crosswalk = replace(load_crosswalk("wmo-2012-kaart"), id="eigen-koppeling")
    PublishedCrosswalk.objects.create(
        identifier=crosswalk.id,
        owner=cast.provider,
        title={"nl": crosswalk.title.nl, "en": crosswalk.title.en},
        from_identifier=crosswalk.frm.id,
        from_version=crosswalk.frm.version,
        to_identifier=crosswalk.to.id,
        to_version=crosswalk.to.version,
        document=crosswalk_document(crosswalk),
        sha256=crosswalk_hash(crosswalk),
        published_at=clock.now(),
    )
    address = f"{PATH}/CFPackages/{crosswalk_document_id(crosswalk.id)}"
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert len(queries) <= 12
    assert_valid(response.content)
    assert_official(response.json(), "CFPackageDType")
    assert read_case_crosswalk(response.content, "x").crosswalk == crosswalk
    document = response.json()["CFDocument"]
    assert document["creator"] == cast.provider.name
    assert "licenseURI" not in document
    association = response.json()["CFAssociations"][0]
    assert client.get(f"{PATH}/CFAssociations/{association['identifier']}").status_code == 200
    listed = client.get(f"{PATH}/CFDocuments").content
    assert document["identifier"] in json.dumps(json.loads(listed))
