"""Own function profiles for tests: one written from a copy, changed once, and one on an older version."""

from __future__ import annotations

from dataclasses import replace

from bekwaam.domain.growth.profile_editing import DemandInput, ProfileInput, copy_of
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.frameworks.library import load_builtin, load_profile_set
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.own_profiles import save_profile
from bekwaam.store.models import FrameworkVersion
from tests.cast import Cast

WIJKCOACH = load_profile_set("functienamen").by_code["wijkcoach"]


def mbo() -> FrameworkVersion:
    """Return the real standard, published."""
    return publish(None, load_builtin("evc-sociaal-werker-mbo"))


def given(profile: FunctionProfile, **changes: object) -> ProfileInput:
    """Return a profile as somebody fills it in who changes nothing but ``changes``."""
    found = ProfileInput(
        name=profile.name,
        text=profile.text,
        demands=tuple(DemandInput(one.code, one.stage or "asked", one.reason.nl) for one in profile.demands),
        book=profile.function_book,
        book_url=profile.function_book_url,
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def written(cast: Cast, version: FrameworkVersion, name: str = "Wijkcoach Noord") -> FunctionProfile:
    """Write a copy of our wijkcoach as a profile of the provider."""
    begun = copy_of(WIJKCOACH, cast.provider.name, ours=True)
    filled = given(begun, name=Text(name, ""), book="FB-12", book_url="https://example.org/functieboek")
    return save_profile(cast.coordinator, cast.provider, version, filled, begun=begun)


def changed(
    cast: Cast, version: FrameworkVersion, profile: FunctionProfile, **how: object
) -> FunctionProfile:
    """Change a profile of the provider as its coordinator would."""
    filled = given(profile, **how)
    return save_profile(
        cast.coordinator, cast.provider, version, filled, code=profile.code, seen=profile_hash(profile)
    )
