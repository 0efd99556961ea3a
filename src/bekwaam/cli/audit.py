"""``bekwaam audit``: checks what the audit chain says against what is there."""

from __future__ import annotations

import sys

import click

from bekwaam.cli.runtime import prepare

prepare()

from bekwaam.services.audit import (  # noqa: E402 - tables exist only once Django is up
    ContentFault,
    Tally,
    broken_contents,
    broken_files,
    walk_chain,
)
from bekwaam.services.publiclog.agreeing import log_breaks  # noqa: E402
from bekwaam.services.publiclog.auditing import LogBreak, LogFault, walk_tree  # noqa: E402
from bekwaam.trust.chain import BreakKind  # noqa: E402
from bekwaam.wording import N_, say, say_many  # noqa: E402

_KINDS = {
    BreakKind.CONTENT: N_("its content was changed"),
    BreakKind.PREVIOUS: N_("it does not follow on the entry before it"),
    BreakKind.SEQUENCE: N_("an entry before it is gone"),
    BreakKind.HEAD: N_("entries at the end are gone"),
}
_FAULTS = {
    ContentFault.CHANGED: N_("{table} {row} is not what entry {number} says it was."),
    ContentFault.GONE: N_("{table} {row} is gone; entry {number} says it was there."),
    ContentFault.NO_ENTRY: N_("{table} {row} is there, but no entry of the chain says so."),
    ContentFault.NOT_OPENED: N_(
        "{table} {row} cannot be checked: what opens entry {number} is gone, and nothing says it was erased."
    ),
}
_LOG_FAULTS = {
    LogFault.LEAF_GONE: N_("Leaf {number} of the public log is gone."),
    LogFault.LEAF_CHANGED: N_("Leaf {number} of the public log was changed."),
    LogFault.NODE_CHANGED: N_("A hash above leaf {number} of the public log is not what its leaves come to."),
    LogFault.CHECKPOINT: N_(
        "The checkpoint of {number} leaves of the public log does not hold: it is not signed by the log, or"
        " tells of other leaves."
    ),
    LogFault.CUT_OFF: N_("The public log ends at {number} leaves, but there were more."),
    LogFault.NOT_SIGNED: N_("The public log has {number} leaves, but that was never signed."),
    LogFault.CHAIN: N_(
        "Entry {about} of the chain is not the one that went into the public log (leaf {number}): the chain"
        " was rewritten."
    ),
    LogFault.NO_LEAF: N_("Certificate {about} is there, but the public log does not tell of it."),
    LogFault.NO_CERTIFICATE: N_(
        "Leaf {number} of the public log tells of a certificate ({about}) that is nowhere any more."
    ),
    LogFault.STATUS: N_(
        "Whether {about} was revoked or suspended is not what the public log says of it (leaf {number})."
    ),
}


@click.group()
def audit() -> None:
    """Look after the audit chain."""


@audit.command()
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of the report.")
@click.option("--chain-only", is_flag=True, help="Walk the chain only.")
def check(lang: str, chain_only: bool) -> None:
    """Walk the chain and name the first broken link.

    Then look whether every row and file that the chain commits to is still what it was, and whether all
    agrees with the public log. Exit status: 0 all is whole, 1 something is broken.
    """
    walked = walk_chain()
    whole = walked.whole
    if walked.broken_at is not None and walked.kind is not None:
        why = say(lang, _KINDS[walked.kind])
        click.echo(say(lang, "Broken at entry {number}: {why}.", number=walked.broken_at, why=why))
    else:
        text = say_many(
            lang,
            "The chain is whole: {number} entry.",
            "The chain is whole: {number} entries.",
            walked.length,
        )
        click.echo(f"{text} {walked.head}")
    if not chain_only:
        whole = _check_contents(lang) and whole
        whole = _check_log(lang) and whole
    sys.exit(0 if whole else 1)


def _check_contents(lang: str) -> bool:
    whole, tally = True, Tally()
    for broken in broken_contents(tally):
        whole = False
        values = {"table": broken.table, "row": broken.row, "number": broken.sequence}
        click.echo(say(lang, _FAULTS[broken.fault], **values))
    for file in broken_files():
        whole = False
        click.echo(say(lang, "File {name} ({key}) is gone or was changed.", name=file.name, key=file.key))
    if tally.erased:
        click.echo(
            say_many(
                lang,
                "{number} entry is about data that was erased since, by an entry of the chain itself.",
                "{number} entries are about data that was erased since, by an entry of the chain itself.",
                tally.erased,
            )
        )
    if whole:
        click.echo(say(lang, "Every row and file is what the chain says it was."))
    return whole


def _check_log(lang: str) -> bool:
    walked = walk_tree()
    broken = [*filter(None, [walked.broken]), *log_breaks()]
    for one in broken:
        click.echo(_said(one, lang))
    if not broken:
        text = say_many(
            lang,
            "The public log is whole and agrees: {number} leaf.",
            "The public log is whole and agrees: {number} leaves.",
            walked.size,
        )
        click.echo(text)
    return not broken


def _said(one: LogBreak, lang: str) -> str:
    return say(lang, _LOG_FAULTS[one.fault], number=one.index, about=one.about)
