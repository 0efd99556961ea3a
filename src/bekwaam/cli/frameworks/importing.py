"""``bekwaam frameworks import``: a framework from another program, a workbook or another installation."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from bekwaam.cli.frameworks import stored
from bekwaam.cli.frameworks.files import read_bytes, refuse, write_out
from bekwaam.cli.language import language_option
from bekwaam.frameworks.checking import check_framework
from bekwaam.frameworks.exchange.formats import FORMATS, recognised
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.library import find_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many

_ALREADY: Final = N_("{id} {version} stands here already, with the same content.")
_TAKEN_OVER: Final = N_("{id} {version} is taken over and published.")


@click.command("import", short_help="Take over a framework from a file.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--as", "named", metavar="ID@VERSION", help="Take it over under another id and version.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it here as json; publish nothing.")
@click.option("--check", "only_check", is_flag=True, help="Only tell what would happen.")
@language_option
def import_(file: Path, named: str | None, out: Path | None, only_check: bool, language: str) -> None:
    """Take over a framework from FILE and publish it in this installation.

    FILE is a CASE package (1.0 or 1.1), a workbook (.xlsx) or Bekwaam's own JSON; what it is follows from
    what is in it. You get a report: what was put right on the way, and every fault with its place. With
    faults nothing is taken over.

    A version that was published never changes: a framework that stands here already with other content needs
    a new version, which --as can give it.

    Exit status: 0 taken over (or it stood here already), 1 there are faults or it cannot be published,
    2 the file cannot be read at all.
    """
    reading = _read(file, language)
    framework, faults = _renamed(reading, named, str(file), language)
    for repair in reading.repairs:
        click.echo(say(language, "Put right: {sentence}", sentence=repair.full_text(language)))
    for fault in faults:
        click.echo(fault.full_text(language))
    if framework is not None:
        _tell_what_is_in_it(framework, language)
    if faults or framework is None:
        click.echo(say_many(language, "{number} fault.", "{number} faults.", len(faults)))
        click.echo(say(language, "Nothing was taken over."))
        sys.exit(1 if framework is not None else 2)
    if only_check:
        click.echo(say(language, "This can be taken over."))
    elif out is not None:
        write_out(FORMATS["json"].write(framework), out, FORMATS["json"], language)
    else:
        _publish(framework, language)


def _read(file: Path, language: str) -> Reading:
    data = read_bytes(file, language)
    form = recognised(data, file.name)
    if form is None:
        message = N_("{path}: this is no CASE package, no workbook (.xlsx, .csv) and no JSON of Bekwaam.")
        refuse(language, message, path=file)
    return form.read(data, str(file))


def _renamed(
    reading: Reading, named: str | None, file: str, language: str
) -> tuple[Framework | None, tuple[Fault, ...]]:
    """Return what was read under the id and version that were asked, and its faults."""
    if named is None or reading.framework is None:
        return reading.framework, reading.faults
    identifier, _, version = named.partition("@")
    if not identifier or not version:
        message = N_('"{text}" does not name a version of a framework: write it like "{example}".')
        refuse(language, message, text=named, example="id@1.0")
    old = reading.framework
    items = tuple(
        replace(item, module=identifier) if item.module in (old.id, "") else item for item in old.items
    )
    new = replace(old, id=identifier, version=version, items=items)
    odd = tuple(fault for fault in check_framework(new, file) if fault.reason in ("odd_id", "odd_version"))
    return new, (*odd, *(fault for fault in reading.faults if not _about_name(fault, old)))


def _about_name(fault: Fault, framework: Framework) -> bool:
    """Tell whether a fault is about the id or version that something else was put in the place of."""
    if fault.reason in ("odd_id", "odd_version"):
        return True
    key = str(fault.values.get("key", "")).lower()
    return fault.reason == "missing_key" and not fault.item and key in ("id", "version")


def _tell_what_is_in_it(framework: Framework, language: str) -> None:
    title = framework.title[language]
    click.echo(f"{framework.id} {framework.version}  {title}")
    counts = Counter(item.kind for item in framework.items)
    for kind in (kind for kind in KINDS if counts[kind]):
        click.echo(f"{counts[kind]:8d}  {kind_name(kind, language)}")


def _publish(framework: Framework, language: str) -> None:
    values = {"id": framework.id, "version": framework.version}
    ours = find_builtin(framework.id, framework.version)
    if ours == framework:
        click.echo(say(language, _ALREADY, **values))
        return
    if ours is not None:
        message = N_(
            "{id} {version} comes with Bekwaam, with other content. Give yours another name: --as ID@VERSION"
        )
        refuse(language, message, status=1, **values)
    try:
        new = stored.publish_here(framework, language)
    except stored.NotPublished as error:
        click.echo(str(error), err=True)
        if stored.framework(framework.id, framework.version) is not None:
            click.echo(say(language, "Give it another version with: --as ID@VERSION"), err=True)
        sys.exit(1)
    click.echo(say(language, _TAKEN_OVER if new else _ALREADY, **values))
