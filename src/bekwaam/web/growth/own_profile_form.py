"""The form of a function profile of an organisation: its head, and per part what is asked and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.growth.profile_editing import ASKED, REASON, STAGE, DemandInput, ProfileInput
from bekwaam.frameworks.exchange.sheets.headed import tidied
from bekwaam.frameworks.function_profile import FunctionProfile, asked_items
from bekwaam.frameworks.model import Framework, Text
from bekwaam.web.growth.presenting import drawn
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups

HEAD: Final = ("name_nl", "text_nl", "book", "book_url")
ENGLISH: Final = ("name_en", "text_en")


@dataclass(frozen=True, slots=True)
class Row:
    """One part that can be asked: what is chosen, why, whether that was taken over, and what is wrong."""

    unit: Unit
    stage: forms.BoundField
    reason: forms.BoundField
    value: str
    why: str
    copied: bool


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Parts that belong together; ``open`` where it is in sight at once."""

    key: str
    name: str
    hue: int
    rows: tuple[Row, ...]
    asked: int
    open: bool


def _line(label: Any, help_text: Any = "", **rest: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, **rest)


class ProfileForm(forms.Form):
    """A profile as a whole; the rules say what is right. ``seen`` is the hash of the one that it showed."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name_nl = forms.CharField(
        label=gettext_lazy("What is the function called?"),
        error_messages={"required": gettext_lazy("Say what the function is called.")},
    )
    text_nl = _line(
        gettext_lazy("What is the work?"),
        gettext_lazy("A few sentences about the work, not about a person."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    book = _line(
        gettext_lazy("Number or name in your function book"), gettext_lazy("Such as FB-12, if you have one.")
    )
    book_url = _line(
        gettext_lazy("Where your people find that"),
        gettext_lazy("The address of a page, beginning with https://."),
        widget=forms.URLInput,
    )
    name_en = _line(gettext_lazy("Name in English"))
    text_en = _line(
        gettext_lazy("The work in English"),
        gettext_lazy("Leave it empty where nobody reads it: the Dutch then stands for both."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, framework: Framework, before: FunctionProfile | None, **rest: Any) -> None:
        super().__init__(**rest)
        self.framework, self.before = framework, before
        self.options = options(framework)
        for item in asked_items(framework):
            name = f"{item.code} {item.name(language())}"
            self.fields[STAGE + item.code] = forms.ChoiceField(
                label=name,
                choices=self.options,
                required=False,
                error_messages={"invalid_choice": _("Choose what is asked from the list.")},
            )
            self.fields[REASON + item.code] = _line(_("Why: %(name)s") % {"name": name})
        if before is not None and before.accents:
            self.fields["accents"] = forms.BooleanField(
                label=_("Keep where the weight of the work lies"), required=False
            )

    def given(self) -> ProfileInput:
        """Return what was filled in, with white space in order. The form must be valid."""
        data = {
            name: tidied(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        demands = tuple(
            DemandInput(item.code, data[STAGE + item.code], data[REASON + item.code])
            for item in asked_items(self.framework)
            if data[STAGE + item.code]
        )
        return ProfileInput(
            name=Text(data["name_nl"], data["name_en"]),
            text=Text(data["text_nl"], data["text_en"]),
            demands=demands,
            book=data["book"],
            book_url=data["book_url"],
            accents=data.get("accents", False),
        )

    def head(self) -> list[forms.BoundField]:
        """Return the fields about the profile as a whole, in Dutch."""
        return [self[name] for name in HEAD]

    def english(self) -> list[forms.BoundField]:
        """Return the fields in English."""
        return [self[name] for name in ENGLISH]

    def english_open(self) -> bool:
        """Tell whether the fields in English have to be in sight."""
        return any(field.errors or field.value() for field in self.english())

    def groups(self) -> list[RowGroup]:
        """Return what can be asked by the group it belongs to; open is what is wrong, or else the first."""
        found = [
            self._group(number, group)
            for number, group in enumerate(
                unit_groups(self.framework, [i.code for i in asked_items(self.framework)])
            )
        ]
        if found and not any(one.open for one in found):
            first = found[0]
            found[0] = RowGroup(first.key, first.name, first.hue, first.rows, first.asked, open=True)
        return found

    def _group(self, number: int, group: Any) -> RowGroup:
        rows = tuple(self._row(unit) for unit in group.units)
        asked = sum(bool(row.value) for row in rows)
        wrong = any(row.stage.errors or row.reason.errors for row in rows)
        return RowGroup(f"group-{number}", group.name, group.hue, rows, asked, open=wrong)

    def _row(self, unit: Unit) -> Row:
        stage, reason = self[STAGE + unit.code], self[REASON + unit.code]
        before = self.before.by_code.get(unit.code) if self.before else None
        value, why = stage.value() or "", reason.value() or ""
        copied = before is not None and before.copied and value == (before.stage or ASKED)
        same = before is not None and tidied(why) in (before.reason.nl, before.reason.en)
        return Row(unit, stage, reason, value, why, copied and same)


def options(framework: Framework) -> list[tuple[str, str]]:
    """Return what can be asked of a part: nothing, or a stage; where there are none, that it is asked."""
    if not framework.stages:
        return [("", _("not asked")), (ASKED, _("asked"))]
    return [("", _("not asked")), *((stage.code, stage.title[language()]) for stage in framework.stages)]


def initial_of(profile: FunctionProfile | None) -> dict[str, Any]:
    """Return a profile as the values of its form."""
    if profile is None:
        return {}
    shown = profile.text if profile.text != profile.name else Text("", "")
    values = {
        "name_nl": profile.name.nl,
        "name_en": _other(profile.name),
        "text_nl": shown.nl,
        "text_en": _other(shown),
        "book": profile.function_book,
        "book_url": profile.function_book_url,
        "accents": bool(profile.accents),
    }
    for one in profile.demands:
        values[STAGE + one.code] = one.stage or ASKED
        values[REASON + one.code] = one.reason[language()]
    return values


def _other(text: Text) -> str:
    return text.en if text.en != text.nl else ""


def asked_so_far(framework: Framework, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands beside the form: the wheel of what is asked, in numbers and by stage."""
    known = dict(options(framework))
    asked = {
        item.code: values[STAGE + item.code]
        for item in asked_items(framework)
        if values.get(STAGE + item.code) in known and values.get(STAGE + item.code)
    }
    wheel = {code: stage for code, stage in asked.items() if stage != ASKED}
    groups = unit_groups(framework, [item.code for item in asked_items(framework)])
    return {
        "number": len(asked),
        "of": len(asked_items(framework)),
        "wheel": drawn(framework, wheel, prefix="asked", title=_("What is asked so far"), size=320),
        "by_value": [
            (label, [code for code, stage in asked.items() if stage == value])
            for value, label in reversed(options(framework))
            if value
        ],
        "counts": [
            (f"group-{number}", sum(unit.code in asked for unit in group.units), len(group.units))
            for number, group in enumerate(groups)
        ],
    }
