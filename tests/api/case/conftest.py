"""An installation with everything published that comes with the product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from bekwaam.services.frameworks.versions import publish_builtin

BASE = "https://bekwaam.example"
PATH = "/ims/case/v1p1"


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Publish everything once for the tests of a file; each of them is undone within this."""
    with django_db_blocker.unblock(), transaction.atomic():
        publish_builtin()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def published(everything: None, db: None, settings: Any) -> None:
    """Let everything be published, under an address of our own."""
    settings.BASE_URL = BASE
