"""When a provider has people reminded."""

from __future__ import annotations

from dataclasses import asdict

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.reminding import RemindSettings, check_settings
from bekwaam.services.accounts.numbers import set_numbers
from bekwaam.store.models import Person, Provider


def settings_of(provider: Provider) -> RemindSettings:
    """Return when a provider has people reminded. No query."""
    return RemindSettings(provider.remind_on, provider.remind_first, provider.remind_last)


def set_reminders(actor: Person, provider: Provider, settings: RemindSettings) -> None:
    """Set how many days before the last day people are reminded, and whether at all.

    Raises Invalid for numbers that make no sense, Refused without the right to.
    """
    columns = {f"remind_{name}": number for name, number in asdict(settings).items()}
    allowed_by = (Action.SET_REMINDERS, Event.REMINDERS_SET)
    set_numbers(actor, provider, allowed_by, check_settings(settings), columns, asdict(settings))
