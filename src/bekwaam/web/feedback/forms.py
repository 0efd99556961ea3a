"""The forms of asking and of answering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.feedback.asking import (
    CONFIRMED_NAMES,
    MAX_ANSWER,
    RELATION_NAMES,
    RequestKind,
)
from bekwaam.domain.growth.rating import NO_STAGE, STEP_NAMES, Scale, Step, scale_of
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.feedback.answering import AnswerInput
from bekwaam.services.feedback.asking import Referee
from bekwaam.web.shared.case import language


class AskForm(forms.Form):
    """Whom to ask, and with which words."""

    name = forms.CharField(
        label=gettext_lazy("Who do you ask?"),
        error_messages={"required": gettext_lazy("Write down who you ask.")},
    )
    email = forms.CharField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The link goes here. Once there is an answer, we erase the address."),
        error_messages={"required": gettext_lazy("Write down the mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("What is this person to you?"),
        error_messages={"required": gettext_lazy("Choose what this person is to you.")},
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do we write?"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        initial="nl",
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=gettext_lazy("A word from you"),
        help_text=gettext_lazy("For instance what you worked on together. Leave out who clients are."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [(relation.value, _(name)) for relation, name in RELATION_NAMES.items()]
        self.fields["relation"].choices = choices  # type: ignore[attr-defined]

    def referee(self) -> Referee:
        """Return whom to ask; the service checks it."""
        given = self.cleaned_data
        return Referee(given["name"], given["email"], given["relation"], given["language"])


class AgainForm(forms.Form):
    """Where a new link goes: empty means where the last one went."""

    email = forms.CharField(
        label=gettext_lazy("Mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AskRatingForm(AskForm):
    """Whom to ask, and about which competences."""

    field_order = ["codes"]

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("What may this person look at?"),
        help_text=gettext_lazy("Choose a few: up to ten."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, groups: Sequence[tuple[str, list[tuple[str, str]]]], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["codes"].choices = groups  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What a referee fills in: one of three, or a choice per competence; a word; and who they are."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, kind: RequestKind, framework: Framework | None, codes: Sequence[str], *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.codes = list(codes)
        if kind is RequestKind.CONFIRM:
            choices = [(said.value, _(name)) for said, name in CONFIRMED_NAMES.items()]
            self.fields["said"] = forms.ChoiceField(
                label=_("Is this how it was?"),
                choices=choices,
                error_messages={"required": _("Choose one of the three.")},
                widget=forms.RadioSelect,
            )
        if framework is not None:
            for code in codes:
                self.fields[code] = _rating(framework, framework.by_code[code])
        self.fields["text"] = forms.CharField(
            label=_("What would you like to say about it?"),
            help_text=_("Write what you saw yourself. Leave out names of clients."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, "maxlength": MAX_ANSWER}),
        )
        self.fields["name"] = forms.CharField(
            label=_("Your name"),
            error_messages={"required": _("Write your name; it stands below your answer.")},
        )
        self.fields["function"] = forms.CharField(
            label=_("Your function or role"), required=False, max_length=200
        )

    @property
    def ratings(self) -> list[forms.BoundField]:
        """Return the fields of the competences."""
        return [self[code] for code in self.codes]

    def given(self) -> AnswerInput:
        """Return what was filled in; the service checks it."""
        data = self.cleaned_data
        return AnswerInput(
            name=data["name"],
            function=data["function"],
            said=data.get("said", ""),
            text=data["text"],
            ratings={code: data.get(code, "") for code in self.codes},
            seen_sha256=data["seen"],
        )


def _rating(framework: Framework, item: Item) -> forms.ChoiceField:
    if scale_of(framework, item) is Scale.STAGES:
        choices = [(NO_STAGE, _("not yet"))]
        choices += [(stage.code, stage.title[language()]) for stage in framework.stages]
    else:
        choices = [(step.value, _(STEP_NAMES[step])) for step in Step]
    text = item.text[language()] if item.text and item.title else ""
    return forms.ChoiceField(
        label=f"{item.code} {item.name(language())}",
        help_text=text,
        choices=[*choices, ("", _("I cannot say"))],
        required=False,
        widget=forms.RadioSelect,
    )
