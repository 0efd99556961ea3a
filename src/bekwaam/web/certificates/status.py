"""Whether a certificate still stands: reading it, and suspending, reinstating or revoking it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.certificates.status import (
    Change,
    Status,
    check_change,
    given_faults,
    possible_changes,
)
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.statuses.changing import change_status
from bekwaam.services.statuses.reads import certificate_of, history_of, status_of
from bekwaam.web.certificates.status_forms import ChangeForm
from bekwaam.web.certificates.status_presenting import (
    BY_SLUG,
    WORDS,
    history_lines,
    public_reason,
    standing_line,
    status_crumbs,
    successor_line,
)
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.errors import fill_errors


@never_cache
@require_safe
@on_procedure(Action.SEE_STATUS)
def status(request: HttpRequest, case: Case) -> HttpResponse:
    """Show how the certificate stands, what was done to it, and what can be done."""
    certificate = certificate_of(case.procedure)
    if certificate is None:
        raise NotFound
    read = status_of(certificate)
    changes = possible_changes(read.status) if case.may(Action.CHANGE_STATUS) else ()
    context = {
        "case": case,
        "own": Role.CANDIDATE in case.standing.roles,
        "number": certificate.number,
        "good": read.status is Status.GOOD,
        "revoked": read.status is Status.REVOKED,
        "standing": standing_line(read.status, read.since, read.reason),
        "replaced": successor_line(read),
        "history": history_lines(history_of(certificate)),
        "changes": [WORDS[change] for change in changes],
        "crumbs": status_crumbs(case),
    }
    return render(request, "certificates/status.html", context)


@never_cache
@on_procedure(Action.CHANGE_STATUS)
def change(request: HttpRequest, case: Case, change: str) -> HttpResponse:
    """Suspend, reinstate or revoke: first why, then a look at what will happen, and then it happens.

    What was typed goes along from step to step.
    """
    certificate, chosen = certificate_of(case.procedure), BY_SLUG.get(change)
    if certificate is None or chosen is None:
        raise NotFound
    insist(check_change(chosen, status_of(certificate).status))
    given = {name: request.POST.get(name, "") for name in ("reason", "note")}
    step = request.POST.get("step") or "look" if request.method == "POST" else ""
    if step in ("", "edit"):
        form = ChangeForm(initial=given, change=chosen)
    else:
        form = ChangeForm(given, change=chosen)
        form.errors.clear()
        fill_errors(form, Invalid(given_faults(chosen, **given)))
    if step == "do" and not form.errors:
        person: Any = request.user
        try:
            change_status(person, case.procedure, chosen, **given)
        except Refused as error:  # a colleague was first
            messages.error(request, error.verdict.text(language()))
        else:
            messages.success(request, _(WORDS[chosen].done))
        return redirect("certificates:status", ref=case.procedure.ref)
    context = {
        "case": case,
        "form": form,
        "given": given,
        "number": certificate.number,
        "words": WORDS[chosen],
        "confirming": form.is_bound and not form.errors,
        "everybody": f"{_(WORDS[chosen].everybody)} {_public(given['reason'], form)}".rstrip(),
        "final": chosen is Change.REVOKED,
        "crumbs": status_crumbs(case, _(WORDS[chosen].title)),
    }
    return render(request, "certificates/status_change.html", context, status=422 if form.errors else 200)


def _public(reason: str, form: ChangeForm) -> str:
    known = {value for value, _name in form.fields["reason"].choices}  # type: ignore[attr-defined]
    return public_reason(reason) if reason in known else ""
