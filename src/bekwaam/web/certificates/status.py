"""Whether a certificate still stands."""

from django.http import HttpRequest, HttpResponse

from bekwaam.domain.accounts.access import Action
from bekwaam.web.shared.case import Case, on_procedure


@on_procedure(Action.SEE_STATUS)
def status(request: HttpRequest, case: Case) -> HttpResponse:
    return HttpResponse("")


@on_procedure(Action.SEE_STATUS)
def change(request: HttpRequest, case: Case, change: str) -> HttpResponse:
    return HttpResponse("")
