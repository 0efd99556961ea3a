"""Mail to people: a greeting, what happened, one link, who it is from. Sent once the write stands.

A mail says that there is something to do and where, never what it is about: a mailbox is not a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import transaction

from bekwaam.domain.accounts.erasing import NOWHERE
from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.domain.mail.paper import Wording
from bekwaam.services.mail.sending import Attached, Filed, deliver, outcome_of
from bekwaam.store.models import Person, Procedure, Provider, SentMail
from bekwaam.wording import N_, say

GREETING: Final = N_("Hello {name},")
CLOSING: Final = N_("Kind regards, also on behalf of Bekwaam,")
OWN_CLOSING: Final = N_("Kind regards, Bekwaam")
LINK: Final = N_("Open Bekwaam")


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

    ``path`` is the address to go to, without the site (a whole address will do; empty: no link); ``items``
    (a list) and ``after_link`` are texts that are worded already. Without a ``sender`` it is from Bekwaam.
    ``kind`` and ``about`` are kept of it, and the subject unless ``names_somebody``.
    """

    to: Addressee
    sender: Sender | None
    subject: str
    lines: tuple[str, ...]
    before_link: str = ""
    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    after_link: str = ""
    items: tuple[str, ...] = ()
    kind: MailKind = MailKind.PROCEDURE
    about: Procedure | None = None
    names_somebody: bool = False
    attached: Attached | None = None


def post_after_commit(
    letter: Letter,
    failed: Callable[[bool], None] | None = None,
    sent: Callable[[SentMail], None] | None = None,
) -> None:
    """Send ``letter`` once the present transaction stands; not to who had their account erased.

    A mail server that does not answer is logged and undoes nothing. ``failed`` is called when the letter
    did not go out, with whether it was the address that was refused for good; ``sent`` when it did, with what
    was kept of it.
    """
    if letter.to.email.endswith(f"@{NOWHERE}"):
        return

    def post() -> None:
        # A function with a name, not a partial: Django names it in the log when it fails.
        try:
            row = send(letter)
        except Exception as error:
            if failed is not None:
                failed(outcome_of(error) is Outcome.REFUSED)
            raise
        if sent is not None and row is not None:
            sent(row)

    transaction.on_commit(post, robust=True)


def send(letter: Letter) -> SentMail | None:
    """Send ``letter`` now, in the language of who gets it; return what was kept of it.

    Raises what the mail library raises.
    """
    provider = letter.sender if isinstance(letter.sender, Provider) else None
    filed = Filed(
        kind=letter.kind,
        person=letter.to if isinstance(letter.to, Person) else None,
        provider=letter.about.provider if letter.about else provider,
        procedure=letter.about,
        with_subject=not letter.names_somebody,
    )
    return deliver(letter.to.email, worded(letter), filed, letter.attached)


def worded(letter: Letter) -> Wording:
    """Return a letter in words, in the language of who gets it."""
    language = letter.to.language
    sender = letter.sender.name if letter.sender else ""
    values = {"provider": sender, **letter.values}
    closing = (say(language, CLOSING), sender) if sender else (say(language, OWN_CLOSING),)
    return Wording(
        language=language,
        subject=say(language, letter.subject, **values),
        greeting=say(language, GREETING, name=letter.to.name),
        lines=tuple(say(language, line, **values) for line in letter.lines),
        items=letter.items,
        before_link=say(language, letter.before_link) if letter.before_link else "",
        link=_whole(letter.path),
        link_label=say(language, LINK),
        after_link=letter.after_link,
        closing=closing,
    )


def _whole(path: str) -> str:
    if not path or "://" in path:
        return path
    return str(settings.BASE_URL).rstrip("/") + path
