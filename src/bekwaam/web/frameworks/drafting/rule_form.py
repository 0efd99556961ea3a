"""The form of one part of a rule, in plain words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import Count, Rule, Share, UnitSet
from bekwaam.web.frameworks.drafting.presenting import called
from bekwaam.web.shared.case import language

# What assessors judge in most standards; offered also where there is none of it yet.
JUDGED = ("competence", "indicator", "life_domain")
GROUPS = ("group", "cluster", "area", "practice_theme", "competence", "life_domain")


class Codes(forms.CharField):
    """Codes with commas or spaces between them."""

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return the codes, each once."""
        return tuple(dict.fromkeys(re.split(r"[\s,;]+", str(value or "").strip()))) if value else ()

    def prepare_value(self, value: Any) -> Any:
        """Return codes as a person types them."""
        return ", ".join(value) if isinstance(value, tuple) else value


class RuleForm(forms.Form):
    """How many of what has to be shown, and at which stage."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    measure = forms.ChoiceField(
        label=_("How do you count?"),
        widget=forms.RadioSelect,
        choices=[("count", _("A number of them")), ("share", _("A percentage of them"))],
    )
    number = forms.IntegerField(
        label=_("At least"), error_messages={"invalid": _("Give a whole number.")}, min_value=1
    )
    of = forms.ChoiceField(label=_("Of which parts?"))
    stage = forms.ChoiceField(
        label=_("Shown at which stage?"),
        required=False,
        help_text=_("A later stage counts as well."),
    )
    per = forms.ChoiceField(
        label=_("In every one of"),
        required=False,
        help_text=_("For a percentage only: it then has to be reached in each of these by itself."),
    )
    within = Codes(
        label=_("Only what lies in"), required=False, help_text=_("Codes with commas, such as 1, 2.")
    )
    codes = Codes(label=_("Only these"), required=False, help_text=_("Codes with commas, such as 1.1, 2.3."))

    def __init__(self, framework: Framework, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        there = [kind for kind in KINDS if framework.of_kind(kind)]
        counted = [*JUDGED, *(kind for kind in there if kind not in JUDGED)]
        stages = [(one.code, called(one.title) or one.code) for one in framework.stages]
        self.fields["of"].choices = [(kind, kind_name(kind, language())) for kind in counted]
        self.fields["stage"].choices = [("", _("At any stage")), *stages]
        groups = [kind for kind in GROUPS if kind in there]
        self.fields["per"].choices = [("", _("No: over all of them together"))] + [
            (kind, kind_name(kind, language())) for kind in groups
        ]

    def narrowed(self) -> list[forms.BoundField]:
        """Return the fields that most rules do without."""
        return [self["per"], self["within"], self["codes"]]

    def is_narrowed(self) -> bool:
        """Tell whether any of those is used."""
        return any(field.value() or field.errors for field in self.narrowed())

    def given(self) -> Rule:
        """Return the rule that was filled in. The form must be valid."""
        data = self.cleaned_data
        units = UnitSet(data["of"], data["codes"], data["within"])
        stage = data["stage"] or None
        if data["measure"] == "count":
            return Count(units, data["number"], stage)
        return Share(units, data["number"], stage, data["per"] or None)


def rule_initial(rule: Rule | None, framework: Framework) -> dict[str, Any]:
    """Return a single rule as the values of its form; without one, what most rules ask."""
    if not isinstance(rule, Count | Share):
        middle = framework.stages[len(framework.stages) // 2].code if framework.stages else ""
        return {"measure": "count", "of": "competence", "stage": middle}
    count = isinstance(rule, Count)
    return {
        "measure": "count" if count else "share",
        "number": rule.at_least if isinstance(rule, Count) else rule.percent,
        "of": rule.units.kind,
        "stage": rule.stage or "",
        "per": (rule.per or "") if isinstance(rule, Share) else "",
        "within": rule.units.within,
        "codes": rule.units.codes,
    }
