"""A server that dies during a hand-in leaves the old state or the new one, never something between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.store.models import AuditEntry, Procedure, Snapshot, SnapshotItem, SnapshotTie
from tests.cast import Cast, Point, fresh, story

# Hands in, and dies by SIGKILL the moment the named function has done its work.
CHILD = """
import os, signal, sys
import django
django.setup()
from bekwaam.services.portfolio import handing_in as room
from bekwaam.store.models import Procedure, Snapshot, SnapshotItem, SnapshotTie

places = {
    "step": (room, "take_step"),
    "snapshot": (Snapshot.objects, "create"),
    "items": (SnapshotItem.objects, "bulk_create"),
    "ties": (SnapshotTie.objects, "bulk_create"),
    "log": (room, "append"),
    "commit": (room, "hand_in"),
}
where, name = places[sys.argv[2]]
work = getattr(where, name)

def die_after(*args, **kwargs):
    work(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(where, name, die_after)
procedure = Procedure.objects.select_related("provider", "candidate", "standard").get(ref=sys.argv[1])
room.hand_in(procedure.candidate, procedure)
"""


def address(database: dict[str, Any]) -> str:
    """Return the database of this test run as an address for another process."""
    if "sqlite3" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    login = quote(database["USER"] or "", safe="")
    secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    return f"postgres://{login}{secret}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def die_at(point: str, procedure: Procedure, data: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bekwaam.config.settings",
        "DATABASE_URL": address(connection.settings_dict),
        "BEKWAAM_DATA": str(data),
        "BEKWAAM_SECRET_KEY": "only-for-tests",
    }
    child = subprocess.run(
        [sys.executable, "-c", CHILD, procedure.ref, point],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


@pytest.fixture
def filled(cast: Cast) -> Procedure:
    """Return a procedure with three pieces of evidence, ready to be handed in."""
    procedure = cast.bring_to(Point.CONSENTED)
    for number in range(3):
        add_evidence(procedure.candidate, fresh(procedure), story(f"Verhaal {number}", ["1.1", "1.2"]))
    return fresh(procedure)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["step", "snapshot", "items", "ties", "log"])
def test_killed_before_the_end_the_portfolio_is_open_and_untouched(
    filled: Procedure, point: str, tmp_path: Path
) -> None:
    entries = AuditEntry.objects.count()
    die_at(point, filled, tmp_path)
    assert fresh(filled).state == "portfolio"
    assert not (Snapshot.objects.exists() or SnapshotItem.objects.exists() or SnapshotTie.objects.exists())
    assert AuditEntry.objects.count() == entries
    assert walk_chain().whole
    assert hand_in(filled.candidate, fresh(filled)).items.count() == 3


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_end_everything_is_handed_in(filled: Procedure, tmp_path: Path) -> None:
    die_at("commit", filled, tmp_path)
    assert fresh(filled).state == "judging"
    snapshot = Snapshot.objects.get()
    assert len(snapshot.manifest["items"]) == snapshot.items.count() == 3
    assert SnapshotTie.objects.count() == 6
    assert walk_chain().whole
    assert not list(broken_contents())
