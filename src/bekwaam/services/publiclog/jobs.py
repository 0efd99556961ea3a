"""The daily work of the public log."""

from __future__ import annotations

from django_tasks import task

from bekwaam.services.publiclog.daily import log_audit_head


@task(priority=-5)
def log_head_of_today() -> None:
    """Log the end of the audit chain, once a day."""
    log_audit_head()
