"""Everything that people are reminded of, one kind after the other."""

from __future__ import annotations

from bekwaam.services.agenda.looking_back import remind_to_look_back
from bekwaam.services.agenda.reminding import Reminded, remind
from bekwaam.services.teams.reminding import remind_invited


def remind_everybody(*, dry_run: bool = False) -> tuple[Reminded, ...]:
    """Remind everybody of what waits for them, of invitations and of looking back; return whom.

    With ``dry_run`` only say whom. May be run as often as one likes: nobody is reminded twice of the same.
    """
    others = (*remind_invited(dry_run=dry_run), *remind_to_look_back(dry_run=dry_run))
    return (*remind(dry_run=dry_run), *(Reminded(who, 1) for who in others))
