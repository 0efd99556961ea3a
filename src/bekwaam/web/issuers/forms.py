"""Forms of who a provider is, and of a key that was stolen."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.accounts.identity import MOST_ADDRESS, Identity

_MOMENT = "%Y-%m-%dT%H:%M"


class IdentityForm(forms.Form):
    """A website and a number in the register of companies. What is wrong with them the service says."""

    use_required_attribute = False

    website = forms.CharField(
        label=_("Website"),
        help_text=_("Stands in every certificate and on the page about you that anyone can open."),
        max_length=MOST_ADDRESS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    legal_id = forms.CharField(
        label=_("KvK number"),
        help_text=_("8 digits. The European form of a certificate cannot be made without it."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def given(self) -> Identity:
        """Return what was filled in."""
        return Identity(self.cleaned_data["website"], self.cleaned_data["legal_id"])


class StolenForm(forms.Form):
    """From when on others may have a key."""

    use_required_attribute = False

    since = forms.DateTimeField(
        label=_("From when on can others have had the key?"),
        help_text=_(
            "The time in the Netherlands. Are you in doubt? Then choose the earliest moment it can be."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
        error_messages={
            "required": _("Fill in the day and the time."),
            "invalid": _("This is not a day and a time. Write it as in 2026-03-20 14:30."),
        },
    )
