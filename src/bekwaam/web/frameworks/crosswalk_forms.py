"""Forms with which an organisation gathers links between two versions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Text

Choices = list[tuple[str, str]]


class StartForm(forms.Form):
    """What the links are called, and between which two versions they lead."""

    title_nl = forms.CharField(label=_("Name"), help_text=_("For instance: our course beside the standard."))
    title_en = forms.CharField(label=_("Name in English"), required=False)
    frm = forms.ChoiceField(label=_("From"))
    to = forms.ChoiceField(
        label=_("To"), help_text=_("Links between versions read from the first to the second.")
    )

    def __init__(self, *args: Any, versions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("frm", "to"):
            self.fields[name].choices = [("", _("Choose")), *versions]

    def given(self) -> tuple[Text, Reference, Reference]:
        """Return the name and the two versions."""
        data = self.cleaned_data
        frm, to = (Reference(*data[name].split("@", 1)) for name in ("frm", "to"))
        return Text(data["title_nl"], data["title_en"]), frm, to


class LoadForm(forms.Form):
    """A file with links, and what is to become of those that are there."""

    ADD, INSTEAD = "erbij", "opnieuw"

    file = forms.FileField(
        label=_("File with links"),
        help_text=_("A spreadsheet (.xlsx or .csv), or YAML."),
        allow_empty_file=True,
    )
    how = forms.ChoiceField(
        label=_("The links that are there already"),
        choices=[
            (ADD, _("keep them; the file comes beside them")),
            (INSTEAD, _("replace them all by the file")),
        ],
        widget=forms.RadioSelect,
        initial=ADD,
    )
