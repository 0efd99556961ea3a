"""What somebody can grow towards here, and the groups in which a gap is gathered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bekwaam.domain.growth.choosing import target_named
from bekwaam.domain.growth.target import Target
from bekwaam.domain.growth.totals import Group, groups_in, groups_through
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.library import builtin_profiles, crosswalk_ids, find_builtin, load_crosswalk
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.catalogues import own_profiles_for
from bekwaam.store.models import Person


def profiles_on(framework: Framework) -> tuple[FunctionProfile, ...]:
    """Return the function profiles on this version, by set and then as written."""
    return builtin_profiles(Reference(framework.id, framework.version))


def find_target(framework: Framework, key: str, own: Iterable[FunctionProfile] = ()) -> Target | None:
    """Return the target that ``key`` names on this version; None where there is none. No query.

    ``own`` are profiles of organisations, beside those of the product.
    """
    return target_named(framework, key, (*profiles_on(framework), *own)) if key else None


def own_profiles(person: Person) -> tuple[FunctionProfile, ...]:
    """Return the profiles of all organisations that are somebody's. One query."""
    return tuple(profile for _name, profiles in own_profiles_for(person) for profile in profiles)


def target_for(person: Person, framework: Framework, key: str) -> Target | None:
    """Return a target as :func:`find_target`, also by a profile of one's organisation. One query at most."""
    found = find_target(framework, key)
    return found or (find_target(framework, key, own_profiles(person)) if key else None)


def inner_groups(framework: Framework) -> tuple[Group, ...]:
    """Return the clusters and life domains of a framework."""
    return groups_in(framework)


def practice_groups(framework: Framework) -> tuple[Group, ...]:
    """Return the quadrants and verbs to which a crosswalk ties this version; none without one."""
    return _through(Reference(framework.id, framework.version), framework)


@lru_cache(maxsize=32)
def _crosswalks_at(reference: Reference) -> tuple[tuple[str, Reference], ...]:
    """Return the crosswalks with an end at a version, each with its other end."""
    found = []
    for identifier in crosswalk_ids():
        crosswalk = load_crosswalk(identifier)
        if reference in (crosswalk.frm, crosswalk.to):
            found.append((identifier, crosswalk.to if crosswalk.frm == reference else crosswalk.frm))
    return tuple(found)


def _through(reference: Reference, framework: Framework) -> tuple[Group, ...]:
    for identifier, end in _crosswalks_at(reference):
        other = find_builtin(end.id, end.version)
        groups = groups_through(framework, load_crosswalk(identifier), other) if other else ()
        if any(group.units for group in groups):
            return groups
    return ()


def practice_of(profile: FunctionProfile) -> Framework | None:
    """Return the framework in which the accents of a profile lie; None where it names none."""
    return find_builtin(profile.practice.id, profile.practice.version) if profile.practice else None
