"""Where somebody works on evidence: the dossier of a procedure, or a portfolio of their own.

Everything that writes evidence takes either, so that there is one way to do it and not two.
"""

from __future__ import annotations

from bekwaam.domain.accounts.access import Action
from bekwaam.services.accounts.standing import at_portfolio, insist_at_procedure, lock
from bekwaam.services.errors import insist
from bekwaam.store.models import OwnPortfolio, Person, Procedure

Place = Procedure | OwnPortfolio


def insist_may_write(actor: Person, place: Place) -> None:
    """Raise Refused unless ``actor`` may add, change and remove evidence there, now."""
    if isinstance(place, Procedure):
        insist_at_procedure(Action.WRITE_EVIDENCE, actor, place)
    else:
        insist(at_portfolio(actor, place).may(Action.WRITE_OWN_PORTFOLIO))


def lock_place(place: Place) -> Place:
    """Return the place as it is now, locked until the transaction ends. Taken before any evidence."""
    if isinstance(place, Procedure):
        return lock(place)
    found = OwnPortfolio.objects.select_for_update(of=("self",)).select_related("owner", "standard")
    return found.defer("standard__document").get(pk=place.pk)


def subject_of(place: Place) -> str:
    """Return what the audit chain calls it: the procedure, or the person whose portfolio it is."""
    return f"procedure:{place.ref}" if isinstance(place, Procedure) else f"person:{place.owner.ref}"
