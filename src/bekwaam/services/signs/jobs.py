"""The job of signs: comparing what stands inside files that were handed in."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from bekwaam.services.jobs import after_commit
from bekwaam.services.signs import catching_up
from bekwaam.services.signs.files import unread
from bekwaam.store.models import Snapshot


@task()
def look_into_files(ref: str) -> None:
    """Read the files of a snapshot and count its signs anew."""
    catching_up.look_into_files(ref)


def look_into_files_soon(snapshot: Snapshot) -> None:
    """Have the files of a snapshot looked into once it is committed, where there are any to read."""
    if settings.COMPARE_TEXTS and unread(snapshot).exists():
        after_commit(look_into_files, snapshot.ref)
