"""An installation in which little or nothing is published."""

from __future__ import annotations

import pytest
from django.test import Client

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from tests.api.case.conftest import PATH

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_crosswalk_is_listed_only_where_both_ends_are_published(client: Client) -> None:
    assert client.get(f"{PATH}/CFDocuments").status_code == 404
    publish(None, load_builtin("wmo-competenties", "2012"))
    assert len(client.get(f"{PATH}/CFDocuments").json()["CFDocuments"]) == 1
    publish(None, load_builtin("wmo-competenties", "kaart"))
    assert len(client.get(f"{PATH}/CFDocuments").json()["CFDocuments"]) == 3
