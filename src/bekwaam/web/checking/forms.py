"""What somebody hands in to have it checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.certificates.handed import MOST_BYTES, Handed, Unknown
from bekwaam.domain.certificates.numbers import read_number

MEGABYTES: Final = MOST_BYTES // (1024 * 1024)
LONGEST_NAME: Final = 200
_ADDRESS: Final = re.compile(r"https?://[^/\s]+/c/([^/#?\s]+)\S*")


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files under one name."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; empty ones too, since of those we say what they are."""
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file]


class CheckForm(forms.Form):
    """A certificate as a file, with the proof of the log beside it where somebody has that; or as text.

    ``content`` and ``proof`` are what was handed in once the form is valid; ``number`` is filled in instead
    when the text is a number, or the address on a paper.
    """

    use_required_attribute = False
    content: bytes = b""
    proof: bytes | None = None
    number: str = ""

    files = _FilesField(
        label=_("The certificate as a file"),
        help_text=_(
            "The PDF, or the file from a wallet (.json or .jwt). Is there a .tlog-proof with it? "
            "Then choose both."
        ),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        help_text=_("What begins with { or with eyJ."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Tell the certificate from the proof, whatever the files are called."""
        said: dict[str, Any] = super().clean() or {}
        files: list[UploadedFile] = said.get("files", [])
        text: str = said.get("text", "")
        if files:
            self._from_files(files)
        elif text:
            self.number = read_number(_address_or(text))
            self.content = text.encode()
        else:
            self.add_error("files", gettext("Choose the file of the certificate, or paste its text below."))
        return said

    def _from_files(self, files: Iterable[UploadedFile]) -> None:
        if any((file.size or 0) > MOST_BYTES for file in files):
            message = gettext("This file is larger than %(limit)s MB. A certificate is never that large.")
            self.add_error("files", message % {"limit": MEGABYTES})
            return
        contents = [file.read() for file in files]
        proofs = [content for content in contents if Handed(content).unknown is Unknown.LOG_PROOF]
        others = [content for content in contents if Handed(content).unknown is not Unknown.LOG_PROOF]
        if len(others) > 1 or len(proofs) > 1:
            self.add_error("files", gettext("Choose one certificate at a time, with at most its proof."))
        elif not others:
            self.add_error(
                "files",
                gettext("This is only the proof that it is in the log. Choose the certificate as well."),
            )
        else:
            self.content, self.proof = others[0], proofs[0] if proofs else None


class NumberForm(forms.Form):
    """The number of a certificate."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("The number on the certificate"),
        help_text=_("For example 2026-7KQ4-XM2P. Capitals and dashes make no difference."),
        max_length=300,
        error_messages={"required": _("Type the number that stands on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """Return the number as it was given out."""
        found = read_number(_address_or(self.cleaned_data["number"]))
        if not found:
            raise forms.ValidationError(
                gettext(
                    "This is not a number as we give them: a year and twice four letters or digits. "
                    "After the year the letters O and I and the digits 0 and 1 do not occur."
                )
            )
        return found


class NameForm(forms.Form):
    """The name that somebody gave."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("The name to compare"),
        help_text=_("First and last name, as they stand on the certificate."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Type the name of the person that it should be of.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def _address_or(typed: str) -> str:
    """Return the number in the address that stands on a paper, or what was typed."""
    found = _ADDRESS.fullmatch(typed.strip())
    return found[1] if found else typed
