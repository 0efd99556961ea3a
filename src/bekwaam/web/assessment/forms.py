"""The forms of the assessor's screens. What is right and wrong is for the services to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.accounts.conflicts import CONFLICT_NAMES
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.domain.assessment.instruments import IDENTITY_NAMES
from bekwaam.domain.portfolio.evidence import MAX_TEXT
from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.assessment.jottings import NoteInput
from bekwaam.services.assessment.sessions import LONGEST, SessionInput


class AnyChoices(forms.MultipleChoiceField):
    """Ticked boxes as they come: which ones exist, the service knows."""

    def valid_value(self, value: str) -> bool:
        """Let every value through."""
        return True


class FindingForm(forms.Form):
    """A judgement on one unit: the stage, what it rests on, what was perceived and why that suffices."""

    stage = forms.CharField(label=_("Which stage do you see?"), required=False)
    basis = AnyChoices(label=_("What does that rest on?"), required=False)
    observed = forms.CharField(
        label=_("What did you see, hear or read?"),
        help_text=_("Facts: what the candidate did or said, and where you found that."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-key": "o"}),
    )
    why = forms.CharField(
        label=_("Why does that suffice, or not?"),
        help_text=_("So that a colleague who was not there can follow it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-key": "w"}),
    )

    def given(self) -> FindingInput:
        """Return what was filled in, for the service. The form must have been cleaned."""
        return FindingInput(
            stage=self.cleaned_data.get("stage", ""),
            basis=self.cleaned_data.get("basis", []),
            observed=self.cleaned_data.get("observed", ""),
            why=self.cleaned_data.get("why", ""),
        )


class NoteForm(forms.Form):
    """A note for oneself. Which pieces there are, the service knows; ``pieces`` are (reference, title)."""

    prefix = "note"
    text = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3, "data-key": "n"})
    )
    piece = forms.CharField(label=_("About"), required=False)
    quote = forms.CharField(
        label=_("Passage"),
        help_text=_("Select it in the evidence, or paste it here."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, pieces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("this competence in general")), *pieces]
        self.fields["piece"].widget = forms.Select(choices=choices)

    def given(self) -> NoteInput:
        """Return what was written, for the service. The form must have been cleaned."""
        return NoteInput(**{name: self.cleaned_data.get(name, "") for name in ("text", "piece", "quote")})


class FinalForm(FindingForm):
    """A proposal for the final judgement, with advice to the candidate and one's own reserve."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    recommendation = forms.CharField(
        label=_("Advice to the candidate"),
        help_text=_(
            "What would still be needed to reach the stage that is asked? It stands on the certificate."
        ),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dissent = forms.CharField(
        label=_("Differing view"),
        help_text=_("Do you go along, but do you see it otherwise? Write down how. It stays in the file."),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].label = gettext("Which stage was shown?")


class AgreeForm(forms.Form):
    """Agreement to one proposal, named so that one agrees to what one read."""

    prefix = "agree"
    final = forms.IntegerField(widget=forms.HiddenInput)
    dissent = forms.CharField(
        label=_("Differing view"),
        help_text=_("Do you go along, but do you see it otherwise? Write down how. It stays in the file."),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AgainstForm(forms.Form):
    """The word of who does not agree, where two of three settle it."""

    prefix = "against"
    use_required_attribute = False
    final = forms.IntegerField(widget=forms.HiddenInput)
    dissent = forms.CharField(
        label=_("How do you see it?"),
        help_text=_("Two of three settle this. What you write stays on record and is told with the outcome."),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down how you see it. It stays on record.")},
    )


class StuckForm(forms.Form):
    """That the assessors cannot agree on a unit."""

    prefix = "stuck"
    use_required_attribute = False
    reason = forms.CharField(
        label=_("On what can you not agree?"),
        help_text=_("Keep it to the matter. It stays on record."),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down on what you cannot agree.")},
    )


class ConflictForm(forms.Form):
    """What stands in the way of judging somebody."""

    reasons = AnyChoices(
        label=_("What is the conflict?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        help_text=_("A few words are enough. The coordinator reads this."),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(reason.value, gettext(name)) for reason, name in CONFLICT_NAMES.items()]
        self.fields["reasons"].choices = names  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """An interview, workplace observation or practical test that was held."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an interview, an observation or a test.")},
    )
    held_on = forms.DateField(
        label=_("When was it held?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the date on which it was held."),
            "invalid": _("This is not a date. Write it as in 2026-03-20."),
        },
    )
    place = forms.CharField(
        label=_("Where was it held?"),
        max_length=LONGEST["place"],
        error_messages={"required": _("Fill in where it was held.")},
    )
    present = forms.CharField(
        label=_("Who took part?"),
        help_text=_("The names of all who were there, the candidate too."),
        max_length=LONGEST["present"],
        error_messages={"required": _("Fill in who took part.")},
    )
    identity = forms.ChoiceField(
        label=_("How was the candidate's identity checked?"),
        help_text=_("Only look at the document. Never write down or copy its number."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how identity was checked.")},
    )
    identity_by = forms.CharField(
        label=_("Who checked identity?"),
        max_length=LONGEST["identity_by"],
        error_messages={"required": _("Fill in who checked identity.")},
    )

    identity_on = forms.DateField(
        label=_("When was identity checked?"),
        help_text=_("Only if that was on another day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it as in 2026-03-20.")},
    )
    plan = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in InstrumentKind if kind in SECOND_INSTRUMENTS]
        self.fields["kind"].choices = [(k.value, gettext(INSTRUMENT_NAMES[k])) for k in kinds]  # type: ignore[attr-defined]
        checks = [(check.value, gettext(name)) for check, name in IDENTITY_NAMES.items()]
        self.fields["identity"].choices = checks  # type: ignore[attr-defined]

    def given(self) -> SessionInput:
        """Return what was filled in, for the service. The form must be valid."""
        return SessionInput(**{name: self.cleaned_data[name] for name in self.fields})
