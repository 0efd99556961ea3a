"""The first mail that somebody gets: what for, and the link to choose a password."""

from __future__ import annotations

from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from bekwaam.domain.mail.kinds import MailKind
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.store.models import Person, Procedure, Provider
from bekwaam.wording import N_, say_many

COLLEAGUE: Final = (
    N_("{provider} has made an account for you in Bekwaam."),
    N_("There you guide, judge or arrange the recognition of people's experience."),
)
CANDIDATE: Final = (
    N_("{provider} has started a procedure for the recognition of your experience."),
    N_("In Bekwaam you show what you can do: you collect evidence from your own work, step by step."),
)
CHOOSE: Final = N_("Choose your password here, and you are in:")
LOG_IN: Final = N_("You have an account already. Log in here:")


def invite_after_commit(
    person: Person, provider: Provider, *, candidate: bool = False, about: Procedure | None = None
) -> None:
    """Send somebody a mail once the present transaction stands; ``about`` a procedure that was started.

    Whoever never chose a password gets the link to do so; whoever did only hears of a procedure. A mail
    that is lost is no disaster: "forgotten your password" helps as well.
    """
    known = person.has_usable_password()
    if known and not candidate:
        return
    post_after_commit(
        Letter(
            to=person,
            sender=provider,
            subject=N_("Your procedure at {provider}") if candidate else N_("Your account at {provider}"),
            lines=CANDIDATE if candidate else COLLEAGUE,
            before_link=LOG_IN if known else CHOOSE,
            path=reverse("account_login") if known else password_path(person),
            after_link="" if known else _lasting(person.language),
            kind=MailKind.ACCOUNT,
            about=about,
        )
    )


def _lasting(language: str) -> str:
    return say_many(
        language,
        'This link works for {number} day. Too late? Choose "Forgotten your password?" when logging in.',
        'This link works for {number} days. Too late? Choose "Forgotten your password?" when logging in.',
        settings.PASSWORD_RESET_TIMEOUT // 86400,
    )


def password_path(person: Person) -> str:
    """Return the address, without the site, at which somebody can choose a password."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)
