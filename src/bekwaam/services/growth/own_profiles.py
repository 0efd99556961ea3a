"""An organisation writes its own function profiles on the screen: saving one, taking one out, reading them.

Every save is a new list in place of the one before; earlier wordings can still be read by who may choose it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from bekwaam.domain.growth.profile_editing import ProfileInput, check_profile, edited
from bekwaam.frameworks.function_profile import FunctionProfile, profile_code
from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.services import clock
from bekwaam.services.accounts.standing import lock_provider
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import Overtaken
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogue_editing import Entries, replace_entries
from bekwaam.services.growth.catalogues import CatalogueKind, of_their_organisations, row_in_use
from bekwaam.services.growth.profile_entries import Earlier, Entry, Kept, kept_from, written
from bekwaam.store.models import Catalogue, FrameworkVersion, Person, Provider

_KIND: Final = CatalogueKind.PROFILES


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a profile and the day on which it was written; empty where nobody kept that day."""

    profile: FunctionProfile
    on: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """A profile of one of somebody's organisations, with the name of that organisation."""

    organisation: str
    owner_pk: int
    kept: Kept

    @property
    def profile(self) -> FunctionProfile:
        """Return what the profile says now."""
        return self.kept.profile


@transaction.atomic
def save_profile(
    actor: Person,
    provider: Provider,
    version: FrameworkVersion,
    given: ProfileInput,
    *,
    code: str = "",
    seen: str = "",
    begun: FunctionProfile | None = None,
) -> FunctionProfile:
    """Keep a profile that was filled in and return it; ``code`` is empty for a new one.

    ``seen`` is the hash of the profile that the person looked at: Overtaken is raised where a colleague has
    changed that one since; changes to others do not matter. ``begun`` is what a new one is a copy of. Raises
    Refused without the right to, NotFound for a ``code`` that is not there, and Invalid where it has faults.
    """
    lock_provider(provider)
    row = row_in_use(provider, version, _KIND)
    framework = framework_of(version)
    made: list[FunctionProfile] = []

    def change(entries: Entries) -> Iterable[Entry]:
        known = [kept_from(entry).profile for entry in entries]
        before = _looked_at(known, code, seen) if code else begun
        others = [one for one in known if one.code != code]
        faults = check_profile(framework, given, others)
        if faults:
            raise Invalid(faults)
        called = code or profile_code(provider.ref, given.name.nl, {one.code for one in known})
        new = edited(framework, before, given, provider.name, called)
        after = [new if one.code == code else one for one in known] if code else [*known, new]
        kept = written(entries, after, row.ref if row else "", clock.today().isoformat())
        made.extend(kept_from(entry).profile for entry in kept if entry["code"] == called)
        return kept

    replace_entries(actor, provider, version, _KIND, change, row.ref if row else "")
    return made[0]


@transaction.atomic
def remove_profile(
    actor: Person, provider: Provider, version: FrameworkVersion, code: str, seen: str
) -> None:
    """Take a profile out. Goals that were made for it stay. Raises as :func:`save_profile`."""
    lock_provider(provider)
    row = row_in_use(provider, version, _KIND)

    def change(entries: Entries) -> Iterable[Entry]:
        _looked_at([kept_from(entry).profile for entry in entries], code, seen)
        return [entry for entry in entries if entry["code"] != code]

    replace_entries(actor, provider, version, _KIND, change, row.ref if row else "")


def _looked_at(known: list[FunctionProfile], code: str, seen: str) -> FunctionProfile:
    found = next((one for one in known if one.code == code), None)
    if found is None:
        raise NotFound
    if profile_hash(found) != seen:
        raise Overtaken
    return found


def list_of(provider: Provider, version: FrameworkVersion) -> tuple[Kept, ...]:
    """Return the profiles of a provider on a version, in the order of its list. One query."""
    row = row_in_use(provider, version, _KIND)
    return tuple(map(kept_from, row.entries)) if row else ()


def profiles_at(provider: Provider, version: FrameworkVersion) -> tuple[FunctionProfile, ...]:
    """Return the same without their history. One query."""
    return tuple(one.profile for one in list_of(provider, version))


def elsewhere(provider: Provider, version: FrameworkVersion) -> tuple[FunctionProfile, ...]:
    """Return the profiles of a provider on other versions of the same framework. One query."""
    rows = Catalogue.objects.filter(owner=provider, kind=_KIND.value, withdrawn_at=None)
    rows = rows.filter(standard__identifier=version.identifier).exclude(standard=version)
    return tuple(kept_from(entry).profile for row in rows for entry in row.entries)


def theirs(person: Person) -> tuple[Theirs, ...]:
    """Return the profiles of all organisations that are somebody's, newest list first. One query."""
    rows = of_their_organisations(person, _KIND).order_by("owner__name", "-loaded_at", "-pk")
    return tuple(Theirs(row.owner.name, row.owner_id, kept_from(one)) for row in rows for one in row.entries)


def wordings(found: Theirs, start: int, most: int) -> tuple[Version, ...]:
    """Return the wordings of a profile from number ``start`` (0 is of now), newest first. One query."""
    all_of_them = (Earlier("", found.profile.changed_on), *found.kept.earlier)
    wanted = all_of_them[start : start + most]
    refs = [one.catalogue for one in wanted if one.catalogue]
    rows = Catalogue.objects.filter(owner=found.owner_pk, kind=_KIND.value, ref__in=refs)
    stood = {
        ref: kept_from(entry).profile
        for ref, entries in rows.values_list("ref", "entries")
        for entry in entries
        if entry["code"] == found.profile.code
    }
    stood[""] = found.profile
    return tuple(Version(stood[one.catalogue], one.on) for one in wanted if one.catalogue in stood)


def newer_version(version: FrameworkVersion) -> str:
    """Return the newest version in use of the same framework, if it is newer; else nothing. One query."""
    rows = FrameworkVersion.objects.filter(identifier=version.identifier, retired_at=None)
    newer = rows.filter(published_at__gt=version.published_at).exclude(pk=version.pk)
    return newer.order_by("-published_at", "-pk").values_list("version", flat=True).first() or ""
