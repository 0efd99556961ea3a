"""The form with which an organisation sends in words of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.services.frameworks.wordings import MAX_FILE, MAX_RIGHT, MAX_WHOSE


class WordingForm(forms.Form):
    """A file with words, and on whose authority they come."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The filled-in template, or another .xlsx or .csv with our codes. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    whose = forms.CharField(
        label=_("Whose words are these?"),
        help_text=_("The organisation that wrote them. This stands on every page and on the certificate."),
        max_length=MAX_WHOSE,
    )
    right = forms.CharField(
        label=_("Why may you use them?"),
        help_text=_(
            "An agreement, a licence, or that they are your own. Only coordinators and auditors see this."
        ),
        max_length=MAX_RIGHT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large, before anything of it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_FILE:
            message = _("This file is too large: %(limit)s MB is the most.")
            raise forms.ValidationError(message, params={"limit": MAX_FILE // (1024 * 1024)})
        return sent
