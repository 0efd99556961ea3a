"""What a provider usually asks of a portfolio: its own numbers, with those of most as the default."""

from __future__ import annotations

from dataclasses import asdict

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.portfolio.coverage import Usual, check_usual
from bekwaam.services.accounts.numbers import set_numbers
from bekwaam.store.models import Person, Provider


def set_usual(actor: Person, provider: Provider, usual: Usual) -> None:
    """Set how recent, how much and how varied evidence usually is. Hints in portfolios follow at once.

    What was handed in and judged is not touched: these numbers are no rule. Raises Invalid for a number
    that makes no sense, Refused without the right to.
    """
    columns = {f"usual_{name}": number for name, number in asdict(usual).items()}
    allowed_by = (Action.SET_USUAL, Event.USUAL_SET)
    set_numbers(actor, provider, allowed_by, check_usual(usual), columns, asdict(usual))
