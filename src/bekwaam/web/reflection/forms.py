"""The forms of reflections, of inviting, and of what is said in a deliberation."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.deliberation.asking import ASKED, Step, comes_before
from bekwaam.domain.reflection.kinds import MAX_TEXT, SPECS, ReflectionKind, Written
from bekwaam.wording import N_

NO_TITLE: Final = N_("Give it a title, so that you find it again.")


def needed(message: str) -> dict[str, str]:
    """Return what is said, given as a msgid, where a field stays empty."""
    return {"required": _(message)}


def looked_field() -> forms.BooleanField:
    """Return the box by which a writer says that they looked; shown only where there is something to see."""
    return forms.BooleanField(label=_("I looked at it: nobody can be recognised by this"), required=False)


class LookedForm(forms.Form):
    """A form whose texts are looked at for personal data before they are kept."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["looked"] = looked_field()

    @property
    def asks_to_look(self) -> bool:
        """Tell whether the box is shown: something was found, or it was ticked before."""
        return bool(self.is_bound and (self.errors.get("looked") or self.data.get("looked")))

    def shown(self) -> list[forms.BoundField]:
        """Return the fields to show, in their order."""
        return [field for field in self if field.name != "looked" or self.asks_to_look]


class ReflectionForm(LookedForm):
    """What a kind of reflection asks."""

    def __init__(self, kind: ReflectionKind, *args: Any, **rest: Any) -> None:
        self.kind, self.spec = kind, SPECS[kind]
        super().__init__(*args, **rest)
        looked = self.fields.pop("looked")
        self.fields["title"] = forms.CharField(label=_("Title"), error_messages=needed(NO_TITLE))
        self.fields["title"].help_text = _("Without names of clients or colleagues.")
        for asked in self.spec.asks:
            self.fields[asked.name] = forms.CharField(
                label=_(asked.label),
                help_text=_(asked.hint) if asked.hint else "",
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["dated_on"] = forms.DateField(
            label=_("When was it?"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["looked"] = looked

    def written(self) -> Written:
        """Return what was filled in; the service checks it."""
        data = self.cleaned_data
        texts = {name: data[name] for name in self.spec.names}
        return Written(self.kind, data["title"], texts, data["dated_on"])


class DeliberationForm(forms.Form):
    """What a new deliberation is about, and with whom."""

    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("In a few words and without names, such as “Yes or no to a home visit”."),
        error_messages={"required": gettext_lazy("Say in a few words what it is about, without names.")},
    )
    company = forms.ChoiceField(
        label=gettext_lazy("Alone or with others?"),
        choices=[
            ("others", gettext_lazy("With others: I invite them in the next step")),
            ("alone", gettext_lazy("Alone: I think it over step by step")),
        ],
        initial="others",
        widget=forms.RadioSelect,
    )


class InviteForm(forms.Form):
    """Whom to invite."""

    name = forms.CharField(
        label=gettext_lazy("Name"), error_messages={"required": gettext_lazy("Write down who you invite.")}
    )
    email = forms.CharField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("Who has an account here logs in. Anybody else gets a personal link."),
        error_messages={"required": gettext_lazy("Write down the mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do we write?"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        initial="nl",
        widget=forms.RadioSelect,
    )


class TextForm(LookedForm):
    """One text: what somebody writes apart, adds, or gives as a reason."""

    def __init__(self, label: str, *args: Any, hint: str = "", rows: int = 8, **rest: Any) -> None:
        super().__init__(*args, **rest)
        looked = self.fields.pop("looked")
        self.fields["text"] = forms.CharField(
            label=label,
            help_text=hint,
            error_messages=needed(N_("Write something here.")),
            widget=forms.Textarea(attrs={"rows": rows, "maxlength": MAX_TEXT}),
        )
        self.fields["looked"] = looked


class GoBackForm(TextForm):
    """To which earlier step, and why."""

    def __init__(self, step: Step, *args: Any, **rest: Any) -> None:
        super().__init__(_("Why do you go back?"), *args, rows=3, **rest)
        earlier = [(one.value, _(ASKED[one].name)) for one in Step if comes_before(one, step)]
        text, looked = self.fields.pop("text"), self.fields.pop("looked")
        self.fields["to"] = forms.ChoiceField(label=_("Back to which step?"), choices=earlier)
        self.fields["text"], self.fields["looked"] = text, looked


class TitleForm(forms.Form):
    """A title for what came out of the guided choice."""

    title = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        help_text=gettext_lazy("In a few words and without names."),
        error_messages={"required": gettext_lazy("Give it a title, so that you find it again.")},
    )


class PlaceForm(forms.Form):
    """Where evidence goes."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where do you want to put it?"),
        error_messages={"required": gettext_lazy("Choose where it goes.")},
        widget=forms.RadioSelect,
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["place"].initial = choices[0][0]
