"""The mail with which somebody who forgot their password chooses a new one."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.mail.kinds import MailKind
from bekwaam.services.accounts.letters import Letter, send
from bekwaam.store.models import Person
from bekwaam.wording import N_, say

SUBJECT: Final = N_("Choose a new password")
ASKED: Final = N_("You asked for a new password for Bekwaam. Choose it here:")
NOT_YOU: Final = N_("Was it not you? Then you need do nothing: your password stays as it is.")


def send_new_password(person: Person, address: str) -> None:
    """Send the link, a whole ``address``, in one's own language. Raises what the mail library raises."""
    letter = Letter(
        to=person,
        sender=None,
        subject=SUBJECT,
        lines=(),
        before_link=ASKED,
        path=address,
        after_link=say(person.language, NOT_YOU),
        kind=MailKind.ACCOUNT,
    )
    send(letter)
