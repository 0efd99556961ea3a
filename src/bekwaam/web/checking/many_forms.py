"""A list or a ZIP with certificates that somebody hands in."""

from __future__ import annotations

from typing import BinaryIO, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.frameworks.exchange.sheets.book import MAX_BYTES as LARGEST_SHEET
from bekwaam.frameworks.exchange.sheets.opening import is_workbook

_ZIP: Final = b"PK"
_BEGIN: Final = 64 * 1024


class ManyForm(forms.Form):
    """One file: a spreadsheet with numbers, or a ZIP. ``content`` is filled in for a spreadsheet alone."""

    use_required_attribute = False
    content: bytes = b""
    name: str = ""
    is_zip: bool = False

    file = forms.FileField(
        label=_("The list or the ZIP"),
        help_text=_("A spreadsheet (.csv or .xlsx) with the numbers, or a ZIP with the files."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a spreadsheet with numbers, or a ZIP with certificates.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.zip,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        """Tell a ZIP from a spreadsheet by what is in it, whatever it is called."""
        given: UploadedFile = self.cleaned_data["file"]
        size = given.size or 0
        self.name = (given.name or "").rpartition("/")[2][:100]
        if size > MAX_BYTES:
            raise forms.ValidationError(
                gettext("This file is larger than %(limit)s MB. Divide it over several files.")
                % {"limit": MAX_BYTES // (1024 * 1024)}
            )
        begin = given.read(_BEGIN)
        given.seek(0)
        # A workbook is a ZIP as well; where its parts are named is at the end of it.
        whole = given.read() if size <= LARGEST_SHEET else begin
        given.seek(0)
        self.is_zip = begin.startswith(_ZIP) and not is_workbook(whole)
        self.content = b"" if self.is_zip else whole
        return given

    @property
    def file_content(self) -> BinaryIO:
        """The file, to be read from its beginning."""
        return cast(BinaryIO, self.cleaned_data["file"].file)
