"""The one main action on a procedure's page, for what it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.waiting import Waiting
from bekwaam.web.shared.case import Case


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence on what happens now, and where the visitor goes for it (if it is theirs to do)."""

    text: str
    action: str = ""
    url: str = ""


def next_step(case: Case, waiting: Waiting, *, ready: bool) -> NextStep | None:
    """Return what to do next. ``ready`` tells whether nothing blocks the decision."""
    ref = case.procedure.ref
    match waiting:
        case Waiting.GUIDE | Waiting.ASSESSORS:
            return NextStep(_("Choose below who works on this procedure."))
        case Waiting.CONFLICT:
            return NextStep(
                _("There is a conflict of interest with an assessor. Choose another in their place.")
            )
        case Waiting.THIRD:
            return NextStep(
                _("Choose below a third assessor. They judge only what the others cannot agree on.")
            )
        case Waiting.CONSENT:
            return NextStep(_("The candidate has had a mail and can read what happens with the file."))
        case Waiting.PORTFOLIO:
            return NextStep(_("You need do nothing now. The candidate hands in when ready."))
        case Waiting.DECLARATIONS:
            return NextStep(_("Every assessor declares first that there is no conflict of interest."))
        case Waiting.JUDGING:
            return NextStep(
                _("Each assessor judges alone. What they judge stays hidden until all have finished.")
            )
        case Waiting.FINALS if ready and case.may(Action.DECIDE):
            url = reverse("certificates:outcome", args=[ref])
            return NextStep(_("Everything is there. You can fix the outcome."), _("To the outcome"), url)
        case Waiting.FINALS:
            return NextStep(_("The assessors agree on the final judgements. What is missing stands below."))
        case Waiting.ISSUE if case.may(Action.ISSUE):
            url = reverse("certificates:outcome", args=[ref])
            return NextStep(_("The outcome is fixed."), _("Issue the certificate"), url)
        case Waiting.CLOSE if case.may(Action.CLOSE):
            url = reverse("procedures:close", args=[ref])
            return NextStep(_("The certificate is with the candidate."), _("Close the procedure"), url)
        case _:
            return None
