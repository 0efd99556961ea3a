"""Getting an account by oneself: asked for with a mail address, had once its link was followed.

Nothing is made before the link is followed, so nobody can take another's address; and whoever asks is
told the same whether there is an account of that address or not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.accounts.people import find_or_make_person, person_faults
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import Person, Registration
from bekwaam.wording import N_, say, say_many

SUBJECT: Final = N_("Your account in Bekwaam")
KNOWN: Final = N_("You asked for an account in Bekwaam, but you have one already. Log in here:")
FORGOTTEN: Final = N_('Forgotten your password? Choose "Forgotten your password?" when logging in.')
CONFIRM: Final = N_("You asked for an account in Bekwaam. Choose your password here, and you are in:")
NOT_YOU: Final = N_("Was it not you? Then you need do nothing: without this link there is no account.")


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks for an account: nobody that is known here yet."""

    name: str
    email: str
    language: str


@transaction.atomic
def ask_for_account(email: str, name: str, language: str) -> None:
    """Send the link with which somebody gets an account, or word that they have one already.

    Raises Invalid for an address or name that will not do. An earlier link to the same address stops
    working, and what is too old is thrown away.
    """
    email, name = email.strip().lower(), name.strip()
    faults = person_faults(email, name)
    if faults:
        raise Invalid(faults)
    Registration.objects.filter(asked_at__lt=_oldest()).delete()
    Registration.objects.filter(email=email).delete()
    if _has_account(Person.objects.filter(email=email).first()):
        _post(_Asker(name, email, language), KNOWN, reverse("account_login"), say(language, FORGOTTEN))
        return
    asked = Registration.objects.create(
        token=secrets.token_urlsafe(32), email=email, name=name, language=language, asked_at=clock.now()
    )
    path = reverse("account_register_confirm", args=[asked.token])
    lasts = say_many(
        language,
        "This link works for {number} day.",
        "This link works for {number} days.",
        settings.PASSWORD_RESET_TIMEOUT // 86400,
    )
    _post(_Asker(name, email, language), CONFIRM, path, f"{lasts}\n{say(language, NOT_YOU)}")


def _oldest() -> datetime:
    return clock.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _has_account(person: Person | None) -> bool:
    return person is not None and (person.has_usable_password() or not person.is_active)


def _post(to: _Asker, before_link: str, path: str, after_link: str) -> None:
    letter = Letter(
        to=to,
        sender=None,
        subject=SUBJECT,
        lines=(),
        before_link=before_link,
        path=path,
        after_link=after_link,
        kind=MailKind.ACCOUNT,
    )
    post_after_commit(letter)


def find_registration(token: str) -> Registration:
    """Return what somebody asked for, by the secret of their link; NotFound when used or too old."""
    found = Registration.objects.filter(token=token, asked_at__gte=_oldest()).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def confirm_account(token: str, password: str) -> Person:
    """Make the account that somebody asked for, with the password they chose; the link works once.

    Somebody whom a provider registered meanwhile gets that account, for the link proves the address.
    Raises NotFound for a link that was used or is too old, Refused when there is a password already.
    """
    asked = Registration.objects.select_for_update().filter(token=token, asked_at__gte=_oldest()).first()
    if asked is None:
        raise NotFound
    person = find_or_make_person(None, asked.email, asked.name)
    if _has_account(person):
        message = N_("There is an account of this address already. Log in, or ask for a new password.")
        raise Refused(refused("has_account", message))
    person.set_password(password)
    person.language = asked.language
    person.save(update_fields=["password", "language"])
    Registration.objects.filter(email=asked.email).delete()
    return person
