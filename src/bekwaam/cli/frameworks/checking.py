"""``bekwaam frameworks check``: every fault in packs and crosswalks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bekwaam.cli.frameworks.files import read_exchanged
from bekwaam.cli.language import language_option
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.library import builtin_path, find_builtin
from bekwaam.frameworks.loading.crosswalk import is_crosswalk, read_crosswalk
from bekwaam.frameworks.loading.pack import HEAD_FILE, read_pack
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many


@click.command(short_help="Check packs, crosswalks and exported files.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@language_option
def check(paths: tuple[Path, ...], language: str) -> None:
    """Check packs and crosswalks; report every fault with file, line and code, all in one go.

    PATH is the folder of a pack, a folder of packs or of crosswalks, or one file that holds a whole pack, a
    crosswalk, or what "export" wrote as json, case or xlsx. Exit status: 0 no faults, 1 faults, 2 a path was
    not found.
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
    """Return what to say of a pack or crosswalk that is sound, and the faults of one that is not."""
    if is_crosswalk(path):
        crosswalk, found = read_crosswalk(path, find_builtin)
        number = len(crosswalk.links) if crosswalk else 0
        name = crosswalk.id if crosswalk else ""
        message = N_("{path}: {id} is in order, links: {number}.")
        return say(language, message, path=path, id=name, number=number), found.sorted()
    if (reading := read_exchanged(path)) is not None:
        sound, told = reading.framework, reading.faults
    else:
        sound, noted = read_pack(path, builtin_path)
        told = noted.sorted()
    return _sound(path, sound, language) if sound else "", told


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
    """Return the packs and crosswalks in ``path``: itself, or what stands in that folder."""
    if path.is_file() or (path / HEAD_FILE).exists():
        return [path]
    packs = sorted(head.parent for head in path.glob(f"*/{HEAD_FILE}"))
    files = sorted(path.glob("*.yaml"))
    # Beside packs other files may stand; in a folder of files each has to be something.
    found = [*packs, *(file for file in files if not packs or is_crosswalk(file))]
    return found or [path]
