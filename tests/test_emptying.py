"""After a test whose transactions were real no row is left, in the quick way of the tests too."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cast import Point, make_cast
from tests.remembering import _tables

# What Django itself fills again, after a flush as after migrations.
OF_DJANGO = {"auth_permission"}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left() -> None:
    make_cast().bring_to(Point.ISSUED)
    assert sum(len(table.rows()) for table in _tables()) > 100
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    left = {table.name for table in _tables() if table.rows()}
    assert left <= OF_DJANGO, connection.vendor
