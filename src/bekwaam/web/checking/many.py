"""Checking many certificates at once: a list with numbers is answered at once, a ZIP in the background."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.certificates.batch import MOST, Asked, read_list, report_csv
from bekwaam.services.checking.batches import BatchRead, read_batch
from bekwaam.services.checking.jobs import hand_in_soon
from bekwaam.services.checking.lists import answer_list
from bekwaam.services.errors import Invalid
from bekwaam.services.jobs import workers
from bekwaam.web.checking.address import here
from bekwaam.web.checking.many_forms import ManyForm
from bekwaam.web.checking.many_presenting import files_csv, present_files, present_list
from bekwaam.web.shared.case import language
from bekwaam.web.shared.limits import seconds_to_wait, seconds_to_wait_for_names, too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Take a list or a ZIP."""
    if request.method != "POST":
        return _form_page(request, ManyForm())
    form = ManyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    return _zip(request, form) if form.is_zip else _list(request, form)


def _list(request: HttpRequest, form: ManyForm) -> HttpResponse:
    """Answer a list with numbers, on the page or as a spreadsheet."""
    wait = seconds_to_wait(request, "check_list")  # reading a workbook is work too, whatever comes of it
    if wait:
        return too_often(request, wait)
    found = read_list(form.content, form.name)
    if found.faults:
        for fault in found.faults:
            form.add_error("file", fault.full_text(language()) if fault.cell else fault.text(language()))
        return _form_page(request, form, status=422)
    wait = seconds_to_wait_for_names(request, found.asked)
    if wait:
        return too_often(request, wait)
    return _list_answer(request, found.asked)


def _list_answer(request: HttpRequest, asked: tuple[Asked, ...]) -> HttpResponse:
    answers = answer_list(asked)
    if request.POST.get("as") == "csv":
        return _csv(report_csv(answers, language()))
    return _page(request, "many_list", present_list(answers, language()))


def _zip(request: HttpRequest, form: ManyForm) -> HttpResponse:
    wait = seconds_to_wait(request, "check_zip")
    if wait:
        return too_often(request, wait)
    try:
        secret = hand_in_soon(form.file_content, language())
    except Invalid as error:
        for fault in error.faults:
            form.add_error("file", fault.text(language()))
        return _form_page(request, form, status=422)
    return redirect("checking:batch", secret=secret)


@never_cache
@require_safe
def batch(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how far a batch is and, once it is done, what came of every file."""
    read = read_batch(secret)
    context: dict[str, Any] = {"secret": secret, "read": read}
    if read.finished_at is None:
        return _private(_page(request, "batch_waits", {**context, "nobody_works": not workers().here}))
    if request.htmx:  # the page that waited: it is to be read anew as a whole
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _private(_page(request, "batch", {**context, **present_files(read.answers, language())}))


@never_cache
@require_safe
def batch_report(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out the report of a batch as a spreadsheet."""
    read: BatchRead = read_batch(secret)
    return _private(_csv(files_csv(read.answers, language())))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is the key to the answers, from going along to another page."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _csv(content: bytes) -> HttpResponse:
    name = slugify(_("report certificates"))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _form_page(request: HttpRequest, form: ManyForm, status: int = 200) -> HttpResponse:
    return _page(request, "many", {"form": form, "most": MOST}, status)


def _page(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"checking/{page}.html", {"here": here(), **context}, status=status)
