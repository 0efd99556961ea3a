"""The form for one unit: where am I, which of its parts do I do, and how do I know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bekwaam.domain.growth.rating import rated_inside
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item
from bekwaam.web.growth.presenting import answers
from bekwaam.web.shared.case import language


class RatingForm(forms.Form):
    """A choice for the unit and one for each part that can be rated; the fields are named after codes."""

    def __init__(self, framework: Framework, item: Item, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.item = item
        self.parts = rated_inside(framework, item.code)
        self.fields[item.code] = self._choice(framework, item, _("Where are you now?"))
        for part in self.parts:
            label = part.text[language()] if part.text and not part.title else part.name(language())
            self.fields[part.code] = self._choice(framework, part, label)
        self.fields["note"] = forms.CharField(
            label=_("How do you notice that?"),
            help_text=_("A sentence or an example is enough. Only you read this."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def _choice(self, framework: Framework, item: Item, label: str) -> forms.ChoiceField:
        choices = [(answer.value, answer.label) for answer in answers(framework, item)]
        return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)

    def by_stage(self, framework: Framework) -> list[tuple[str, int, list[forms.BoundField]]]:
        """Return the fields of the parts per stage: its name, its rings, and the fields."""
        found = []
        for rings, stage in enumerate(framework.stages, start=1):
            here = [self[one.code] for one in self.parts if one.stage == stage.code]
            if here:
                found.append((stage.title[language()], rings, here))
        return found

    def at_no_stage(self) -> tuple[str, list[forms.BoundField]] | None:
        """Return what the parts that belong to no stage are called, and their fields; None without any."""
        here = [one for one in self.parts if one.stage is None]
        if not here:
            return None
        return kind_name(here[0].kind, language()).capitalize(), [self[one.code] for one in here]

    def values(self) -> dict[str, str]:
        """Return what was chosen, by code; empty where nothing was."""
        codes = [self.item.code, *(one.code for one in self.parts)]
        return {code: self.cleaned_data.get(code, "") for code in codes}

    @staticmethod
    def initial_from(ratings: Mapping[str, Any]) -> dict[str, str]:
        """Return ratings as initial values."""
        return {code: rating.value for code, rating in ratings.items()}
