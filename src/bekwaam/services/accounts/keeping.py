"""How long a provider keeps finished dossiers of candidates who had their account erased."""

from __future__ import annotations

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.accounts.erasing import check_keep_years
from bekwaam.domain.events import Event
from bekwaam.services.accounts.numbers import set_numbers
from bekwaam.store.models import Person, Provider


def set_keeping(actor: Person, provider: Provider, years: int) -> None:
    """Set for how many years, from the certificate on. What candidates were told before stays as it was.

    Raises Invalid for a number that makes no sense, Refused without the right to.
    """
    allowed_by = (Action.SET_KEEPING, Event.KEEPING_SET)
    columns = {"keep_years": years}
    set_numbers(actor, provider, allowed_by, check_keep_years(years), columns, {"years": years})
