"""The command ``bekwaam``. Commands are loaded when they are called, so that each starts fast.

``frameworks``, ``decide``, ``suggest``, ``sample``, ``verify``, ``bundle`` and ``log watch`` work without a
database, and never load Django.
"""

from __future__ import annotations

from typing import Final

import click

from bekwaam.cli.lazy import Entry, LazyGroup

COMMANDS: Final[dict[str, Entry]] = {
    "demo": Entry("bekwaam.cli.demo:demo", "Start with a fictional provider and dossiers in every state."),
    "serve": Entry("bekwaam.cli.serve:serve", "Run the web server."),
    "worker": Entry("bekwaam.cli.worker:worker", "Do the work that waits, or say whether somebody does."),
    "frameworks": Entry(
        "bekwaam.cli.frameworks:frameworks", "List, show, check, compare and exchange frameworks."
    ),
    "decide": Entry("bekwaam.cli.decide:decide", "Decide a dossier from a file, with the reasons."),
    "suggest": Entry("bekwaam.cli.suggest:suggest", "Name the competences that a story may show."),
    "sample": Entry("bekwaam.cli.sample:sample", "Draw an auditor's sample again from its exported file."),
    "verify": Entry("bekwaam.cli.verify.command:verify", "Check certificates: one file, a folder or a list."),
    "bundle": Entry("bekwaam.cli.bundle:bundle", "Fetch what is needed to check certificates offline."),
    "audit": Entry("bekwaam.cli.audit:audit", "Check that nothing was changed behind the program's back."),
    "log": Entry("bekwaam.cli.log:log", "Keep an eye on a public log, or add to the one here."),
    "accounts": Entry("bekwaam.cli.accounts:accounts", "Erase what was kept for a term that is over."),
    "remind": Entry("bekwaam.cli.remind:remind", "Remind people of what they have to do, by mail."),
    "signs": Entry("bekwaam.cli.signs:signs", "Look for signs of trouble in what was handed in before."),
    "provider": Entry("bekwaam.cli.provider:provider", "Register EVC providers and their first coordinator."),
    "operator": Entry("bekwaam.cli.provider:operator", "Register the people who run the installation."),
    "keys": Entry("bekwaam.cli.keys:keys", "Look after the keys that certificates are signed with."),
    "manage": Entry("bekwaam.cli.manage:manage", "Run one of Django's own management commands."),
}


@click.group(cls=LazyGroup, entries=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bekwaam", prog_name="bekwaam")
def main() -> None:
    """See what a profession asks, judge it with reasons, and let anyone check the outcome.

    "bekwaam COMMAND --help" tells more about a command.
    """


if __name__ == "__main__":
    main()
