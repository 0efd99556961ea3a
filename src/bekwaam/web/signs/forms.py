"""The forms of the signs room. What is right and wrong is for the services to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.signs.settings import SignSettings


class LookForm(forms.Form):
    """What somebody found when they looked into a sign."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("What did you find?"),
        help_text=_("Write what you looked at and what you make of it. The candidate does not read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a few words what you found.")},
    )


class SettingsForm(forms.Form):
    """From where on something stands out."""

    use_required_attribute = False
    referee_share = forms.IntegerField(
        label=_("One person confirmed nearly everything"),
        help_text=_("Shows from this share of the confirmations on, in percent."),
    )
    quick_seconds = forms.IntegerField(
        label=_("Judgements given quickly"),
        help_text=_("Shows for judgements that were saved within so many seconds."),
    )
    yes_in_a_row = forms.IntegerField(
        label=_("Always a yes"),
        help_text=_("Shows when an assessor gave so many judgements in a row without a single no."),
    )

    def given(self) -> SignSettings:
        """Return what was filled in, for the service. The form must be valid."""
        return SignSettings(**self.cleaned_data)
