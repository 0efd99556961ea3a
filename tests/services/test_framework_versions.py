"""Publishing what comes with the product: every version of every framework, once."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import builtin_ids, builtin_versions
from bekwaam.services.frameworks.versions import framework_of, publish_builtin, standards
from bekwaam.store.models import FrameworkVersion

pytestmark = pytest.mark.django_db


def test_every_version_is_published_and_reads_back() -> None:
    rows = publish_builtin()
    versions = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]
    assert [(row.identifier, row.version) for row in rows] == versions
    assert ("wmo-competenties", "2012") in versions
    card = next(row for row in rows if (row.identifier, row.version) == ("wmo-competenties", "kaart"))
    assert framework_of(card).supersedes == "2012"


def test_publishing_again_changes_nothing() -> None:
    assert [row.pk for row in publish_builtin()] == [row.pk for row in publish_builtin()]


def test_only_standards_can_be_assessed_against() -> None:
    publish_builtin()
    assert {row.identifier for row in standards()} == set(builtin_ids("standard"))


def test_a_version_published_with_other_content_is_left_alone_and_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rows = publish_builtin()
    FrameworkVersion.objects.filter(pk=rows[0].pk).update(sha256="0" * 64)
    again = publish_builtin()
    assert rows[0].pk not in [row.pk for row in again]
    assert len(again) == len(rows) - 1
    assert rows[0].identifier in caplog.text
