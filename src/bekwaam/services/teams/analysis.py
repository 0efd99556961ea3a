"""Taking out what people let their organisation study: who agreed, what of them, and the file.

A consent counts when the file is made and again when it is recorded: whoever withdrew in between is in no
file that is handed over.
"""

from __future__ import annotations

import io
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final, cast

from django.db import transaction
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import LAYER_NAMES, Layer
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.analysis import (
    COLUMNS,
    FORM_NAMES,
    Agreed,
    Form,
    Value,
    agreed_layers,
    countable,
    may_export,
    named_teams,
    pseudonym,
)
from bekwaam.domain.teams.analysis_words import about_file
from bekwaam.domain.teams.members import Share
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.exchange.sheets.csv_out import csv_lines
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Refused, insist
from bekwaam.services.teams.analysis_rows import AT_ONCE, Table, known_of, rows_of
from bekwaam.store.audit import append
from bekwaam.store.models import DataExport, Person, Provider, TeamConsent, TeamMember
from bekwaam.wording import N_, say

_Rows = list[tuple[Value, ...]]
_IN_MEMORY: Final = 8 * 1024 * 1024
_CHANGED: Final = N_(
    "Somebody changed their choice while the file was made. Nothing was handed over; try again."
)
_NO_PARQUET: Final = N_(
    "This installation cannot write Parquet. Take the file as CSV, or ask whoever runs it to install "
    "bekwaam[analysis]."
)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """That a file was taken out: when, by whom, in which form, on how many people and with how many rows."""

    made_at: datetime
    made_by: str
    form: str
    people: int
    rows: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made and recorded, open, and who agreed to be in it."""

    row: DataExport
    file: BinaryIO
    agreed: frozenset[Agreed]


def take_out(actor: Person, provider: Provider, form: Form, language: str) -> tuple[DataExport, BinaryIO]:
    """Make the file of what may be studied now, record it, and return it open: a ZIP with the table and what
    its columns mean.

    A few queries, and three more for every thousand people. Raises Refused where too few people agreed,
    somebody changed their choice meanwhile, or the form cannot be written here.
    """
    made = make_file(actor, provider, form, language)
    return made.row, made.file


def make_file(
    actor: Person, provider: Provider, form: Form, language: str, tell: Callable[[int], None] | None = None
) -> Made:
    """Make a file as :func:`take_out` does; ``tell`` is called with how many people are in it so far."""
    insist_at_provider(Action.EXPORT_FOR_ANALYSIS, actor, provider)
    insist_can_write(form)
    agreed = who_agreed(provider)
    secret = _secret(provider)
    table = _table(provider, agreed, secret)
    insist(may_export(len(table.teams)))
    # Closed by whoever it is handed to.
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    try:
        _write(file, provider, table, form, language, tell)
        row = _record(actor, provider, form, table, agreed, secret)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return Made(row, file, agreed)


def insist_can_write(form: Form) -> None:
    """Raise Refused where this installation cannot write a form."""
    if form is Form.PARQUET and not parquet_is_there():
        raise Refused(refused("no_parquet", _NO_PARQUET))


def parquet_is_there() -> bool:
    """Tell whether this installation can write Parquet."""
    return ports.parquet_tables().installed()


def who_agreed(provider: Provider) -> frozenset[Agreed]:
    """Return who agreed now, by team, and to what; the newest choice counts. One query."""
    rows = TeamConsent.objects.filter(
        member__team__provider=provider, member__left_at=None, member__joined_at__isnull=False
    )
    shares: dict[tuple[int, int], dict[Share, bool]] = {}
    newest = rows.order_by("at", "pk").values_list("member__person", "member__team", "layer", "given")
    for person, team, layer, given in newest.iterator(5000):
        shares.setdefault((person, team), {})[Share(layer)] = given
    found = (
        Agreed(person, team, agreed_layers(one for one, given in of.items() if given))
        for (person, team), of in shares.items()
    )
    return frozenset(one for one in found if one.layers)


def taken_out(provider: Provider) -> Any:
    """Return the files that were taken out, newest first, as a query for a listing."""
    return DataExport.objects.filter(provider=provider).select_related("made_by")


def as_taken_out(rows: Iterable[DataExport]) -> list[TakenOut]:
    """Return rows of :func:`taken_out` as they are shown."""
    return [
        TakenOut(one.made_at, one.made_by.name, FORM_NAMES[Form(one.form)], one.people, one.rows)
        for one in rows
    ]


def taken_out_with(member: TeamMember, research: Sequence[tuple[datetime, bool]]) -> tuple[datetime, ...]:
    """Return when files were taken out while a member agreed to it, oldest first. One query at most.

    ``research`` are their choices on it, oldest first (:func:`bekwaam.services.teams.sharing.chosen_by`).
    """
    if not any(given for _at, given in research):
        return ()
    made = DataExport.objects.filter(provider=member.team.provider, made_at__gte=research[0][0])
    return tuple(
        at for at in made.order_by("made_at").values_list("made_at", flat=True) if _held(research, at)
    )


def forget_secrets() -> int:
    """Throw away the secrets of years that are over; return of how many files. From then on nobody can be
    found back in these.
    """
    return DataExport.objects.filter(made_at__lt=_first_of_year()).exclude(secret="").update(secret="")


def _held(choices: Sequence[tuple[datetime, bool]], at: datetime) -> bool:
    return next((given for since, given in reversed(choices) if since <= at), False)


def _secret(provider: Provider) -> str:
    """Return the secret of this organisation and year; a new one where there is none yet. One query."""
    rows = DataExport.objects.filter(provider=provider, made_at__gte=_first_of_year()).exclude(secret="")
    last = rows.order_by("made_at", "pk").last()
    return last.secret if last is not None else secrets.token_hex(32)


def _first_of_year() -> datetime:
    day = timezone.localtime(clock.now())
    return day.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _table(provider: Provider, agreed: Iterable[Agreed], secret: str) -> Table:
    """Return of whom what may be in the table, as codes. Three queries."""
    people: dict[Layer, set[int]] = {layer: set() for layer in Layer}
    for one in agreed:
        for layer in one.layers:
            people[layer].add(one.person)
    allowed = countable(known_of(provider, people))
    inside = frozenset().union(*allowed.values()) if allowed else frozenset()
    teams = named_teams(agreed, inside)
    return Table(
        provider=provider,
        allowed=allowed,
        people={person: pseudonym(secret, "person", person) for person in inside},
        teams={
            person: pseudonym(secret, "team", team) if team is not None else ""
            for person, team in teams.items()
        },
    )


def _write(
    file: BinaryIO,
    provider: Provider,
    table: Table,
    form: Form,
    language: str,
    tell: Callable[[int], None] | None,
) -> None:
    batches = _telling(rows_of(table), len(table.people), tell) if tell else rows_of(table)
    named, read_me = say(language, "data"), say(language, "read-me")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        with archive.open(f"{named}.{form.value}", "w", force_zip64=True) as out:
            if form is Form.CSV:
                heads = [column.name for column in COLUMNS]
                for piece in csv_lines(heads, (map(_plain, row) for batch in batches for row in batch)):
                    out.write(piece)
            else:
                about = {"bekwaam.organisation": provider.name, "bekwaam.fewest": str(FEWEST)}
                # Its writer wants a file that tells where it is, which a file inside a ZIP is not.
                with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
                    ports.parquet_tables().write(cast(BinaryIO, whole), COLUMNS, batches, about)
                    whole.seek(0)
                    while piece := whole.read(io.DEFAULT_BUFFER_SIZE * 32):
                        out.write(piece)
        title = say(language, "Data for research by {organisation}", organisation=provider.name)
        archive.writestr(f"{read_me}.md", about_file(language, title, _facts(table, language)))


def _telling(batches: Iterator[_Rows], people: int, tell: Callable[[int], None]) -> Iterator[_Rows]:
    """Yield the rows of a table, and tell after each batch of how many people they were."""
    for number, batch in enumerate(batches, start=1):
        yield batch
        tell(min(number * AT_ONCE, people))


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def _facts(table: Table, language: str) -> dict[str, str]:
    layers = sorted({layer for _version, layer in table.allowed}, key=list(Layer).index)
    unnamed = sum(not team for team in table.teams.values())
    return {
        say(language, "Made on"): clock.today().isoformat(),
        say(language, "People"): str(len(table.people)),
        say(language, "Rows"): str(table.rows),
        say(language, "Layers"): ", ".join(say(language, LAYER_NAMES[layer]) for layer in layers),
        say(language, "Teams with a code"): str(len(set(table.teams.values()) - {""})),
        say(language, "People without a code for a team"): str(unnamed),
    }


@transaction.atomic
def _record(
    actor: Person, provider: Provider, form: Form, table: Table, agreed: frozenset[Agreed], secret: str
) -> DataExport:
    """Record the file, unless somebody withdrew meanwhile or another file got another secret."""
    lock_provider(provider)
    insist_at_provider(Action.EXPORT_FOR_ANALYSIS, actor, provider)
    if agreed - who_agreed(provider) or _other_secret(provider, secret):
        raise Refused(refused("changed", _CHANGED))
    now = clock.now()
    row = DataExport.objects.create(
        provider=provider,
        made_by=actor,
        secret=secret,
        form=form,
        people=len(table.people),
        rows=table.rows,
        made_at=now,
    )
    payload = {"export": row.ref, "form": form.value, "people": row.people, "rows": row.rows}
    subject = f"provider:{provider.ref}"
    append(Event.DATA_EXPORTED, actor=actor, subject=subject, now=now, payload=payload, content=[row])
    return row


def _other_secret(provider: Provider, secret: str) -> bool:
    """Tell whether this year's secret is another one by now: two files were made at once, the first ones."""
    rows = DataExport.objects.filter(provider=provider, made_at__gte=_first_of_year())
    return rows.exclude(secret="").exclude(secret=secret).exists()
