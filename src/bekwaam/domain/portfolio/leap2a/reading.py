"""Leap2A read from XML: https://www.leapspecs.org/2A/ (2010-07), and as Mahara writes it.

Leap2A is Atom with types and relations. It came under two namespaces; prefixes in values ("leap2:activity",
"portfolio:artefact3") are not bound to anything by most systems, so only what follows them counts.
No DTD and no entities are read: no portfolio needs them, and they can be made to fetch or to swell.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.leap2a.days import when
from bekwaam.domain.portfolio.leap2a.model import Entry, Leap, Link, NotReadable, When
from bekwaam.domain.portfolio.leap2a.plain import plain_element, plain_html, plain_line, plain_text
from bekwaam.wording import N_

MAX_XML: Final = 20 * 1024 * 1024
MAX_ENTRIES: Final = 5_000

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LEAP: Final = ("{http://terms.leapspecs.org/}", "{http://wiki.cetis.ac.uk/2009-03/LEAP2A_predicates#}")
_MAHARA: Final = "{http://wiki.mahara.org/Developer_Area/Import%2F%2FExport/LEAP_Extensions#}"


def read_leap2a(data: bytes) -> Leap:
    """Read a portfolio. Raises NotReadable where it is none.

    An entry that lacks something is read as far as it goes; whoever gives entries a place sees what is there.
    """
    root = _parsed(data)
    if root.tag != f"{_ATOM}feed":
        raise _not("no_feed", N_("This is an XML file, but no portfolio in Leap2A."))
    found = root.findall(f"{_ATOM}entry")
    if len(found) > MAX_ENTRIES:
        message = N_("There are {number} things in this export; {limit} is the most. Export a part of it.")
        raise _not("too_many", message, number=len(found), limit=MAX_ENTRIES)
    entries = tuple(_entry(number, element) for number, element in enumerate(found, start=1))
    versioned = any(root.find(f"{namespace}version") is not None for namespace in _LEAP)
    if not versioned and not any(entry.leap for entry in entries):
        message = N_("This is a feed of messages, but no portfolio in Leap2A.")
        raise _not("no_leap", message)
    return Leap(plain_line(root.findtext(f"{_ATOM}generator") or ""), entries)


def _not(reason: str, message: str, **values: object) -> NotReadable:
    return NotReadable(Fault("file", reason, message, values))


def _parsed(data: bytes) -> Element:
    if len(data) > MAX_XML:
        message = N_("The texts in this export are {size} MB; {limit} MB is the most. Export a part of it.")
        raise _not("too_large", message, size=-(-len(data) // 1024**2), limit=MAX_XML // 1024**2)
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        message = N_(
            "This XML file begins with a document type of its own. For safety we do not read that; "
            "Mahara does not write it. Make the export anew."
        )
        raise _not("unsafe", message) from error
    except ParseError as error:
        line, column = error.position
        message = N_(
            "The XML breaks off or is damaged at line {line}, character {column}. Make the export anew."
        )
        raise _not("broken", message, line=line, column=column + 1) from error
    except (ValueError, LookupError) as error:  # an encoding that is not known
        message = N_("The XML says that it is written in a way that we do not know. Make the export anew.")
        raise _not("encoding", message) from error


def _entry(number: int, element: Element) -> Entry:
    text, source = _content(element.find(f"{_ATOM}content"))
    summary, _ = _content(element.find(f"{_ATOM}summary"))
    plugin = element.find(f"{_MAHARA}artefactplugin")
    status = _first(element, "status")
    categories, tags = _categories(element)
    title, _ = _content(element.find(f"{_ATOM}title"))
    return Entry(
        number=number,
        id=(element.findtext(f"{_ATOM}id") or "").strip(),
        title=" ".join(title.split()),
        leap=_type(element),
        mahara="" if plugin is None else _attribute(plugin, "type"),
        text=text,
        summary=summary,
        source=source,
        role=plain_line(_text(_first(element, "myrole"))),
        done=status is not None and _attribute(status, "stage") == "completed",
        published=_day(element.findtext(f"{_ATOM}published")) or _day(element.findtext(f"{_ATOM}updated")),
        dates=_dates(element),
        links=tuple(
            Link(_tail(link.get("rel", "")), link.get("href", "").strip())
            for link in element.findall(f"{_ATOM}link")
        ),
        categories=categories,
        tags=tags,
    )


def _type(element: Element) -> str:
    for found in element.findall(f"{_RDF}type"):
        if name := _tail(_attribute(found, "resource")).lower():
            return name
    return ""


def _content(element: Element | None) -> tuple[str, str]:
    """Return what a content or summary says as plain text, and where it is when it is elsewhere."""
    if element is None:
        return "", ""
    form = element.get("type", "text").strip().lower()
    if form == "xhtml":
        return plain_element(element), ""
    if form in ("html", "text/html"):
        return plain_html(element.text or ""), element.get("src", "").strip()
    if form == "text" or form.startswith("text/"):
        return plain_text(element.text or ""), element.get("src", "").strip()
    return "", element.get("src", "").strip()


def _dates(element: Element) -> dict[str, When]:
    """Return the dates by what they are: start, end, target. A label counts where there is no date."""
    found: dict[str, When] = {}
    for namespace in _LEAP:
        for one in element.findall(f"{namespace}date"):
            written = _text(one).strip() or _attribute(one, "label").strip()
            if written:
                found.setdefault(_tail(_attribute(one, "point")) or "on", when(written))
    return found


def _categories(element: Element) -> tuple[dict[str, str], tuple[str, ...]]:
    schemes: dict[str, str] = {}
    tags: list[str] = []
    for category in element.findall(f"{_ATOM}category"):
        term, scheme = category.get("term", "").strip(), category.get("scheme", "").strip()
        if scheme:
            schemes.setdefault(_tail(scheme.rstrip("#/")).lower(), term)
        elif tag := plain_line(category.get("label", "") or term):
            tags.append(tag)
    return schemes, tuple(dict.fromkeys(tags))


def _first(element: Element, name: str) -> Element | None:
    found = (element.find(f"{namespace}{name}") for namespace in _LEAP)
    return next((one for one in found if one is not None), None)


def _text(element: Element | None) -> str:
    return "" if element is None else element.text or ""


def _attribute(element: Element, name: str) -> str:
    """Return an attribute by its name, whatever its namespace: systems differ in whether it has one."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "").strip()


def _tail(name: str) -> str:
    """Return a name without its prefix or the address before it."""
    return name.strip().rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]


def _day(written: str | None) -> date | None:
    found = when(written or "")
    return found.first if found.exact else None
