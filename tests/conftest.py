"""What every test can ask for."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import FrameworkVersion, Person
from tests.cast import Cast, make_cast
from tests.emptying import empty_only_what_is_filled

pytest_plugins = ["tests.browser", "tests.order"]
_stores = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever touches the database, so that it runs again on PostgreSQL."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "cast"} & set(names):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Say of tables that were made from the models that they are up to date, for commands ask."""
    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        known = MigrationLoader(connection, ignore_no_migrations=True)
        for app, name in set(known.disk_migrations) - set(known.applied_migrations):
            recorder.record_applied(app, name)
        if connection.vendor == "postgresql":
            empty_only_what_is_filled(connection)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let no test see what another one counted or kept in the memory of the process."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_files(settings: Any) -> Path:
    """Give every test a file store of its own; a name only, for most tests never keep a file."""
    settings.BEKWAAM_FILES = settings.VAR / "stores" / f"{os.getpid()}-{next(_stores)}" / "files"
    return Path(settings.BEKWAAM_FILES)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the fixed cast (see :mod:`tests.cast`)."""
    return make_cast()


@pytest.fixture
def log_in(client: Client) -> Callable[[Person], Client]:
    """Return a function that logs somebody in on a client of their own."""

    def inner(person: Person) -> Client:
        own = Client()
        own.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return own

    return inner


@pytest.fixture
def mbo_standard(db: None) -> FrameworkVersion:
    """Return the real standard, published."""
    from bekwaam.frameworks.library import load_builtin

    return publish(None, load_builtin("evc-sociaal-werker-mbo"))
