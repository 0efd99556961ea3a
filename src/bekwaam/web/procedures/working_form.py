"""The form of how a provider works on a standard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.assessment.working import (
    LONGEST_REASON,
    MOST_ANSWER_WEEKS,
    MOST_ASSESSORS,
    MOST_DAYS,
    MOST_FACTS_DAYS,
    MOST_OBJECTION_DAYS,
    USUAL_TERMS,
    WayOfWorking,
)
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.web.procedures.forms import number_field

TERM_FIELDS = {state: f"term_{state.value}" for state in USUAL_TERMS}


class WorkingForm(forms.Form):
    """How many assessors, which instruments, and the terms. What makes no sense the service says."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    assessors = forms.TypedChoiceField(
        label=_("How many assessors judge?"), widget=forms.RadioSelect, coerce=int
    )
    role_split = forms.BooleanField(
        label=_("One subject-matter assessor and one general assessor"),
        help_text=_("You then choose for each assessor from which side they judge."),
        required=False,
    )
    instrument_rule = forms.ChoiceField(
        label=_("What is held beside the portfolio?"), widget=forms.RadioSelect
    )
    instruments = forms.MultipleChoiceField(
        label=_("Which ones?"),
        help_text=_("Only where you chose particular ones above."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    no_instrument_reason = forms.CharField(
        label=_("Why does the portfolio alone suffice?"),
        help_text=_("Only where you ask for nothing beside it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        required=False,
    )
    facts_days = number_field(
        _("Days to check the facts"),
        _("Counted from the decision: so long the candidate can have facts corrected before you issue."),
        MOST_FACTS_DAYS,
    )
    objection_days = number_field(
        _("Days to object"), _("Counted from the day of the outcome."), MOST_OBJECTION_DAYS
    )
    answer_weeks = number_field(
        _("Weeks to answer an objection"), _("Counted from the day you get it."), MOST_ANSWER_WEEKS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["assessors"].choices = [(str(n), str(n)) for n in range(1, MOST_ASSESSORS + 1)]
        fields["instrument_rule"].choices = [
            (InstrumentRule.ANY.value, gettext("One of the three: an interview, an observation or a test")),
            (InstrumentRule.THESE.value, gettext("Particular ones")),
            (InstrumentRule.NONE.value, gettext("Nothing, and we say why")),
        ]
        kinds = [kind for kind in InstrumentKind if kind in SECOND_INSTRUMENTS]
        fields["instruments"].choices = [(kind.value, gettext(INSTRUMENT_NAMES[kind])) for kind in kinds]
        for state, name in TERM_FIELDS.items():
            label = gettext("Days for: %(state)s") % {"state": gettext(STATE_NAMES[state]).lower()}
            fields[name] = number_field(label, "", MOST_DAYS)

    def term_fields(self) -> list[forms.BoundField]:
        """Return the fields of the terms."""
        return [self[name] for name in TERM_FIELDS.values()]

    def way(self) -> WayOfWorking:
        """Return what was filled in. The form must be valid."""
        given = self.cleaned_data
        kinds = tuple(InstrumentKind(kind) for kind in given["instruments"])
        rule = InstrumentRule(given["instrument_rule"])
        return WayOfWorking(
            assessors=given["assessors"],
            role_split=given["role_split"],
            asked=InstrumentsAsked(rule, kinds, given["no_instrument_reason"]),
            terms={state: given[name] for state, name in TERM_FIELDS.items()},
            objection_days=given["objection_days"],
            answer_weeks=given["answer_weeks"],
            facts_days=given["facts_days"],
        )


def initial_of(way: WayOfWorking, seen: str) -> dict[str, Any]:
    """Return a way of working as the form shows it."""
    return {
        "seen": seen,
        "assessors": str(way.assessors),
        "role_split": way.role_split,
        "instrument_rule": way.asked.rule.value,
        "instruments": [kind.value for kind in way.asked.kinds],
        "no_instrument_reason": way.asked.reason,
        "objection_days": way.objection_days,
        "answer_weeks": way.answer_weeks,
        "facts_days": way.facts_days,
        **{name: way.terms[state] for state, name in TERM_FIELDS.items()},
    }
