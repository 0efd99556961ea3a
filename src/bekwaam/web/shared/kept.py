"""Tells the browser which form arrived, so that it drops its own copy then and not a moment sooner.

The script ``autosave.js`` names its copy when a form is sent. A form that was taken in is answered with a
redirect; where one is refused, sent while logged out, or lost to a fault, nothing is told and the copy stays.
The next page loads ``kept.js``, which drops it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

FIELD: Final = "_draft"
COOKIE: Final = "bekwaam_kept"
# What autosave.js names a copy: who was logged in, and where their draft goes.
_NAME: Final = re.compile(r"bekwaam-draft \d{0,19} /[\w/:.%~-]{1,200}", re.ASCII)
_DAYS_30: Final = 30 * 24 * 60 * 60


class KeptMiddleware:
    """Names the form that was taken in, in a cookie for the next page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and tell what came of it."""
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303):
            name = request.POST.get(FIELD, "")
            if _NAME.fullmatch(name) and not response["Location"].startswith(reverse("account_login")):
                secure = settings.SESSION_COOKIE_SECURE
                response.set_cookie(
                    COOKIE, quote(name, safe=""), max_age=_DAYS_30, secure=secure, samesite="Lax"
                )
        return response
