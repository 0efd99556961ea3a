"""``bekwaam frameworks export``: a framework or crosswalk as a file that other programs read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from bekwaam.cli.frameworks.files import refuse, write_out
from bekwaam.cli.frameworks.finding import end_with, find, find_version
from bekwaam.cli.language import language_option
from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.exchange.formats import FORMATS, Format
from bekwaam.frameworks.library import crosswalk_ids, load_crosswalk
from bekwaam.frameworks.loading.crosswalk import is_crosswalk, read_crosswalk
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


@click.command(short_help="Write a framework for other programs.")
@click.argument("name", metavar="NAME")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@click.option("--base-url", metavar="URL", help="Where addresses in case and skos begin (default: none).")
@click.option("--links", is_flag=True, help="With case and skos: also the links into other frameworks.")
@language_option
def export(name: str, form: str, out: Path | None, base_url: str | None, links: bool, language: str) -> None:
    """Write a framework, or a crosswalk between two, in a format that other programs read.

    NAME is ID or ID@VERSION, the id of a crosswalk, or the path of either. The formats:

    \b
    case        1EdTech CASE 1.1 package; can be imported again
    xlsx        workbook to read and change; can be imported again
    json        Bekwaam's own form, in which nothing is lost; can be imported again
    skos        SKOS in Turtle, for thesauri and linked data
    moodle-csv  competency framework for Moodle
    mahara      SmartEvidence matrix for Mahara

    A crosswalk goes out as case only. --lang is also the language of xlsx, moodle-csv and mahara; the other
    formats hold both. Exit status: 0 written, 2 not.
    """
    chosen = FORMATS[form]
    crosswalk = _crosswalk(name, language)
    if crosswalk is not None:
        data = _written_crosswalk(crosswalk, chosen, base_url, language)
    else:
        framework = find(name, language)
        found = _links_of(framework) if links else ()
        options = {"language": language, "base_url": base_url, "crosswalks": found, "find": find_version}
        data = chosen.write(framework, **options)
    write_out(data, out, chosen, language)


def _crosswalk(name: str, language: str) -> Crosswalk | None:
    """Return the crosswalk that ``name`` means; None where it means something else."""
    if name in crosswalk_ids():
        return load_crosswalk(name)
    path = Path(name)
    if not path.is_file() or path.suffix not in (".yaml", ".yml") or not is_crosswalk(path):
        return None
    found, faults = read_crosswalk(path, find_version)
    if found is None or len(faults):
        end_with(faults.sorted(), language)
    return found


def _written_crosswalk(crosswalk: Crosswalk, form: Format, base_url: str | None, language: str) -> bytes:
    if not form.crosswalk:
        message = N_('"{id}" is a crosswalk, and that cannot be written as {format}. Choose: --format case')
        refuse(language, message, id=crosswalk.id, format=form.name)
    module, _, function = form.crosswalk.partition(":")
    written: bytes = getattr(import_module(module), function)(crosswalk, find_version, base_url=base_url)
    return written


def _links_of(framework: Framework) -> tuple[Crosswalk, ...]:
    here = Reference(framework.id, framework.version)
    every = (load_crosswalk(identifier) for identifier in crosswalk_ids())
    return tuple(one for one in every if here in (one.frm, one.to))
