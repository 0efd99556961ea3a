"""The jobs of the portfolio."""

from __future__ import annotations

from django_tasks import task

from bekwaam.services.jobs import after_commit
from bekwaam.services.portfolio import looking
from bekwaam.store.models import Evidence


@task()
def look_at(ref: str) -> None:
    """Look for personal data of others in a piece."""
    looking.look_at_piece(ref)


@task(priority=-10)
def catch_up(after: int = 0) -> None:
    """Look at the next pieces that were not looked at yet, and go on as long as there are more."""
    last = looking.look_at_waiting(after)
    if last is not None:
        catch_up.enqueue(last)


def look_soon(piece: Evidence) -> None:
    """Have a piece looked at once it is committed, where there is something to look with."""
    if looking.can_look_at(piece):
        after_commit(look_at, piece.ref)
