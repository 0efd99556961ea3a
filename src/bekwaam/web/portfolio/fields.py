"""The fields of the form for evidence, made from the table of kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.portfolio.contexts import DIMENSION_NAMES, Dimension
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm, FileRule, KindField
from bekwaam.domain.portfolio.uploads import EXTENSIONS, MAX_BYTES
from bekwaam.frameworks.model import Framework
from bekwaam.services.portfolio.contexts import context_choices
from bekwaam.web.shared.case import language

_EMPTY: Final = gettext_lazy("Fill this in.")
_translate: Callable[[str], str] = _


class LongText(forms.CharField):
    """Text over several lines, with line ends of one kind whatever the browser sends."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, error_messages={"required": _EMPTY}, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text with plain newlines."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


def kind_fields(kind: EvidenceKind, *, has_file: bool) -> dict[str, forms.Field]:
    """Return the fields that a kind asks for, its file last."""
    spec = KINDS[kind]
    found = {field.name: _text_field(field) for field in spec.fields}
    if spec.file is not FileRule.NONE:
        found["file"] = _file_field(has_file, needed=spec.file is FileRule.NEEDED)
    return found


def _text_field(field: KindField) -> forms.Field:
    how: dict[str, Any] = {
        "label": _translate(field.label),
        "help_text": _translate(field.hint) if field.hint else "",
        "required": field.required,
    }
    if field.form is FieldForm.LONG:
        return LongText(**how)
    widget = (
        forms.TextInput(attrs={"inputmode": "url"}) if field.form is FieldForm.LINK else forms.TextInput()
    )
    return forms.CharField(widget=widget, error_messages={"required": _EMPTY}, **how)


def _file_field(has_file: bool, *, needed: bool) -> forms.FileField:
    hint = _("A PDF, photo, document, sound or film (%(kinds)s), of %(limit)s MB at most.")
    kinds = ", ".join(EXTENSIONS)
    accept = ",".join(["image/jpeg", "image/png", *(f".{extension}" for extension in EXTENSIONS)])
    return forms.FileField(
        label=_("Another file in its place") if has_file else _("File"),
        help_text=hint % {"kinds": kinds, "limit": MAX_BYTES // (1024 * 1024)},
        required=needed and not has_file,
        allow_empty_file=True,  # ours is the sentence about an empty file
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={"required": _("Choose a file.")},
    )


def day_fields(kind: EvidenceKind) -> dict[str, forms.Field]:
    """Return the field for when it was, or the two for how long it lasted."""
    spec = KINDS[kind]
    hint = _("When it happened or was made. Most providers ask for work of the last five years.")
    found: dict[str, forms.Field] = {
        "dated_on": _day(_translate(spec.day), "" if spec.spans else hint, required=spec.day_required)
    }
    if spec.spans:
        found["until"] = _day(_("Until"), _("Leave it empty while it lasts."), required=False)
    return found


def _day(label: str, hint: str, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": _("Write the date as day-month-year, such as 14-03-2026."),
            "required": _("Fill in the date."),
        },
    )


def context_fields(framework: Framework) -> dict[str, forms.Field]:
    """Return a list to choose from for each way in which situations differ."""
    return {
        dimension.value: forms.ChoiceField(
            label=_translate(DIMENSION_NAMES[dimension]),
            required=False,
            choices=[("", _("Not filled in")), *sorted_choices(dimension, names)],
            error_messages={"invalid_choice": _("Choose from the list.")},
        )
        for dimension, names in context_choices(framework, language()).items()
    }


def sorted_choices(dimension: Dimension, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices: the long list of settings by name, the others in the order they have."""
    found = list(names.items())
    return sorted(found, key=lambda choice: choice[1].casefold()) if dimension is Dimension.SETTING else found
