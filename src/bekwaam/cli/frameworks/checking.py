"""``bekwaam frameworks check``: every fault in packs and in what stands beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bekwaam.cli.frameworks.files import read_exchanged
from bekwaam.cli.language import language_option
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.library import builtin_path, find_builtin, load_profile_set, profile_set_ids
from bekwaam.frameworks.loading.crosswalk import read_crosswalk
from bekwaam.frameworks.loading.function_profile import read_profiles
from bekwaam.frameworks.loading.guide import read_guide
from bekwaam.frameworks.loading.pack import HEAD_FILE, read_pack
from bekwaam.frameworks.loading.review_term import read_review_terms
from bekwaam.frameworks.loading.sorts import Sort, sort_of
from bekwaam.frameworks.loading.team_model import read_team_models
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many


@click.command(short_help="Check packs, crosswalks, profiles and exported files.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@language_option
def check(paths: tuple[Path, ...], language: str) -> None:
    """Check packs and what stands beside them; report every fault with file, line and code, all in one go.

    PATH is the folder of a pack, a folder of packs, or one file (or a folder of files) that holds a whole
    pack, a crosswalk, function profiles, a guided choice, team models, review terms, or what "export" wrote
    as json, case or xlsx. Exit status: 0 no faults, 1 faults, 2 a path was not found.
    """
    _refuse_absent(paths, language)
    faults: list[Fault] = []
    counts: list[str] = []
    for pack in (pack for path in paths for pack in _packs_in(path)):
        sentence, found = _looked_at(pack, language)
        faults.extend(fault for fault in found if fault not in faults)
        if not found:
            counts.append(sentence)
    for line in [*(fault.full_text(language) for fault in faults), *counts]:
        click.echo(line)
    if faults:
        click.echo(say_many(language, "{number} fault.", "{number} faults.", len(faults)))
    sys.exit(1 if faults else 0)


def _looked_at(path: Path, language: str) -> tuple[str, tuple[Fault, ...]]:
    """Return what to say of a file or pack that is sound, and the faults of one that is not."""
    sort = sort_of(path)
    if sort is not None:
        return _beside_packs(sort, path, language)
    if (reading := read_exchanged(path)) is not None:
        sound, told = reading.framework, reading.faults
    else:
        sound, noted = read_pack(path, builtin_path)
        told = noted.sorted()
    return _sound(path, sound, language) if sound else "", told


def _beside_packs(sort: Sort, path: Path, language: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the same for what is no pack."""
    match sort:
        case Sort.CROSSWALK:
            crosswalk, found = read_crosswalk(path, find_builtin)
            message = N_("{path}: {id} is in order, links: {number}.")
            whole = (crosswalk.id, len(crosswalk.links)) if crosswalk else ("", 0)
        case Sort.PROFILES:
            profiles, found = read_profiles(path, find_builtin)
            message = N_("{path}: {id} is in order, profiles: {number}.")
            whole = (profiles.id, len(profiles.profiles)) if profiles else ("", 0)
        case Sort.GUIDE:
            guide, found = read_guide(path, find_builtin)
            message = N_("{path}: {id} is in order, steps: {number}.")
            whole = (guide.id, len(guide.steps)) if guide else ("", 0)
        case Sort.TEAM_MODELS:
            codes = [code for one in profile_set_ids() for code in load_profile_set(one).by_code]
            models, found = read_team_models(path, find_builtin, codes)
            message = N_("{path}: {id} is in order, models: {number}.")
            whole = (models.id, len(models.models)) if models else ("", 0)
        case Sort.REVIEW_TERMS:
            terms, found = read_review_terms(path, find_builtin)
            message = N_("{path}: {id} is in order, terms: {number}.")
            whole = (terms.id, len(terms.terms)) if terms else ("", 0)
    return say(language, message, path=path, id=whole[0], number=whole[1]), found.sorted()


def _sound(pack: Path, framework: Framework, language: str) -> str:
    message = N_("{path}: {id} {version} is in order: {number} items.")
    number = len(framework.items)
    return say(language, message, path=pack, id=framework.id, version=framework.version, number=number)


def _refuse_absent(paths: tuple[Path, ...], language: str) -> None:
    absent = [path for path in paths if not path.exists()]
    for path in absent:
        click.echo(say(language, "{path}: there is no such file or folder.", path=path), err=True)
    if absent:
        sys.exit(2)


def _packs_in(path: Path) -> list[Path]:
    """Return the packs and other files in ``path``: itself, or what stands in that folder."""
    if path.is_file() or (path / HEAD_FILE).exists():
        return [path]
    packs = sorted(head.parent for head in path.glob(f"*/{HEAD_FILE}"))
    files = sorted(path.glob("*.yaml"))
    # Beside packs other files may stand; in a folder of files each has to be something.
    found = [*packs, *(file for file in files if not packs or sort_of(file))]
    return found or [path]
