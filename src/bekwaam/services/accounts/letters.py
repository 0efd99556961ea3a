"""Mail to people: a greeting, what happened, one link, who it is from. Sent once the write stands.

A mail says that there is something to do and where, never what it is about: a mailbox is not a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from bekwaam.domain.accounts.erasing import NOWHERE
from bekwaam.wording import N_, say

GREETING: Final = N_("Hello {name},")
CLOSING: Final = N_("Kind regards, also on behalf of Bekwaam,")


class Addressee(Protocol):
    """Who gets a letter: somebody with an account, or anybody with an address."""

    @property
    def name(self) -> str:
        """Return how to greet them."""

    @property
    def email(self) -> str:
        """Return where to write to."""

    @property
    def language(self) -> str:
        """Return in which language."""


class Sender(Protocol):
    """Who a letter is from: a provider, or a person."""

    @property
    def name(self) -> str:
        """Return what stands below it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be. ``subject``, ``lines`` and ``before_link`` are msgids, filled from ``values``.

    ``path`` is the address to go to, without the site; ``after_link`` is text that is worded already.
    """

    to: Addressee
    sender: Sender
    subject: str
    lines: tuple[str, ...]
    before_link: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    after_link: str = ""


def post_after_commit(letter: Letter, failed: Callable[[bool], None] | None = None) -> None:
    """Send ``letter`` once the present transaction stands; not to who had their account erased.

    A mail server that does not answer is logged and undoes nothing. ``failed`` is called when the letter
    did not go out, with whether it was the address that was refused for good.
    """
    if letter.to.email.endswith(f"@{NOWHERE}"):
        return

    def post() -> None:
        # A function with a name, not a partial: Django names it in the log when it fails.
        try:
            send(letter)
        except Exception as error:
            if failed is not None:
                failed(_refused_for_good(error))
            raise

    transaction.on_commit(post, robust=True)


def _refused_for_good(error: Exception) -> bool:
    """Tell whether a mail server says that there is no such address (RFC 5321, 4.2.1: codes from 500)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _said in error.recipients.values())


def send(letter: Letter) -> None:
    """Send ``letter`` now, in the language of who gets it."""
    language = letter.to.language
    values = {"provider": letter.sender.name, **letter.values}
    link = [say(language, letter.before_link), settings.BASE_URL.rstrip("/") + letter.path]
    if letter.after_link:
        link += ["", letter.after_link]
    parts = (
        say(language, GREETING, name=letter.to.name),
        "\n".join(say(language, line, **values) for line in letter.lines),
        "\n".join(link),
        "\n".join((say(language, CLOSING), letter.sender.name)),
    )
    # A name with a line break would otherwise be a way to add headers; Django refuses, we tidy.
    subject = " ".join(say(language, letter.subject, **values).split())
    send_mail(subject, "\n\n".join(parts) + "\n", None, [letter.to.email])
