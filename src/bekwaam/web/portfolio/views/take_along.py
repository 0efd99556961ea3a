"""Taking everything along: what it is, about how big, and the file itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.services.takeout.gathering import estimate
from bekwaam.services.takeout.gathering import take_along as gather_all
from bekwaam.services.takeout.zipping import zipped
from bekwaam.web.portfolio.takeout.pages import pages
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_along(request: HttpRequest) -> HttpResponseBase:
    """Show what would go along; send it when it is asked for, made while it goes."""
    if request.method == "POST":
        return _sent(request)
    return _shown(request)


def _shown(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    context = {
        "estimate": estimate(person),
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(_("My portfolio"), reverse("portfolio:portfolios")),
            Crumb(_("Take everything along")),
        ],
    }
    return render(request, "portfolio/take_along.html", context)


def _sent(request: HttpRequest) -> StreamingHttpResponse:
    person: Any = request.user
    package = gather_all(person, language())
    at = datetime.fromisoformat(package.document["made_at"])
    name = f"portfolio-{slugify(person.name) or 'bekwaam'}-{localdate(at).isoformat()}.zip"
    response = StreamingHttpResponse(
        zipped(pages(package, language()), package.files, at), content_type="application/zip"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
