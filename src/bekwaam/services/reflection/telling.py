"""Telling those who take part that a deliberation has begun; what it is about stays out of the mail."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from bekwaam.domain.mail.kinds import MailKind
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.reflection.inviting import Addressee
from bekwaam.services.reflection.state import Seat
from bekwaam.store.models import DeliberationSeat
from bekwaam.wording import N_, say

_SUBJECT: Final = N_("You can write now")
_LINE: Final = N_("{host} has begun what you take part in. You can write your first thoughts.")
_HERE: Final = N_("You do that here:")
_BY_LINK: Final = N_("Open the personal link that you got before.")


def tell_begun(seat: Seat) -> None:
    """Let everybody who takes part know that they can write, once the transaction stands. One query.

    Of a personal link only the hash is kept, so who came in by one is asked to open it again.
    """
    rows = DeliberationSeat.objects.filter(
        deliberation=seat.deliberation, joined_at__isnull=False, left_at=None
    ).exclude(pk=seat.row.pk)
    for row in rows:
        guest = row.person_id is None
        post_after_commit(
            Letter(
                to=Addressee(row.name, row.email, row.language),
                sender=seat.row.person,
                subject=_SUBJECT,
                lines=(_LINE,),
                before_link="" if guest else _HERE,
                path="" if guest else reverse("reflection:deliberation", args=[seat.deliberation.ref]),
                values={"host": seat.row.name},
                after_link=say(row.language, _BY_LINK) if guest else "",
                kind=MailKind.DELIBERATION,
                names_somebody=True,
            )
        )
