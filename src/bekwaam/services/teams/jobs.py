"""The work of teams that waits for the worker."""

from __future__ import annotations

from django_tasks import task

from bekwaam.domain.teams.analysis import Form
from bekwaam.services.jobs import after_commit
from bekwaam.services.teams import exporting
from bekwaam.services.teams.analysis import forget_secrets
from bekwaam.services.teams.sector import make_sector_reports
from bekwaam.store.models import ExportRequest, Person, Provider


@task(priority=-5)
def report_on_sector() -> None:
    """Make the reports on the sector of this quarter, as far as they can be made."""
    make_sector_reports()


@task(priority=-5)
def forget_export_secrets() -> None:
    """Throw away what files for research of earlier years were made with."""
    forget_secrets()


@task()
def make_export(request: str) -> None:
    """Make a large file for research."""
    exporting.make(request)


@task(priority=-5)
def forget_exports() -> None:
    """Throw away the large files of more than a day ago."""
    exporting.forget_old()


def ask_export_soon(actor: Person, provider: Provider, form: Form, language: str) -> ExportRequest:
    """Have a large file made in the background; as :func:`bekwaam.services.teams.exporting.ask`."""
    row, fresh = exporting.ask(actor, provider, form, language)
    if fresh:
        after_commit(make_export, row.ref)
    return row
