"""Finds a framework by what people call it: an id, a path, or what was imported in this installation."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click

from bekwaam.cli.frameworks import stored
from bekwaam.cli.frameworks.files import read_exchanged, refuse
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.library import (
    builtin_ids,
    builtin_path,
    builtin_versions,
    find_builtin,
    load_builtin,
)
from bekwaam.frameworks.loading.pack import read_pack
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


def find(name: str, language: str) -> Framework:
    """Return the framework that is meant by ``name``.

    What comes with Bekwaam goes first, then a path, then the database, if there is one. Ends the command with
    status 2 where there is no such framework, or it cannot be read.
    """
    identifier, at, version = name.partition("@")
    if identifier in builtin_ids() and (not at or version in builtin_versions(identifier)):
        return load_builtin(identifier, version or None)
    if _is_there(name):
        return _in_path(Path(name), language)
    found = stored.framework(identifier, version if at else None)
    if found is not None:
        return found
    _refuse_unknown(name, identifier, version if at else None, language)


def find_version(identifier: str, version: str) -> Framework | None:
    """Return one version of what comes with Bekwaam or was imported; None where there is none."""
    return find_builtin(identifier, version) or stored.framework(identifier, version)


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _in_path(path: Path, language: str) -> Framework:
    reading = read_exchanged(path)
    if reading is not None:
        framework, faults = reading.framework, reading.faults
    else:
        framework, noted = read_pack(path, builtin_path)
        faults = noted.sorted()
    if framework is None or faults:
        end_with(faults, language)
    return framework


def end_with(faults: tuple[Fault, ...], language: str) -> NoReturn:
    """End the command with ``faults`` on standard error."""
    for fault in faults:
        click.echo(fault.full_text(language), err=True)
    sys.exit(2)


def _refuse_unknown(name: str, identifier: str, version: str | None, language: str) -> NoReturn:
    known = {one: list(builtin_versions(one)) for one in builtin_ids()}
    for head in stored.heads():
        if head.version not in known.setdefault(head.id, []):
            known[head.id].append(head.version)
    if version is not None and identifier in known:
        message = N_('Of "{id}" there is no version {version}, only {known}.')
        refuse(language, message, id=identifier, version=version, known=", ".join(known[identifier]))
    near = get_close_matches(identifier, known, n=1)
    if near:
        message = N_('There is no framework "{id}". Did you mean "{near}"?')
        refuse(language, message, id=name, near=near[0])
    refuse(language, N_('There is no framework "{id}". There are: {known}.'), id=name, known=", ".join(known))
