"""People, providers and what people are at a provider."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import get_language

from bekwaam.domain.accounts.access import PROVIDER_ROLES
from bekwaam.domain.accounts.erasing import ERASED_NAME, USUAL_KEEP_YEARS
from bekwaam.domain.portfolio.coverage import USUAL_CONTEXTS, USUAL_PIECES, USUAL_YEARS
from bekwaam.domain.procedures.reminding import USUAL_FIRST, USUAL_LAST
from bekwaam.domain.signs.settings import USUAL_SECONDS, USUAL_SHARE, USUAL_YES
from bekwaam.store.models.shared import moment, ref_field
from bekwaam.wording import LANGUAGES, say


def erased_name() -> str:
    """Return what stands in the place of a name that was erased, in the language of the page."""
    return say(get_language() or LANGUAGES[0], ERASED_NAME)


class NameField(models.CharField):  # type: ignore[type-arg]
    """A name; of who had theirs erased it is empty, and reads as "(erased person)" wherever it is shown.

    So no screen, mail or list has to know of it.
    """

    def from_db_value(self, value: str | None, *_: Any) -> str:
        """Put the words in the place of an empty name."""
        return value or erased_name()

    def get_prep_value(self, value: Any) -> Any:
        """Keep those words out of the table when a row is saved again."""
        return "" if value in {say(language, ERASED_NAME) for language in LANGUAGES} else value


class PersonManager(BaseUserManager["Person"]):
    """Makes and finds people by e-mail address, without regard to capitals."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password they can only come in by a link."""
        person = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find somebody to log in."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their roles, never from a flag here.

    Only ``is_operator`` stands apart: whoever runs the installation registers providers. Who had their
    account erased (``erased_at``) has no mail address any more, and no name once no dossier needs it.
    """

    ref = ref_field()
    email = models.EmailField(unique=True)
    name = NameField(max_length=200)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, for libraries that ask in Django's way."""
        return self.name


class Provider(models.Model):
    """An EVC provider. Its settings hold what the standard leaves to it.

    ``legal_id`` is its number in the register of companies (in the Netherlands: *KvK-nummer*).
    """

    ref = ref_field()
    name = models.CharField(max_length=200, unique=True)
    place = models.CharField(max_length=100, blank=True)
    website = models.URLField(blank=True)
    legal_id = models.CharField(max_length=20, blank=True)
    second_instrument_required = models.BooleanField(default=True)
    assessors_needed = models.PositiveSmallIntegerField(default=2)
    last_number = models.PositiveIntegerField(default=0)
    usual_years = models.PositiveSmallIntegerField(default=USUAL_YEARS)
    usual_pieces = models.PositiveSmallIntegerField(default=USUAL_PIECES)
    usual_contexts = models.PositiveSmallIntegerField(default=USUAL_CONTEXTS)
    keep_years = models.PositiveSmallIntegerField(default=USUAL_KEEP_YEARS)
    sign_referee_share = models.PositiveSmallIntegerField(default=USUAL_SHARE)
    sign_quick_seconds = models.PositiveSmallIntegerField(default=USUAL_SECONDS)
    sign_yes_in_a_row = models.PositiveSmallIntegerField(default=USUAL_YES)
    remind_on = models.BooleanField(default=True)
    remind_first = models.PositiveSmallIntegerField(default=USUAL_FIRST)
    remind_last = models.PositiveSmallIntegerField(default=USUAL_LAST)
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a person at a provider, from ``since`` until (when it ended) ``until``."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in PROVIDER_ROLES])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "provider", "role"],
                condition=models.Q(until=None),
                name="one_running_membership",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return who has which role where, and whether it ended."""
        return {
            "person": self.person_id,
            "provider": self.provider_id,
            "role": self.role,
            "since": moment(self.since),
            "until": moment(self.until),
        }


class Draft(models.Model):
    """What somebody was typing in a form, kept until it is sent. Private to its writer."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_draft_per_form")]


class Registration(models.Model):
    """That somebody asked for an account of their own. Gone once they have it, or once it is too old.

    ``token`` is the secret part of the link that goes to ``email``: only who reads that mail has it.
    """

    token = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField(db_index=True)


class Employment(models.Model):
    """An employer of somebody who judges or coordinates, as they filled it in; their own to change.

    ``left_in`` is the year in which they left; None while they work there.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    name = models.CharField(max_length=200)
    left_in = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
