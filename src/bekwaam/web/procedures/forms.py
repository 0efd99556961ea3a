"""Forms of the procedures room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.accounts.access import PROVIDER_ROLES, ROLE_NAMES, Role
from bekwaam.domain.accounts.erasing import MOST_KEEP_YEARS
from bekwaam.domain.portfolio.coverage import MOST
from bekwaam.domain.procedures.scope import PURPOSE_NAMES, Purpose
from bekwaam.frameworks.model import Framework

Choices = list[tuple[str, str]]


class ScopeForm(forms.Form):
    """What a procedure is for, and what is judged beside the rule."""

    purpose = forms.ChoiceField(label=_("What is the procedure for?"), widget=forms.RadioSelect)
    other_stages = forms.BooleanField(
        label=_("Judge the other stages too"),
        help_text=_("Assessors then choose from every stage, and not only from the one the standard asks."),
        required=False,
    )
    life_domains = forms.MultipleChoiceField(
        label=_("Life domains that are judged too"),
        help_text=_("Leave all of them open when only the competences are judged."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, frameworks: Iterable[Framework], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(purpose.value, now(PURPOSE_NAMES[purpose])) for purpose in Purpose]
        self.fields["purpose"].choices = purposes
        domains = _life_domains(frameworks, language)
        if domains:
            self.fields["life_domains"].choices = domains
        else:
            del self.fields["life_domains"]

    def scope(self) -> dict[str, Any]:
        """Return what was chosen, as the services take it."""
        return {
            "purpose": Purpose(self.cleaned_data["purpose"]),
            "other_stages": self.cleaned_data["other_stages"],
            "life_domains": self.cleaned_data.get("life_domains", []),
        }


def _life_domains(frameworks: Iterable[Framework], language: str) -> Choices:
    """Return the life domains of all standards together; most share them."""
    names: dict[str, dict[str, None]] = {}
    for framework in frameworks:
        for item in framework.of_kind("life_domain"):
            names.setdefault(item.code, {})[item.name(language)] = None
    return [(code, f"{code} {' / '.join(found)}") for code, found in sorted(names.items())]


class StartForm(ScopeForm):
    """A new procedure."""

    name = forms.CharField(
        label=_("Name of the candidate"),
        max_length=200,
        help_text=_("As it is to stand on the certificate."),
    )
    email = forms.EmailField(
        label=_("E-mail address of the candidate"),
        help_text=_("Whoever has no account yet gets one, and a mail with a link to choose a password."),
    )
    standard = forms.ChoiceField(label=_("Standard"))

    field_order = ("name", "email", "standard", "purpose", "other_stages", "life_domains")

    def __init__(self, *args: Any, standards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = standards


class ReasonForm(forms.Form):
    """Why something is done that asks for a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000)


class RegisterForm(forms.Form):
    """Somebody new at the provider."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Whoever has no account yet gets one, and a mail with a link to choose a password."),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, now(ROLE_NAMES[role])) for role in PROVIDER_ROLES]
        self.fields["roles"].choices = choices

    def chosen(self) -> tuple[Role, ...]:
        """Return the roles."""
        return tuple(Role(role) for role in self.cleaned_data["roles"])


def number_field(label: str, hint: str, most: int) -> forms.IntegerField:
    """Return a field for a whole number from 1 to ``most``."""
    wrong = format_lazy(_("Choose a number from 1 to {most}."), most=most)
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class UsualForm(forms.Form):
    """What a provider usually asks of a portfolio, for each part."""

    use_required_attribute = False

    years = number_field(
        _("How many years back"),
        _("Work of longer ago may come along, with a word on its age."),
        MOST["years"],
    )
    pieces = number_field(_("How many pieces"), _("For each competence, at least."), MOST["pieces"])
    contexts = number_field(
        _("How many different situations"),
        _("Another setting, other people, another life domain, one person or a group."),
        MOST["contexts"],
    )


class KeepingForm(forms.Form):
    """How long a provider keeps finished dossiers of who had their account erased."""

    use_required_attribute = False

    years = number_field(_("How many years"), _("Counted from the day of the certificate."), MOST_KEEP_YEARS)
