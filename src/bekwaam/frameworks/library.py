"""What comes with the product: packs, crosswalks, function profiles and lists of words, found by their id."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.function_profile import FunctionProfile, ProfileSet
from bekwaam.frameworks.guide import Guide
from bekwaam.frameworks.loading.crosswalk import load_crosswalk_file
from bekwaam.frameworks.loading.editions import Edition, editions_in, in_order
from bekwaam.frameworks.loading.function_profile import load_profiles_file
from bekwaam.frameworks.loading.guide import load_guide_file
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.loading.review_term import load_review_terms_file
from bekwaam.frameworks.loading.team_model import load_team_models_file
from bekwaam.frameworks.loading.word_list import load_word_list
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.review_term import ReviewTerms
from bekwaam.frameworks.team_model import TeamModels
from bekwaam.frameworks.word_list import WordList

PACKS: Final = Path(__file__).resolve().parent / "packs"
CROSSWALKS: Final = PACKS.parent / "crosswalks"
SUGGESTIONS: Final = PACKS.parent / "suggestions"
PROFILES: Final = PACKS.parent / "profiles"
GUIDES: Final = PACKS.parent / "guides"
TEAM_MODELS: Final = PACKS.parent / "team_models" / "modellen.yaml"
REVIEW_TERMS: Final = PACKS.parent / "review_terms" / "kennis.yaml"


@lru_cache(maxsize=1)
def _editions() -> dict[str, tuple[Edition, ...]]:
    """Return the versions of every framework, oldest first, by its id; ids sorted."""
    found: dict[str, list[Edition]] = {}
    for edition in editions_in(PACKS):
        found.setdefault(edition.id, []).append(edition)
    return {identifier: in_order(found[identifier]) for identifier in sorted(found)}


def builtin_ids(kind: str | None = None) -> tuple[str, ...]:
    """Return the ids of the packs that come with the product, sorted; of one ``kind`` where given.

    An id stands here once, however many versions there are.
    """
    found = _editions().items()
    return tuple(identifier for identifier, known in found if kind is None or known[-1].kind == kind)


def builtin_versions(identifier: str) -> tuple[str, ...]:
    """Return the versions of a pack that come with the product, oldest first; none where it is unknown."""
    return tuple(edition.version for edition in _editions().get(identifier, ()))


def builtin_path(identifier: str, version: str | None = None) -> Path | None:
    """Return the folder of a pack that comes with the product; None where there is none.

    Without ``version`` this is the newest.
    """
    known = _editions().get(identifier, ())
    fitting = [edition.path for edition in known if version in (None, edition.version)]
    return fitting[-1] if fitting else None


def load_builtin(identifier: str, version: str | None = None) -> Framework:
    """Return a pack that comes with the product, the newest where no ``version`` is given.

    Raises KeyError for an unknown ``identifier`` or version.
    """
    path = builtin_path(identifier, version)
    if path is None:
        raise KeyError(identifier if version is None else f"{identifier}@{version}")
    return _load(path)


@lru_cache(maxsize=64)
def _load(path: Path) -> Framework:
    return load_pack(path, builtin_path)


def find_builtin(identifier: str, version: str) -> Framework | None:
    """Return one version of a pack that comes with the product; None where there is none."""
    return load_builtin(identifier, version) if version in builtin_versions(identifier) else None


def crosswalk_ids() -> tuple[str, ...]:
    """Return the ids of the crosswalks that come with the product, sorted."""
    return tuple(sorted(file.stem for file in CROSSWALKS.glob("*.yaml")))


@lru_cache(maxsize=64)
def load_crosswalk(identifier: str) -> Crosswalk:
    """Return a crosswalk that comes with the product. Raises KeyError for an unknown ``identifier``."""
    if identifier not in crosswalk_ids():
        raise KeyError(identifier)
    return load_crosswalk_file(CROSSWALKS / f"{identifier}.yaml", find_builtin)


def profile_set_ids() -> tuple[str, ...]:
    """Return the ids of the sets of function profiles that come with the product, sorted."""
    return tuple(sorted(file.stem for file in PROFILES.glob("*.yaml")))


@lru_cache(maxsize=16)
def load_profile_set(identifier: str) -> ProfileSet:
    """Return a set of function profiles. Raises KeyError for an unknown ``identifier``."""
    if identifier not in profile_set_ids():
        raise KeyError(identifier)
    return load_profiles_file(PROFILES / f"{identifier}.yaml", find_builtin)


def builtin_profiles(framework: Reference) -> tuple[FunctionProfile, ...]:
    """Return every profile on one version of a framework, by set and then as written; never by fit."""
    sets = (load_profile_set(identifier) for identifier in profile_set_ids())
    return tuple(profile for one in sets if one.framework == framework for profile in one.profiles)


@lru_cache(maxsize=1)
def load_team_models() -> TeamModels:
    """Return the team models that come with the product."""
    sets = (load_profile_set(identifier) for identifier in profile_set_ids())
    return load_team_models_file(TEAM_MODELS, find_builtin, [code for one in sets for code in one.by_code])


@lru_cache(maxsize=1)
def load_review_terms() -> ReviewTerms:
    """Return after how long what somebody knows is to be looked at again, as the product proposes it."""
    return load_review_terms_file(REVIEW_TERMS, find_builtin)


def guide_ids() -> tuple[str, ...]:
    """Return the ids of the guided choices that come with the product, sorted."""
    return tuple(sorted(file.stem for file in GUIDES.glob("*.yaml")))


@lru_cache(maxsize=4)
def load_guide(identifier: str) -> Guide:
    """Return a guided choice. Raises KeyError for an unknown ``identifier``."""
    if identifier not in guide_ids():
        raise KeyError(identifier)
    return load_guide_file(GUIDES / f"{identifier}.yaml", find_builtin)


def word_list_ids() -> tuple[str, ...]:
    """Return the ids of the standards that have a list of everyday words, sorted."""
    return tuple(sorted(folder.name for folder in SUGGESTIONS.iterdir() if folder.is_dir()))


@lru_cache(maxsize=16)
def builtin_word_list(identifier: str) -> WordList:
    """Return the everyday words of a standard. Raises KeyError where it has no list."""
    if identifier not in word_list_ids():
        raise KeyError(identifier)
    return load_word_list(SUGGESTIONS / identifier, identifier)
