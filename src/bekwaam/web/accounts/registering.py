"""Getting an account by oneself, where that is allowed: ask, follow the link, choose a password."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bekwaam.services.accounts.registering import ask_for_account, confirm_account, find_registration
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.web.accounts.forms import FirstPasswordForm, RegisterForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.errors import fill_errors


def _insist_open() -> None:
    if not settings.OPEN_REGISTRATION:
        raise Http404


def register(request: HttpRequest) -> HttpResponse:
    """Ask who wants an account; the answer is the same whether they have one already or not."""
    _insist_open()
    if request.user.is_authenticated:
        return redirect("portfolio:portfolios")
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        return redirect("account_register_sent")
    return render(request, "account/register.html", {"form": form}, status=422 if form.errors else 200)


def _ask(request: HttpRequest, form: RegisterForm) -> bool:
    data = form.cleaned_data
    if not ratelimit.consume(request, action="reset_password", key=data["email"].lower()):
        form.add_error(None, _("That was very often in a short time. Wait a moment and try again."))
        return False
    try:
        ask_for_account(data["email"], data["name"], language())
    except Invalid as error:
        fill_errors(form, error)
        return False
    return True


def register_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    _insist_open()
    return render(request, "account/register_sent.html")


@never_cache
def register_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let who has the link choose a password; then they are in, and at their portfolio."""
    _insist_open()
    try:
        asked = find_registration(token)
    except NotFound:
        return render(request, "account/register_too_late.html", status=404)
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = confirm_account(token, form.cleaned_data["password1"])
        except NotFound:
            return render(request, "account/register_too_late.html", status=404)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("Welcome, %(name)s. Your account is ready.") % {"name": person.name})
            return redirect("portfolio:portfolios")
    context = {"form": form, "name": asked.name, "email": asked.email}
    return render(request, "account/register_confirm.html", context, status=422 if form.errors else 200)
