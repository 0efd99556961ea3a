"""Starting a new assessment on what fell short."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.following import check_reassessment
from bekwaam.services.certificates.reassessing import reassess as start_again
from bekwaam.services.certificates.reassessing import reassessment_facts
from bekwaam.services.errors import Invalid
from bekwaam.web.procedures.course import crumbs
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.errors import fill_errors


class ReassessForm(forms.Form):
    """What is judged anew."""

    use_required_attribute = False

    units = forms.MultipleChoiceField(
        label=gettext_lazy("What is judged again"),
        help_text=gettext_lazy("These fell short. Leave out what the candidate does not want judged again."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )

    def __init__(self, data: object, *, units: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"units": [code for code, _name in units]})  # type: ignore[arg-type]
        self.fields["units"].choices = units  # type: ignore[attr-defined]


@on_procedure(Action.REASSESS)
def reassess(request: HttpRequest, case: Case) -> HttpResponse:
    """Choose what is judged anew, of what fell short, and start; or read why that cannot be done now."""
    facts = reassessment_facts(case.procedure)
    verdict = check_reassessment(facts)
    names = [(code, f"{code} {case.framework.by_code[code].name(language())}") for code in facts.short]
    form = ReassessForm(request.POST if request.method == "POST" else None, units=names)
    if request.method == "POST" and form.is_valid():
        try:
            again = start_again(request.user, case.procedure, form.cleaned_data["units"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            said = {"number": again.number}
            messages.success(
                request, _("Procedure %(number)s has started. The candidate gets a mail.") % said
            )
            return redirect("procedures:procedure", ref=again.ref)
    context = {
        "case": case,
        "form": form,
        "refusal": verdict.text(language()),
        "crumbs": crumbs(case, _("Judge again what fell short")),
    }
    return render(request, "procedures/reassess.html", context, status=422 if form.errors else 200)
