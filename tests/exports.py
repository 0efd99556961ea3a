"""Exports of other systems, shaped as Mahara writes them; the words in them are our own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files import PDF, PNG

FOLDER = Path(__file__).parent / "data" / "leap2a"
MAHARA = (FOLDER / "mahara.xml").read_bytes()
ELSEWHERE = (FOLDER / "elsewhere.xml").read_bytes()
FILES = {"files/0-muur.png": PNG, "files/1-activiteitenplan herfst.pdf": PDF}

_FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:leap2="http://terms.leapspecs.org/" xmlns:categories="http://wiki.leapspecs.org/2A/categories/"
    xmlns:mahara="http://wiki.mahara.org/Developer_Area/Import%2F%2FExport/LEAP_Extensions#">
<leap2:version>http://www.leapspecs.org/2010-07/2A/</leap2:version>
{entries}</feed>"""


def feed(*entries: str) -> bytes:
    """Return a portfolio with these entries, each the inside of one."""
    return _FEED.format(entries="".join(f"<entry>{entry}</entry>" for entry in entries)).encode()


def entry(title: str, leap: str = "entry", mahara: str = "", inside: str = "", text: str = "Tekst.") -> str:
    """Return the inside of an entry."""
    plugin = f'<mahara:artefactplugin mahara:type="{mahara}" mahara:plugin="x"/>' if mahara else ""
    return (
        f"<title>{title}</title><id>portfolio:{title}</id><content>{text}</content>"
        f'<rdf:type rdf:resource="leap2:{leap}"/>{plugin}{inside}'
    )


def packed(xml: bytes = MAHARA, files: dict[str, bytes] = FILES, folder: str = "") -> bytes:
    """Return an export as a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}leap2a.xml", xml)
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return target.getvalue()


def upload(content: bytes, name: str = "mahara-export.zip") -> SimpleUploadedFile:
    """Return an export as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/zip")
