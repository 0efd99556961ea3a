"""The mail of calibration: there is a practice dossier to judge."""

from __future__ import annotations

from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.store.models import Membership, PracticeDossier, Provider
from bekwaam.wording import N_


def tell_released(provider: Provider, dossier: PracticeDossier) -> None:
    """Tell every assessor of a provider that a practice dossier can be judged, and until when. One query."""
    asked = Membership.objects.filter(
        provider=provider, role=Role.ASSESSOR, until=None, person__is_active=True
    )
    for row in asked.select_related("person"):
        post_after_commit(
            Letter(
                to=row.person,
                sender=provider,
                subject=N_("There is a practice dossier to judge"),
                lines=(
                    N_("{provider} released a practice dossier. You can judge it until {day}."),
                    N_("You see what the others gave when you have finished."),
                ),
                before_link=N_("You find it here:"),
                path=reverse("calibration:practice", args=[provider.ref, dossier.ref]),
                values={"day": dossier.closes_on.strftime("%d-%m-%Y")},
            )
        )
