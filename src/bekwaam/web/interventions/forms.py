"""The form in which an intervention is written down. What is right and wrong is for the rules to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from bekwaam.domain.interventions.choosing import steps_of
from bekwaam.domain.interventions.entries import KNOWN_MEANS, KNOWN_NAMES, Given, Known
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.intervention_lists import choosable, continuum
from bekwaam.web.shared.case import language
from bekwaam.wording import N_

_NEEDED: Final = {
    "name": N_("Give it a name."),
    "situation": N_("Say in which situation it helps."),
    "step": N_("Choose at which step it stands."),
    "codes": N_("Choose which competences it asks."),
    "known": N_("Choose what is known of it."),
}


class InterventionForm(forms.Form):
    """An intervention; ``others`` are the names of the rest of the list by reference."""

    use_required_attribute = False

    def __init__(self, framework: Framework, others: Mapping[str, str], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        guide, may = continuum(), choosable(framework)
        steps = {code: guide.name(code)[language()] for code in steps_of(guide)}
        known = {one.value: f"{_(KNOWN_NAMES[one])}: {_(KNOWN_MEANS[one])}" for one in Known}
        codes = {code: f"{code} {framework.by_code[code].name(language())}" for code in may.codes}
        self._line("name", _("Name"))
        self._text("situation", _("What it is for"), _("In which situation does it help?"))
        self._line("people", _("For whom"), _("For example: residents of one street, young carers."))
        self._radio("step", _("Step of light to heavy"), steps)
        self._boxes("codes", _("Competences that it asks"), codes)
        self._radio("known", _("What is known of it"), known)
        hint = _("The databank, the research, or what your colleagues saw. Needed where something is known.")
        self._text("why", _("From what this is known"), hint)
        self._line("url", _("Link"), _("To where more about it stands."))
        self._text("takes", _("What it takes"), _("Time, people and money."))
        self._text("not_when", _("When not"), _("When had one better not do this?"))
        if others:
            self._boxes("goes_with", _("Goes well with"), others)
            self._boxes("not_with", _("Not together with"), others)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def given(self) -> Given:
        """Return what was filled in."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return Given(**{**found, **lists})

    def _put(self, name: str, field: forms.Field) -> None:
        field.required = name in _NEEDED
        if field.required:
            field.error_messages["required"] = _(_NEEDED[name])
        self.fields[name] = field

    def _line(self, name: str, label: str, hint: str = "") -> None:
        self._put(name, forms.CharField(label=label, help_text=hint))

    def _text(self, name: str, label: str, hint: str = "") -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        self._put(name, forms.CharField(label=label, help_text=hint, widget=widget))

    def _radio(self, name: str, label: str, known: Mapping[str, str]) -> None:
        self._put(name, forms.ChoiceField(label=label, choices=known.items(), widget=forms.RadioSelect))

    def _boxes(self, name: str, label: str, known: Mapping[str, str]) -> None:
        widget = forms.CheckboxSelectMultiple
        self._put(name, forms.MultipleChoiceField(label=label, choices=known.items(), widget=widget))
