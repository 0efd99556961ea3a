"""The forms of appointments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.domain.assessment.planning import LONGEST, Plan

_MOMENT = "%Y-%m-%dT%H:%M"


class ReasonOnly(forms.Form):
    """Why an appointment is cancelled."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("All who take part read this."),
        max_length=LONGEST["reason"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlanForm(ReasonOnly):
    """What, when, where and with whom. What is wrong the service says."""

    kind = forms.ChoiceField(
        label=_("What will it be?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an interview, an observation or a test.")},
    )
    starts_at = forms.DateTimeField(
        label=_("When?"),
        help_text=_("The time in the Netherlands."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
        error_messages={
            "required": _("Fill in the day and the time."),
            "invalid": _("This is not a day and a time. Write it as in 2026-03-20 14:30."),
        },
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A place, a link for a video call, or both."),
        max_length=LONGEST["place"],
        required=False,
    )
    video_url = forms.CharField(
        label=_("Link for a video call"),
        help_text=_("It begins with https://."),
        max_length=LONGEST["video_url"],
        required=False,
        widget=forms.URLInput,
    )
    participants = forms.CharField(
        label=_("Who will be there?"),
        max_length=LONGEST["participants"],
        error_messages={"required": _("Fill in who will be there.")},
    )
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("What to bring, how to find the door. The candidate and the guide read this too."),
        max_length=LONGEST["notes"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("kind", "starts_at", "place", "video_url", "participants", "notes", "reason")

    def __init__(self, *args: Any, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in InstrumentKind if kind in SECOND_INSTRUMENTS]
        self.fields["kind"].choices = [(k.value, gettext(INSTRUMENT_NAMES[k])) for k in kinds]  # type: ignore[attr-defined]
        if not changing:
            del self.fields["reason"]

    def plan(self) -> Plan:
        """Return what was filled in. The form must be valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Plan(**{**given, "kind": InstrumentKind(given["kind"])})


def initial_of(plan: Plan) -> dict[str, Any]:
    """Return an appointment as the form shows it."""
    return {
        "kind": plan.kind.value if plan.kind else "",
        "starts_at": plan.starts_at,
        "place": plan.place,
        "video_url": plan.video_url,
        "participants": plan.participants,
        "notes": plan.notes,
    }
