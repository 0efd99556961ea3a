"""The forms of the agenda room. What is right and wrong is for the services to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.procedures.reminding import RemindSettings


class LinkForm(forms.Form):
    """What stands in the calendar that other programs fetch."""

    use_required_attribute = False
    with_names = forms.BooleanField(
        label=_("Put the names of candidates in it"),
        help_text=_(
            "Only if nobody else sees your calendar. Otherwise it says “candidate” and the number of the "
            "procedure."
        ),
        required=False,
    )


class RemindForm(forms.Form):
    """When people get a reminder."""

    use_required_attribute = False
    on = forms.BooleanField(
        label=_("Send reminders"),
        help_text=_("Off: nobody is reminded, of last days nor of appointments."),
        required=False,
    )
    first = forms.IntegerField(
        label=_("First reminder"), help_text=_("So many days before the last day. Usually 7.")
    )
    last = forms.IntegerField(
        label=_("Second reminder"), help_text=_("So many days before the last day. Usually 1.")
    )

    def given(self) -> RemindSettings:
        """Return what was filled in, for the service. The form must be valid."""
        return RemindSettings(**self.cleaned_data)
