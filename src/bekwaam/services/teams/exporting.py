"""A large file for research, made in the background: asked for, made, handed over, and let go after a day.

Consent counts once more when the file is handed over: where somebody who is in it withdrew since, it is
thrown away. It is recorded when it is made, as a small one is (:mod:`bekwaam.services.teams.analysis`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.analysis import FORM_NAMES, Agreed, Form
from bekwaam.domain.verdict import refused
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.keeping import forget_after_commit
from bekwaam.services.teams.analysis import insist_can_write, make_file, who_agreed
from bekwaam.store.models import ExportRequest, Person, Provider
from bekwaam.wording import N_, say

MOST_NOW: Final = 200
"""Of how many people a file is made while somebody waits: some thousands of rows for each time."""
KEPT: Final = timedelta(days=1)
_ASK_AGAIN: Final = timedelta(hours=1)
"""When a file that is not there yet can be asked for again: whoever made it was stopped."""
_SHOWN: Final = 10
_MOST_AT_ONCE: Final = 1_000  # to forget; the next time the rest
_PIECE: Final = 256 * 1024
_WITHDREW: Final = N_("Somebody in this file withdrew. It was thrown away; ask for a new one.")
_FAILED: Final = N_("Making the file did not succeed. Ask for it again.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that was asked for: how far it is, and ``fault``, a sentence, where nothing came of it."""

    ref: str
    form: str
    asked_at: datetime
    total: int
    done: int
    ready: bool
    fault: str

    @property
    def waits(self) -> bool:
        """Tell whether it is still being made."""
        return not self.ready and not self.fault

    @property
    def until(self) -> datetime:
        """Until when the file is kept."""
        return self.asked_at + KEPT


def is_large(provider: Provider) -> bool:
    """Tell whether so many people agreed that their file is made in the background. One query."""
    return _people(who_agreed(provider)) > MOST_NOW


@transaction.atomic
def ask(actor: Person, provider: Provider, form: Form, language: str) -> tuple[ExportRequest, bool]:
    """Write down that a file is wanted; return what says so, and whether it is new. Queue it afterwards.

    Asked twice, it is made once. Raises Refused without the right to, and where the form cannot be written.
    """
    lock_provider(provider)
    insist_at_provider(Action.EXPORT_FOR_ANALYSIS, actor, provider)
    insist_can_write(form)
    now = clock.now()
    mine = ExportRequest.objects.filter(provider=provider, form=form, finished_at=None)
    there = mine.filter(asked_at__gt=now - _ASK_AGAIN).first()
    if there is not None:
        return there, False
    row = ExportRequest.objects.create(
        provider=provider,
        asked_by=actor,
        form=form,
        language=language,
        asked_at=now,
        total=_people(who_agreed(provider)),
    )
    return row, True


def make(ref: str) -> None:
    """Make a file that was asked for and keep it, or keep the sentence that says why there is none.

    May be done again. What nobody foresaw is raised after it was told to who asked.
    """
    rows = ExportRequest.objects.filter(ref=ref, finished_at=None)
    row = rows.select_related("provider", "asked_by").first()
    if row is None:
        return

    def tell(done: int) -> None:
        rows.update(done=done)

    try:
        made = make_file(row.asked_by, row.provider, Form(row.form), row.language, tell)
    except Refused as error:
        _end(row, fault=error.verdict.text(row.language))
        return
    except Exception:
        _end(row, fault=say(row.language, _FAILED))
        raise
    with made.file as file:
        key, _sha256, _size = ports.files().put(iter(lambda: file.read(_PIECE), b""))
    _end(row, key=key, agreed=made.agreed)


@transaction.atomic
def _end(row: ExportRequest, fault: str = "", key: str = "", agreed: frozenset[Agreed] = frozenset()) -> None:
    """Keep what came of it, unless it was forgotten or made by another meanwhile: then its file goes."""
    ended = {
        "fault": fault,
        "key": key,
        "done": row.total if key else 0,
        "agreed": [[one.person, one.team, sorted(one.layers)] for one in agreed],
        "finished_at": clock.now(),
    }
    if not ExportRequest.objects.filter(pk=row.pk, finished_at=None).update(**ended) and key:
        forget_after_commit(key)


def asked_for(provider: Provider) -> tuple[Asked, ...]:
    """Return the newest files that were asked for and are not forgotten yet, newest first. One query."""
    rows = ExportRequest.objects.filter(provider=provider, asked_at__gt=clock.now() - KEPT)
    return tuple(
        Asked(
            row.ref,
            FORM_NAMES[Form(row.form)],
            row.asked_at,
            row.total,
            row.done,
            bool(row.key),
            row.fault,
        )
        for row in rows.defer("agreed")[:_SHOWN]
    )


def open_file(actor: Person, provider: Provider, ref: str) -> tuple[ExportRequest, BinaryIO]:
    """Return a file that is ready, open for reading; whoever calls closes it.

    Raises NotFound for one that is not there (any more), and Refused where somebody who is in it withdrew:
    it is thrown away then.
    """
    insist_at_provider(Action.EXPORT_FOR_ANALYSIS, actor, provider)
    rows = ExportRequest.objects.filter(provider=provider, asked_at__gt=clock.now() - KEPT)
    row = rows.filter(ref=ref).exclude(key="").first()
    if row is None:
        raise NotFound
    if _agreed(row) - who_agreed(provider):
        _throw_away(row)
        raise Refused(refused("changed", _WITHDREW))
    try:
        return row, ports.files().open(row.key)
    except FileNotFoundError as error:
        raise NotFound from error


def forget_old() -> int:
    """Throw away files of more than a day ago, with what says that they were asked for; return how many."""
    old = ExportRequest.objects.filter(asked_at__lte=clock.now() - KEPT).order_by("pk").defer("agreed")
    gone = list(old[:_MOST_AT_ONCE])
    for row in gone:
        _throw_away(row)
    return len(gone)


@transaction.atomic
def _throw_away(row: ExportRequest) -> None:
    # Of two who do this at once, one takes the file along.
    if ExportRequest.objects.filter(pk=row.pk).delete()[0] and row.key:
        forget_after_commit(row.key)


def _people(agreed: frozenset[Agreed]) -> int:
    return len({one.person for one in agreed})


def _agreed(row: ExportRequest) -> frozenset[Agreed]:
    return frozenset(
        Agreed(person, team, frozenset(map(Layer, layers))) for person, team, layers in row.agreed
    )
