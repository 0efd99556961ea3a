"""Shorthand of the tests about erasing."""

from __future__ import annotations

from bekwaam.services.audit import Tally, broken_contents, broken_files, walk_chain
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.store.models import Person


def erase(person: Person) -> None:
    """Let somebody read what goes and stays, and have their account erased."""
    erase_account(person, person, seen(plan_for(person)))


def insist_whole() -> int:
    """Insist that the audit check finds nothing; return how many entries are about erased data."""
    tally = Tally()
    assert walk_chain().whole
    assert list(broken_contents(tally)) == []
    assert list(broken_files()) == []
    return tally.erased
