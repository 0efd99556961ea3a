"""The page where anybody drops a certificate, and what came of it. The file is looked at and let go."""

from __future__ import annotations

from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.certificates.handed import MOST_BYTES
from bekwaam.services.checking.files import check_file
from bekwaam.services.checking.names import hashed_names, is_named
from bekwaam.web.checking.address import here
from bekwaam.web.checking.forms import CheckForm, NameForm, NumberForm
from bekwaam.web.checking.presenting import present
from bekwaam.web.shared.case import language
from bekwaam.web.shared.limits import seconds_to_wait, too_often
from bekwaam.web.shared.uploads import never_on_disk

NAMES_SALT: Final = "checking-names"
NAMES_SECONDS: Final = 30 * 60


@require_safe
def to_page(request: HttpRequest) -> HttpResponse:
    """Lead from the short address to the page."""
    return redirect("checking:check")


@never_on_disk(MOST_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file, a text or a number, and say what is true of it."""
    if request.method != "POST":
        return _ask(request)
    wait = seconds_to_wait(request, "check_file")
    if wait:
        return too_often(request, wait)
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, NumberForm(), status=422)
    if form.number:
        return redirect("checking:number", number=form.number)
    answer = check_file(form.content, form.proof)
    names = hashed_names(answer.verification.credential) if answer.signed else ()
    context = {
        **present(answer, language()),
        "names": signing.dumps(names, salt=NAMES_SALT, compress=True) if names else "",
        "name_form": NameForm(),
    }
    return _page(request, "answer", context)


def _ask(request: HttpRequest) -> HttpResponse:
    """Show the form; a number that was typed leads on to what is known of it."""
    if "number" not in request.GET:
        return _form_page(request, CheckForm(), NumberForm())
    form = NumberForm(request.GET)
    if form.is_valid():
        return redirect("checking:number", number=form.cleaned_data["number"])
    return _form_page(request, CheckForm(), form, status=422)


@never_cache
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Say whether the certificate that was just checked is of somebody. What is compared came along, signed
    by us: hashes of the name, of which nothing was kept.
    """
    given = request.POST.get("names", "")
    wait = seconds_to_wait(request, "check_name", given) or seconds_to_wait(request, "check_names")
    if wait:
        return too_often(request, wait)
    try:
        names = signing.loads(given, salt=NAMES_SALT, max_age=NAMES_SECONDS)
    except signing.BadSignature:  # too old, or not of ours: the file has to be checked again
        return redirect("checking:check")
    form = NameForm(request.POST)
    context: dict[str, Any] = {"names": given, "name_form": form}
    if form.is_valid():
        asked = form.cleaned_data["name"]
        context |= {"asked": asked, "same": is_named(names, asked)}
    return _page(request, "name", context, status=422 if form.errors else 200)


def _form_page(request: HttpRequest, form: CheckForm, number: NumberForm, status: int = 200) -> HttpResponse:
    return _page(request, "check", {"form": form, "number_form": number}, status=status)


def _page(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shared = {"here": here()}
    return render(request, f"checking/{page}.html", {**shared, **context}, status=status)
