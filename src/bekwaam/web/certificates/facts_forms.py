"""The forms of correcting facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.facts import DAYS, LONGEST_WHY, LONGEST_WISH, OF_ASSESSORS, Place
from bekwaam.services.certificates.facts_reads import RequestRead

CORRECT, REFUSE = "correct", "refuse"
_LONG = OF_ASSESSORS | {Place.SESSION_PRESENT}


class AskForm(forms.Form):
    """What a fact should be, in the candidate's own words."""

    use_required_attribute = False
    wanted = forms.CharField(
        label=_("What should it be?"),
        help_text=_("Write it as it should stand on the certificate. You may add how you know."),
        max_length=LONGEST_WISH,
        error_messages={"required": _("Write down what it should be.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """Correcting a fact, or saying why not. Somebody who can do only one of the two gets no choice."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you correct it.")},
    )
    text = forms.CharField(label=_("What the certificate will say"), required=False)
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("The candidate reads this. It is needed when nothing is corrected."),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why, so that the candidate understands it.")},
    )

    def __init__(self, *args: Any, asked: RequestRead, may: Callable[[Action], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        place = asked.spot.place
        corrects = Action.CORRECT_FINDING if place in OF_ASSESSORS else Action.ANSWER_FACTS
        choices = []
        if may(corrects):
            choices.append((CORRECT, gettext("I correct it")))
            fields["text"].initial = asked.said
        else:
            del fields["text"]
        if may(Action.ANSWER_FACTS):
            choices.append((REFUSE, gettext("It stays as it is")))
        fields["answer"].choices = choices
        if len(choices) == 1:
            fields["answer"].initial = choices[0][0]
            fields["answer"].widget = forms.HiddenInput()
        fields["why"].required = place in OF_ASSESSORS
        if "text" in fields:
            fields["text"].widget = _widget(place)

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it. The form must be valid."""
        said = self.cleaned_data
        return {
            "corrected": said["answer"] == CORRECT,
            "text": said.get("text", ""),
            "why": said["why"],
        }


def _widget(place: Place) -> forms.Widget:
    if place in DAYS:
        return forms.DateInput(attrs={"type": "date"})
    return forms.Textarea(attrs={"rows": 8}) if place in _LONG else forms.TextInput()
