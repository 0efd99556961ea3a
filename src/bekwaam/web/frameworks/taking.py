"""Taking a published version along, in the format of another program. Open to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.frameworks.exchange.case.writer import document_identifier
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.reads import opened, versions_of
from bekwaam.services.frameworks.taking import taken_along
from bekwaam.web.shared.case import language


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a version along: what it is called, what for, and where it is."""

    name: str
    use: str
    url: str


@require_safe
def take_along(request: HttpRequest, identifier: str, version: str, form: str) -> HttpResponse:
    """Send a version in a format. One query, one more where this process has not read it yet."""
    head, others = versions_of(identifier, version)
    taken = taken_along(opened(head, others), form, language(), settings.BASE_URL.rstrip("/"))
    tag = f'"{taken.sha256}"'
    response = get_conditional_response(request, etag=tag) or HttpResponse(
        taken.data,
        content_type=taken.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{taken.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
    response.headers["ETag"] = tag
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def ways(framework: Framework) -> list[Way]:
    """Return how a version can be taken along."""
    offered = (
        ("xlsx", _("Spreadsheet"), _("for Excel and LibreOffice; can be loaded here again")),
        ("case", "CASE", _("the exchange format of 1EdTech for competence frameworks")),
        ("skos", "SKOS", _("linked data, as Turtle")),
        ("moodle-csv", "Moodle", _("a competency framework for Moodle, as CSV")),
        ("mahara", "Mahara", _("for SmartEvidence in Mahara")),
        ("json", "JSON", _("everything, in the form in which Bekwaam keeps it")),
    )
    place = [framework.id, framework.version]
    return [
        Way(name, use, reverse("frameworks:take_along", args=[*place, form])) for form, name, use in offered
    ]


def case_address(framework: Framework) -> str:
    """Return the address at which other programs fetch a version by CASE."""
    path = f"/ims/case/v1p1/CFPackages/{document_identifier(framework)}"
    return f"{settings.BASE_URL.rstrip('/')}{path}"
