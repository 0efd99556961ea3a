"""The forms of a team's goals. What is right and wrong is for the rules to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.growth.ways import WAYS
from bekwaam.frameworks.model import Framework
from bekwaam.services.teams.goals import TeamGoalInput
from bekwaam.web.shared.case import language
from bekwaam.web.shared.fields import day_field, text_field

TYPED = ("words", "way", "doing", "by")


def way_field() -> forms.ChoiceField:
    """Return a choice of the kinds of activity, which may be left open."""
    return forms.ChoiceField(
        label=_("What kind of activity?"),
        required=False,
        choices=[("", _("Not known yet")), *((way.value, _(facts.name)) for way, facts in WAYS.items())],
        error_messages={"invalid_choice": _("Choose what you are going to do.")},
    )


class TeamGoalForm(forms.Form):
    """A goal of a team on units that were chosen before; each can still be left out."""

    use_required_attribute = False

    def __init__(self, framework: Framework, codes: Sequence[str], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["words"] = text_field(
            _("What does the team want to be able to do?"),
            _("Everybody in the team reads this. Leave out the names of colleagues and clients."),
            rows=3,
            required=True,
        )
        self.fields["words"].error_messages["required"] = _("Say what the team wants to be able to do.")
        self.fields["codes"] = forms.MultipleChoiceField(
            label=_("What is it about?"),
            choices=[(code, f"{code} {framework.by_code[code].name(language())}") for code in codes],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one part to work on.")},
        )
        self.fields["way"] = way_field()
        self.fields["doing"] = text_field(_("What do you do for it together?"), rows=3)
        self.fields["by"] = day_field(_("By when?"))

    def given(self) -> TeamGoalInput:
        """Return what was filled in."""
        found = self.cleaned_data
        return TeamGoalInput(tuple(found["codes"]), found["words"], found["way"], found["doing"], found["by"])


class CloseTeamGoalForm(forms.Form):
    """A word of looking back at the end of a team's goal."""

    use_required_attribute = False
    looking_back = text_field(
        gettext_lazy("How do you look back on it?"),
        gettext_lazy("What did the team reach? Everybody in the team reads this; leave out names."),
    )
