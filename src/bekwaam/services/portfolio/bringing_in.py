"""Bringing in pieces of another system's portfolio as evidence: all that was chosen, or nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from bekwaam.domain.faults import Fault
from bekwaam.services.errors import Invalid
from bekwaam.services.keeping import forget_after_commit, forget_unless_recorded
from bekwaam.services.portfolio.coming_over import (
    MOST_AT_ONCE,
    Coming,
    given_of,
    kept,
    sign,
    signs_there,
    usable,
)
from bekwaam.services.portfolio.evidence import put_in
from bekwaam.services.portfolio.packages import Package
from bekwaam.services.portfolio.place import insist_may_write, lock_place
from bekwaam.services.portfolio.receiving import receive
from bekwaam.store.models import OwnPortfolio, Person, StoredFile
from bekwaam.wording import N_, Language


def bring_in(actor: Person, place: OwnPortfolio, ref: str, keys: Collection[str], language: Language) -> int:
    """Bring in what was chosen of an export that was kept; return how many pieces are new.

    Each becomes evidence of one's own, tied to nothing, with its own line in the log. Every file is looked
    at like any other that comes in. What is in the portfolio already is not brought in again. Raises Invalid
    with a fault for every file that may not come in, named by the key of its piece; then nothing comes in.
    """
    insist_may_write(actor, place)
    with kept(actor, ref) as (_name, package):
        coming, _left = usable(package, language)
        chosen = [one for one in coming if one.find.key in keys]
        if not chosen:
            raise Invalid((Fault("pieces", "empty", N_("Choose at least one piece.")),))
        known = signs_there(actor)
        new = [one for one in chosen if not _counted_off(known, one)][:MOST_AT_ONCE]
        files = _received(actor, package, new)
    try:
        return _written(actor, place, new, files)
    except BaseException:
        for file in files.values():
            forget_unless_recorded(file.key)
        raise


def _counted_off(known: dict[str, int], coming: Coming) -> bool:
    """Tell whether a piece is there already, and count it off: of two alike there may be one."""
    found = sign(coming)
    if known.get(found, 0) < 1:
        return False
    known[found] -= 1
    return True


def _received(actor: Person, package: Package, new: list[Coming]) -> dict[str, StoredFile]:
    """Store the files of pieces, outside any transaction; undo all when one may not come in."""
    files: dict[str, StoredFile] = {}
    faults: list[Fault] = []
    try:
        for one in new:
            if one.find.file is None:
                continue
            member = package.member(one.find.file.path, one.find.file.name)
            if member is None:
                continue
            try:
                files[one.find.key] = receive(actor, member)
            except Invalid as error:
                faults += [
                    Fault(one.find.key, fault.reason, fault.message, fault.values) for fault in error.faults
                ]
            finally:
                member.close()
        if faults:
            raise Invalid(tuple(faults))
    except BaseException:
        for file in files.values():
            forget_unless_recorded(file.key)
        raise
    return files


@transaction.atomic
def _written(actor: Person, place: OwnPortfolio, new: list[Coming], files: dict[str, StoredFile]) -> int:
    locked = lock_place(place)
    insist_may_write(actor, locked)
    known = signs_there(actor)  # again, under the lock: the same form may have been sent twice
    number = 0
    # Oldest first, so that the newest stands on top, as what one adds oneself does.
    for one in sorted(new, key=lambda coming: coming.find.dated_on or date.min):
        file = files.get(one.find.key)
        if _counted_off(known, one):
            if file is not None:
                forget_after_commit(file.key)
            continue
        put_in(actor, locked, given_of(one.find), file)
        number += 1
    return number
