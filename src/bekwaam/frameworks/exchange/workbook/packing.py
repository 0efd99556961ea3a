"""Saves a workbook so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Final

from openpyxl import Workbook

_DAY: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - the properties of a workbook know no time zone
_ZIP_DAY: Final = (2020, 1, 1, 0, 0, 0)
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def packed(book: Workbook) -> bytes:
    """Return the bytes of a workbook; when it was made does not stand in them."""
    book.properties.creator = "Bekwaam"
    book.properties.created = book.properties.modified = _DAY
    first = io.BytesIO()
    book.save(first)
    found = io.BytesIO()
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, content)
    return found.getvalue()
