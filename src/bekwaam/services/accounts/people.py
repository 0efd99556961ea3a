"""Registering providers and people, and giving roles."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction

from bekwaam.domain.accounts.access import PROVIDER_ROLES, Action, Role
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.invitations import invite_after_commit
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.audit import append
from bekwaam.store.models import Membership, Person, Provider
from bekwaam.wording import LANGUAGES, N_

MAX_EMAIL: Final = 254
MAX_NAME: Final = 200
MAX_PLACE: Final = 100


@transaction.atomic
def register_operator(email: str, name: str, password: str | None = None) -> Person:
    """Make whoever runs the installation known; they register providers. For the command line."""
    person = Person.objects.create_user(email, name, password, is_operator=True, created_at=clock.now())
    append(Event.PERSON_REGISTERED, actor=None, subject=f"person:{person.ref}", now=clock.now())
    return person


@transaction.atomic
def register_provider(actor: Person | None, name: str, place: str = "") -> Provider:
    """Register an EVC provider. ``actor`` is None for the command line, which is the operator's own."""
    if actor is not None and not actor.is_operator:
        raise Refused(refused("no_role", N_("You have no access to this.")))
    name, place = name.strip(), place.strip()
    faults = [*_too_long("name", name, MAX_NAME), *_too_long("place", place, MAX_PLACE)]
    if not name:
        faults.append(Fault("name", "empty", N_("Fill in the name of the provider.")))
    if faults:
        raise Invalid(tuple(faults))
    if Provider.objects.filter(name__iexact=name).exists():
        raise Invalid((Fault("name", "taken", N_("There is a provider of this name already.")),))
    now = clock.now()
    provider = Provider.objects.create(name=name, place=place, registered_at=now)
    append(Event.PROVIDER_REGISTERED, actor=actor, subject=f"provider:{provider.ref}", now=now)
    return provider


@transaction.atomic
def open_provider(name: str, place: str, coordinator_email: str, coordinator_name: str) -> Provider:
    """Register a provider with its first coordinator, both or neither. For the command line."""
    provider = register_provider(None, name, place)
    register_person(None, provider, coordinator_email, coordinator_name, (Role.COORDINATOR,))
    return provider


@transaction.atomic
def register_person(
    actor: Person | None, provider: Provider, email: str, name: str, roles: tuple[Role, ...] = ()
) -> Person:
    """Give somebody ``roles`` at a provider, making an account where there is none of that address.

    Somebody who has an account already keeps their own name; whoever never chose a password gets a mail
    with the link to do so. ``actor`` is None for the command line.
    Raises Invalid for an address or name that will not do, Refused without the right to.
    """
    lock_provider(provider)
    insist_at_provider(Action.REGISTER_PERSON, actor, provider)
    person = find_or_make_person(actor, email, name)
    for role in roles:
        give_role(actor, provider, person, role)
    invite_after_commit(person, provider)
    return person


def find_or_make_person(actor: Person | None, email: str, name: str) -> Person:
    """Return the person of an address, made now if new. Inside the caller's transaction."""
    email = email.strip().lower()
    faults = person_faults(email, name.strip())
    if faults:
        raise Invalid(faults)
    return Person.objects.filter(email=email).first() or _make_person(actor, email, name)


def _make_person(actor: Person | None, email: str, name: str) -> Person:
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, name, created_at=clock.now())
    except IntegrityError:  # another provider was first, a moment ago
        return Person.objects.get(email=email)
    append(Event.PERSON_REGISTERED, actor=actor, subject=f"person:{person.ref}", now=clock.now())
    return person


def person_faults(email: str, name: str) -> tuple[Fault, ...]:
    """Return what is wrong with an address or a name."""
    faults = []
    if email.count("@") != 1 or email[0] == "@" or email[-1] == "@" or len(email.split()) != 1:
        faults.append(Fault("email", "no_address", N_("This is not an e-mail address.")))
    faults += _too_long("email", email, MAX_EMAIL)
    if not name:
        faults.append(Fault("name", "empty", N_("Fill in the name.")))
    return (*faults, *_too_long("name", name, MAX_NAME))


def _too_long(field: str, text: str, limit: int) -> list[Fault]:
    message = N_("This is too long: {limit} characters is the most.")
    return [Fault(field, "too_long", message, {"limit": limit})] if len(text) > limit else []


@transaction.atomic
def give_role(actor: Person | None, provider: Provider, person: Person, role: Role) -> None:
    """Give a role at a provider; giving it twice changes nothing."""
    lock_provider(provider)
    insist_at_provider(Action.REGISTER_PERSON, actor, provider)
    if role not in PROVIDER_ROLES:
        raise Refused(refused("no_such_role", N_("This role cannot be given at a provider.")))
    now = clock.now()
    membership, made = Membership.objects.get_or_create(
        person=person, provider=provider, role=role.value, until=None, defaults={"since": now}
    )
    if made:
        append(
            Event.ROLE_GIVEN,
            actor=actor,
            subject=f"provider:{provider.ref}",
            now=now,
            payload={"person": person.ref, "role": role.value},
            content=[membership],
        )


@transaction.atomic
def take_role(actor: Person | None, provider: Provider, person: Person, role: Role) -> None:
    """End a role at a provider. Refused for the last coordinator: somebody must hold the keys."""
    lock_provider(provider)
    insist_at_provider(Action.REGISTER_PERSON, actor, provider)
    running = Membership.objects.filter(provider=provider, role=role, until=None)
    if role is Role.COORDINATOR and not running.exclude(person=person).exists():
        raise Refused(refused("last_coordinator", N_("A provider needs at least one coordinator.")))
    end_role(actor, provider, person, role)


def end_role(actor: Person | None, provider: Provider, person: Person, role: Role) -> None:
    """End a role, where somebody holds it. Inside the caller's transaction, which asked whether it may."""
    now = clock.now()
    membership = Membership.objects.filter(provider=provider, role=role, until=None, person=person).first()
    if membership is not None:
        membership.until = now
        membership.save(update_fields=["until"])
        append(
            Event.ROLE_TAKEN,
            actor=actor,
            subject=f"provider:{provider.ref}",
            now=now,
            payload={"person": person.ref, "role": role.value},
            content=[membership],
        )


def set_language(person: Person, language: str) -> None:
    """Remember the language that somebody chose, for the mail they get. Not worth an audit entry."""
    if language in LANGUAGES:
        Person.objects.filter(pk=person.pk).update(language=language)


def find_person(ref: str) -> Person:
    """Return an active person by reference; raises NotFound."""
    person = Person.objects.filter(ref=ref, is_active=True).first()
    if person is None:
        raise NotFound
    return person
