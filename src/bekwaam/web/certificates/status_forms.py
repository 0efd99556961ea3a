"""The form of suspending, reinstating or revoking a certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.certificates.status import REASONS, Change, reasons_for


class ChangeForm(forms.Form):
    """Why it is done: in a reason for everybody, and in words for the candidate.

    What is wrong with it, the domain says (``given_faults``).
    """

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("Everybody who checks the certificate reads the reason that you choose."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )
    note = forms.CharField(
        label=_("Explanation"),
        help_text=_("For the candidate, and for who coordinates or audits. Nobody else reads it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write down why, so that the candidate understands it.")},
    )

    def __init__(self, *args: Any, change: Change, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["reason"].choices = [
            (reason.value, gettext(REASONS[reason].name)) for reason in reasons_for(change)
        ]
