"""What was imported in this installation. Django is loaded only where there is a database to look in."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bekwaam.frameworks.model import Framework, Text
from bekwaam.wording import N_, say

Found = TypeVar("Found")
_FILE: Final = "bekwaam.sqlite3"
_UNUSABLE: Final = N_("The database cannot be used: {reason}")


@dataclass(frozen=True, slots=True)
class Head:
    """One version in the database."""

    id: str
    version: str
    kind: str
    title: Text


class NotPublished(ValueError):
    """It cannot be published; the text is a sentence in the language that was asked."""


def exists() -> bool:
    """Tell whether there is a database, without making one and without loading Django."""
    address = os.environ.get("DATABASE_URL", "")
    if address and not address.startswith("sqlite"):
        return True
    if address:
        return Path(urlsplit(address).path[1:]).is_file()  # sqlite:///here.sqlite3, sqlite:////abs/olute
    data = os.environ.get("BEKWAAM_DATA") or str(Path.cwd() / "var")
    return (Path(data) / _FILE).is_file()


def heads() -> tuple[Head, ...]:
    """Return every version in the database, by id, oldest first; none where there is no database."""

    def read() -> tuple[Head, ...]:
        from bekwaam.services.frameworks.reads import published  # noqa: PLC0415 - needs Django

        found = (Head(one.identifier, one.version, one.kind, one.title) for one in reversed(published()))
        return tuple(sorted(found, key=lambda head: head.id))

    return _looked_up(read, ())


def framework(identifier: str, version: str | None = None) -> Framework | None:
    """Return a version in the database, the newest where none is named; None where there is none."""

    def read() -> Framework | None:
        from bekwaam.services.frameworks.reads import opened, published  # noqa: PLC0415 - needs Django

        fitting = (one for one in published() if one.identifier == identifier)
        head = next((one for one in fitting if version in (None, one.version)), None)
        return opened(head, ()).framework if head else None

    return _looked_up(read, None)


def publish_here(new: Framework, language: str) -> bool:
    """Publish a framework in this installation; tell whether it was new.

    Makes the tables ready first. Raises NotPublished where this version was published with other content, or
    the database cannot be reached.
    """
    from django.conf import settings  # noqa: PLC0415 - only who imports waits for Django
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.db import DatabaseError  # noqa: PLC0415 - as above

    from bekwaam.cli.runtime import prepare  # noqa: PLC0415 - as above

    try:
        prepare()
    except OSError as error:  # the settings make the folder of the data
        raise NotPublished(say(language, _UNUSABLE, reason=error)) from error
    from bekwaam.services.errors import Refused  # noqa: PLC0415 - needs Django
    from bekwaam.services.frameworks.versions import publish  # noqa: PLC0415 - needs Django

    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        known = framework(new.id, new.version)
        publish(None, new)
    except Refused as error:
        raise NotPublished(error.verdict.text(language)) from error
    except (DatabaseError, OSError) as error:
        raise NotPublished(say(language, _UNUSABLE, reason=str(error).strip())) from error
    return known is None


def _looked_up(read: Callable[[], Found], otherwise: Found) -> Found:
    """Return what ``read`` finds in the database; ``otherwise`` where there is none, or no tables in it."""
    if not exists():
        return otherwise
    from django.db import DatabaseError  # noqa: PLC0415 - only where there is a database

    from bekwaam.cli.runtime import prepare  # noqa: PLC0415 - as above

    prepare()
    try:
        return read()
    except DatabaseError:
        return otherwise
