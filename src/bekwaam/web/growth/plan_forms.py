"""The forms of the development plan. What is right and wrong is for the rules to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.growth.plan import values_to_reach
from bekwaam.domain.growth.ways import WAYS
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.activities import ActivityInput
from bekwaam.services.growth.goals import GoalInput
from bekwaam.web.growth.presenting import answer
from bekwaam.web.shared.case import language
from bekwaam.web.shared.fields import day_field, text_field


class GoalForm(forms.Form):
    """A goal on units that were chosen before; each can still be left out."""

    use_required_attribute = False

    def __init__(self, framework: Framework, codes: Sequence[str], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        known = [(code, f"{code} {framework.by_code[code].name(language())}") for code in codes]
        self.fields["words"] = text_field(
            _("What do you want to learn?"),
            _("In your own words. Leave out names and other details of clients."),
            required=True,
        )
        self.fields["words"].error_messages["required"] = _("Say in your own words what you want to learn.")
        self.fields["codes"] = forms.MultipleChoiceField(
            label=_("What is it about?"),
            choices=known,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one part to work on.")},
        )
        values = values_to_reach(framework, codes) if codes else ()
        named = [(value, answer(framework, codes[0], value)) for value in values]
        self.fields["value"] = forms.ChoiceField(
            label=_("Where do you want to get?"),
            choices=[(value, found.label if found else value) for value, found in named],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose where you want to get.")},
        )
        if len(values) == 1:  # what is known or not has one place to get to: nothing to choose
            self.fields["value"].widget, self.fields["value"].initial = forms.HiddenInput(), values[0]
        self.fields["by"] = day_field(
            _("By when?"), _("With a day it stands in your calendar, if you have linked that.")
        )

    def given(self, target: str = "") -> GoalInput:
        """Return what was filled in."""
        found = self.cleaned_data
        return GoalInput(tuple(found["codes"]), found["value"], found["words"], found["by"], target)


class ActivityForm(forms.Form):
    """What somebody is going to do for a goal."""

    use_required_attribute = False

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["way"] = forms.ChoiceField(
            label=_("What are you going to do?"),
            choices=[("", _("Choose")), *((way.value, _(facts.name)) for way, facts in WAYS.items())],
            error_messages={"required": _("Choose what you are going to do.")},
        )
        self.fields["words"] = text_field(
            _("What exactly, and with whom?"), _("Leave out names of clients."), rows=3
        )
        self.fields["by"] = day_field(_("By when?"))

    def given(self) -> ActivityInput:
        """Return what was filled in."""
        found = self.cleaned_data
        return ActivityInput(found["way"], found["words"], found["by"])


class DoneForm(forms.Form):
    """That an activity was done, and what it brought."""

    use_required_attribute = False
    done_on = day_field(gettext_lazy("On which day was it done?"), required=True)
    learned = text_field(
        gettext_lazy("What did it bring you?"),
        gettext_lazy("What do you do otherwise now? It can become the reflection of your evidence."),
    )


class AgreeForm(forms.Form):
    """With whom the plan was agreed on, and when."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("With whom?"),
        help_text=gettext_lazy("For instance your coach or team lead. They get no message of it."),
        error_messages={"required": gettext_lazy("Say with whom you agreed.")},
    )
    agreed_on = day_field(gettext_lazy("On which day?"), required=True)


class CloseForm(forms.Form):
    """A word of looking back at the end of a goal."""

    use_required_attribute = False
    looking_back = text_field(
        gettext_lazy("How do you look back on it?"),
        gettext_lazy("What did you reach? What helped, and what do you take along?"),
    )


class TieForm(forms.Form):
    """Which piece of one's own evidence came of an activity."""

    use_required_attribute = False

    def __init__(self, pieces: Sequence[tuple[str, str]], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["evidence"] = forms.ChoiceField(
            label=_("Which piece of evidence came of it?"),
            choices=[("", _("Choose")), *pieces],
            error_messages={
                "required": _("Choose from your own evidence."),
                "invalid_choice": _("Choose from your own evidence."),
            },
        )
