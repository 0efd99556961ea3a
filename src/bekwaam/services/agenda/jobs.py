"""The job of the agenda."""

from __future__ import annotations

from django_tasks import task

from bekwaam.domain.procedures.reminding import is_decent_hour
from bekwaam.services import clock
from bekwaam.services.agenda.everything import remind_everybody


@task(priority=-5)
def remind_all() -> None:
    """Remind everybody of what counts now, by day."""
    if is_decent_hour(clock.now()):
        remind_everybody()
