"""Forms of the auditing room."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.auditing.sampling import DATED_NAMES, LONGEST_HALF, Criteria, Dated
from bekwaam.domain.procedures.states import STATE_NAMES, State

DOSSIERS: Final = "dossiers"
PERCENT: Final = "percent"
_NO_DATE: Final = _("Fill in a date, such as 2026-03-31.")


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"invalid": _NO_DATE})


class AnnounceForm(forms.Form):
    """From what a sample is drawn, and how large it is."""

    use_required_attribute = False

    dated = forms.ChoiceField(label=_("Which day counts?"), widget=forms.RadioSelect)
    start = _day(_("From"))
    end = _day(_("Up to and including"))
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    states = forms.MultipleChoiceField(
        label=_("Where the procedure stands"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one state.")},
    )
    size = forms.IntegerField(
        label=_("How many"), error_messages={"invalid": _("Fill in a whole number, such as 10.")}
    )
    unit = forms.ChoiceField(label=_("Of what"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, standards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].choices = [
            (dated.value, now(DATED_NAMES[dated]).capitalize()) for dated in Dated
        ]
        self.fields["standard"].choices = [("", _("Every standard")), *standards]
        self.fields["states"].choices = [(state.value, now(STATE_NAMES[state])) for state in State]
        self.fields["unit"].choices = [
            (DOSSIERS, _("dossiers")),
            (PERCENT, _("per cent of the dossiers that fit")),
        ]

    def criteria(self) -> Criteria:
        """Return what was chosen, as the services take it."""
        given = self.cleaned_data
        share = given["unit"] == PERCENT
        return Criteria(
            dated=Dated(given["dated"]),
            start=given["start"],
            end=given["end"],
            standard=given["standard"],
            states=tuple(State(state) for state in given["states"]),
            number=None if share else given["size"],
            percent=given["size"] if share else None,
        )


class DrawForm(forms.Form):
    """The auditor's own half of the seed."""

    use_required_attribute = False

    own_half = forms.CharField(
        label=_("Your half"),
        help_text=_("Throw dice, open a book and copy a line, type what comes to mind."),
        error_messages={"required": _("Type something that nobody could have known beforehand.")},
        max_length=LONGEST_HALF,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """A finding."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("What did you find?"),
        help_text=_(
            "The coordinator reads this. It cannot be changed afterwards; a new text can replace it."
        ),
        error_messages={"required": _("Write down what you found.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class PeriodForm(forms.Form):
    """A period, in an address."""

    use_required_attribute = False

    start = _day(_("From"))
    end = _day(_("Up to and including"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", _("The period ends before it begins."))
        return given
