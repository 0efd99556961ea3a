"""The form with which a holder makes a link to their certificate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.certificates.share import DEPTH_HINTS, DEPTH_NAMES, Depth
from bekwaam.domain.certificates.sharing import LONGEST_DAYS, LONGEST_LABEL, USUAL_DAYS, Wish


class ShareForm(forms.Form):
    """For whom, how deep, until when, and with or without a name."""

    use_required_attribute = False
    depth = forms.ChoiceField(
        label=_("What does a visitor see?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what a visitor sees."),
            "invalid_choice": _("Choose what a visitor sees."),
        },
    )
    shows_name = forms.BooleanField(label=_("My name stands with it"), required=False)
    until = forms.DateField(
        label=_("Until and including"),
        help_text=_("After this day the link stops by itself. A year at most."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose until when the link works."),
            "invalid": _("This is no day. Write it as 31-12-2026."),
        },
    )
    label = forms.CharField(
        label=_("For whom?"),
        help_text=_("Only you see this, so that you know later which link it was."),
        max_length=LONGEST_LABEL,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"depth": Depth.OUTCOME, "until": today + timedelta(days=USUAL_DAYS)})
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["depth"].choices = [(depth.value, gettext(name)) for depth, name in DEPTH_NAMES.items()]
        last = today + timedelta(days=LONGEST_DAYS)
        fields["until"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def hints(self) -> list[tuple[Any, str]]:
        """Return every depth as its radio button, and what it shows."""
        return [
            (button, gettext(DEPTH_HINTS[depth])) for button, depth in zip(self["depth"], Depth, strict=True)
        ]

    def wish(self) -> Wish:
        """Return what was filled in, as the service takes it. The form must be valid."""
        return Wish(**self.cleaned_data)
