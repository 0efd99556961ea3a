"""Forms of the calibration room. What is right and wrong is for the services to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.calibration.practice import PracticeInput

Choices = Sequence[tuple[str, str]]


class NewForm(forms.Form):
    """What a practice dossier is called, on which standard, until when."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        help_text=_("For instance what it is about: “At the kitchen table”."),
        error_messages={"required": _("Give the dossier a title.")},
    )
    standard = forms.ChoiceField(label=_("Standard"))
    closes_on = forms.DateField(
        label=_("Judging is possible up to and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day after today."),
            "invalid": _("Fill in a date, such as 2026-03-31."),
        },
    )

    def __init__(self, *args: Any, standards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = standards


class PieceForm(forms.Form):
    """A piece of a practice dossier."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title of the piece"), error_messages={"required": _("Give this piece a title.")}
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_(
            "A story works well: situation, task, action, result and reflection. Make everything up."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write what the assessors are to read.")},
    )


class ReleaseForm(forms.Form):
    """What is judged, and the word that nobody can be recognised."""

    use_required_attribute = False

    units = forms.MultipleChoiceField(
        label=_("What is judged?"),
        help_text=_("Choose only what the pieces say something about. Three to six is enough for one round."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one competence that is judged.")},
    )
    read = forms.BooleanField(
        label=_("I have read all of it. Everything is made up; nobody can be recognised in it."),
        error_messages={
            "required": _("Read all of it through, and say that nobody can be recognised in it.")
        },
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units


class _LegLeft:
    """A field of which the service says that it is missing, so that all that is missing is said at once."""

    def validate(self, value: Any) -> None:
        """Look at what was given; what was left out is for the service."""
        if value:
            super().validate(value)  # type: ignore[misc]


class _Choice(_LegLeft, forms.ChoiceField):
    pass


class _Choices(_LegLeft, forms.MultipleChoiceField):
    pass


class _Text(_LegLeft, forms.CharField):
    pass


class JudgeForm(forms.Form):
    """The three legs, reduced, for every unit: ``stage-1.1``, ``evidence-1.1``, ``why-1.1``."""

    use_required_attribute = False

    def __init__(self, *args: Any, stages: dict[str, Choices], pieces: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = tuple(stages)
        for unit, choices in stages.items():
            self.fields[f"stage-{unit}"] = _Choice(
                label=f"{unit} {_('What does this show?')}", choices=choices, widget=forms.RadioSelect
            )
            self.fields[f"evidence-{unit}"] = _Choices(
                label=f"{unit} {_('What does that rest on?')}",
                help_text=_("Only what was not shown may rest on nothing."),
                choices=pieces,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"why-{unit}"] = _Text(
                label=f"{unit} {_('Why does that suffice, or not?')}",
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def given(self) -> dict[str, PracticeInput]:
        """Return what was filled in, for the service. The form must be valid."""
        data = self.cleaned_data
        return {
            unit: PracticeInput(data[f"stage-{unit}"], data[f"evidence-{unit}"], data[f"why-{unit}"])
            for unit in self.units
        }

    @staticmethod
    def many(names: Iterable[str]) -> set[str]:
        """Return the names of fields that hold several values."""
        return {name for name in names if name.startswith("evidence-")}
