"""The one main action on a procedure's page, for what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.waiting import Waiting
from bekwaam.services.procedures.line import Line
from bekwaam.web.shared.case import Case

OVER_AN_OBJECTION: Final = (Waiting.OBJECTION, Waiting.REJUDGING, Waiting.ANSWER)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence on what happens now, and where the visitor goes for it (if it is theirs to do)."""

    text: str
    action: str = ""
    url: str = ""


def next_step(case: Case, waiting: Waiting, *, ready: bool, line: Line) -> NextStep | None:
    """Return what to do next. ``ready`` tells whether nothing blocks the decision."""
    if waiting in OVER_AN_OBJECTION:
        return _over_objection(case, waiting, line)
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
        case Waiting.FACTS_ANSWER if case.may(Action.SEE_DRAFT):
            url = reverse("certificates:draft", args=[ref])
            text = _("The candidate asks to correct a fact on the certificate.")
            return NextStep(text, _("To the draft"), url)
        case Waiting.FACTS:
            return NextStep(_("The candidate checks the facts on the draft of the certificate."))
        case Waiting.ISSUE if case.may(Action.ISSUE):
            url = reverse("certificates:outcome", args=[ref])
            return NextStep(_("The outcome is fixed."), _("Issue the certificate"), url)
        case Waiting.CLOSE if case.may(Action.CLOSE):
            url = reverse("procedures:close", args=[ref])
            return NextStep(_("The certificate is with the candidate."), _("Close the procedure"), url)
        case _:
            return None


def _over_objection(case: Case, waiting: Waiting, line: Line) -> NextStep:
    """Return what to do about an objection: it is handled on the page of what was objected to."""
    here = State(case.procedure.state) is State.OBJECTION
    before = line.before()
    ref = case.procedure.ref if here or before is None else before.ref
    url = reverse("objections:objection", args=[ref])
    if waiting is Waiting.REJUDGING:
        text = _("Others judge again what the candidate objected to. After their outcome you answer.")
        return NextStep(text, _("To the objection"), url)
    if not (case.may(Action.TAKE_UP_OBJECTION) if here else case.may(Action.ISSUE)):
        return NextStep(_("A colleague who did not judge or decide before handles this."))
    if waiting is Waiting.OBJECTION:
        text = _("The candidate does not agree with the outcome. Read why, and decide what is done.")
        return NextStep(text, _("Handle the objection"), url)
    text = _("The outcome of judging again is there. The candidate gets the answer from you.")
    return NextStep(text, _("Answer the objection"), url)
