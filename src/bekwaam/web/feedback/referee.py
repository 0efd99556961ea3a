"""The page of a referee: behind a personal link, without an account, made for a phone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.feedback.asking import RequestKind, RequestState, may_answer
from bekwaam.services import ports
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.feedback.answering import (
    Asked,
    answer,
    asked,
    closed_for_good,
    file_behind,
    note_opened,
)
from bekwaam.services.feedback.told import told
from bekwaam.web.feedback.forms import AnswerForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.sending import locked_up, send, shown_as


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def referee(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, and keep the answer. Opening the link uses nothing up; answering does."""
    try:
        found = asked(token)
    except NotFound:
        if closed_for_good(token):
            return _asker_gone(request)
        raise
    with translation.override(_language(request, found)):
        if not may_answer(found.state):
            return _closed(request, found)
        if found.request.kind == RequestKind.CONFIRM and found.evidence is None:
            return _gone(request, found)
        if request.method == "GET":
            note_opened(found)
        return _open(request, found, token)


def _language(request: HttpRequest, found: Asked) -> str:
    """Return the language that the asker chose, unless the referee chose one on this device."""
    return language() if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else found.request.language


def _open(request: HttpRequest, found: Asked, token: str) -> HttpResponse:
    kind = RequestKind(found.request.kind)
    initial = {"name": found.request.name, "seen": found.seen_sha256}
    form = AnswerForm(kind, found.framework, found.request.codes, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer(token, form.given())
        except Invalid as error:
            fill_errors(form, error)
        except Refused:  # somebody was faster with the same link
            return _closed(request, asked(token))
        else:
            return _page(request, found, "thanks.html")
    context = {
        "form": form,
        "token": token,
        "confirming": kind is RequestKind.CONFIRM,
        "told": told(found.evidence, language()) if found.evidence else None,
        "show": shown_as(file.media_type) if found.evidence and (file := found.evidence.file) else "",
        "standard": found.framework.title[language()] if found.framework else "",
    }
    return _page(request, found, "referee.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, found: Asked) -> HttpResponse:
    reason = may_answer(found.state).text(language())
    status = 200 if found.state is RequestState.ANSWERED else 410
    return _page(request, found, "closed.html", {"reason": reason}, status=status)


def _gone(request: HttpRequest, found: Asked) -> HttpResponse:
    reason = _("The piece that this was about is no longer there. You need not do anything.")
    return _page(request, found, "closed.html", {"reason": reason}, status=410)


def _asker_gone(request: HttpRequest) -> HttpResponse:
    reason = _("Who asked you this has left Bekwaam and had everything erased. You need not do anything.")
    return _private(render(request, "feedback/closed.html", {"reason": reason}, status=410))


def _page(
    request: HttpRequest, found: Asked, name: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    shared = {"asker": found.asker, "asked_of": found.request.name, "message": found.request.message}
    return _private(render(request, f"feedback/{name}", {**shared, **(context or {})}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    # The address is the key: it must not travel to other sites, nor end up in a search engine. Not
    # "no-referrer": a browser then hides from us too where a form comes from, and the answer is refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@locked_up
def file(request: HttpRequest, token: str) -> HttpResponse:
    """Send the file of the piece, for as long as the link can be answered."""
    found = file_behind(token)
    try:
        content = ports.files().open(found.key)
    except FileNotFoundError as error:
        raise NotFound from error
    return _private(send(request, content, found.name, found.media_type))
