"""The work of teams that waits for the worker."""

from __future__ import annotations

from django_tasks import task

from bekwaam.services.teams.analysis import forget_secrets
from bekwaam.services.teams.sector import make_sector_reports


@task(priority=-5)
def report_on_sector() -> None:
    """Make the reports on the sector of this quarter, as far as they can be made."""
    make_sector_reports()


@task(priority=-5)
def forget_export_secrets() -> None:
    """Throw away what files for research of earlier years were made with."""
    forget_secrets()
