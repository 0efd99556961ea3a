"""How accounts come about: by invitation of a provider, or our own way of asking for one."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bekwaam.services.accounts.passwords import send_new_password


class AccountAdapter(DefaultAccountAdapter):
    """Closes the library's sign-up, says what is wrong in our own words; all else is the library's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your provider."),
        "email_password_mismatch": _("This e-mail address and password do not belong together. Try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or too old. Take the newest one."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link is too old or was used before. Ask for a new one."),
        "rate_limited": _("That was very often in a short time. Wait a moment and try again."),
        "too_many_login_attempts": _("That went wrong too often. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: people get an account from a provider, or through :mod:`.registering`."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail with which somebody chooses a new password, by the way that all our mail goes."""
        if template_prefix == "account/email/password_reset_key":
            send_new_password(context["user"], context["password_reset_url"])
        else:  # there is no other with our settings
            super().send_mail(template_prefix, email, context)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Bring back the language that somebody chose before, on a browser that does not know them."""
        response: HttpResponse = super().post_login(request, user, **details)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
