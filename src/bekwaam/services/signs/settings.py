"""From where on something stands out at a provider."""

from __future__ import annotations

from dataclasses import asdict

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.signs.settings import SignSettings, check_settings
from bekwaam.services.accounts.numbers import set_numbers
from bekwaam.store.models import Person, Provider


def settings_of(provider: Provider) -> SignSettings:
    """Return from where on something stands out at a provider."""
    return SignSettings(provider.sign_referee_share, provider.sign_quick_seconds, provider.sign_yes_in_a_row)


def set_sign_settings(actor: Person, provider: Provider, settings: SignSettings) -> None:
    """Set from where on something stands out. What was found before stays as it was counted then.

    Raises Invalid for a number that makes no sense, Refused without the right to.
    """
    columns = {f"sign_{name}": number for name, number in asdict(settings).items()}
    allowed_by = (Action.SET_SIGNS, Event.SIGNS_SET)
    set_numbers(actor, provider, allowed_by, check_settings(settings), columns, asdict(settings))
