"""Fields that forms of plans and goals have alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """Return a field for one day, with the sentences that say how to write it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("This is no day. Write it like 31-12-2027."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def text_field(label: Any, help_text: Any = "", rows: int = 4, *, required: bool = False) -> forms.CharField:
    """Return a field for some lines of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )
