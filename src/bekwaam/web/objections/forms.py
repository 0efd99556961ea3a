"""Forms of the objections room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, str]]


class ObjectionForm(forms.Form):
    """What the candidate does not agree with, and why."""

    use_required_attribute = False

    units = forms.MultipleChoiceField(
        label=_("What do you not agree with?"),
        help_text=_("Only what you choose here is judged again."),
        widget=forms.CheckboxSelectMultiple,
    )
    grounds = forms.CharField(
        label=_("Why do you not agree?"),
        help_text=_(
            "In your own words. Say what was missed or weighed wrongly, and where in your portfolio it "
            "stands. You cannot add new evidence now."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units


class AnswerForm(forms.Form):
    """The answer to an objection, in the words of who gives it."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Answer to the candidate"),
        help_text=_("Say what was done with the objection, and what that came to. Plainly, and kindly."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write down the answer, for the candidate to read.")},
    )


class UpholdingForm(AnswerForm):
    """The answer where a new certificate comes with it."""

    language = forms.ChoiceField(
        label=_("Language of the new certificate"), widget=forms.RadioSelect, choices=settings.LANGUAGES
    )
