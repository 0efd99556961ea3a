"""Where somebody who judges or coordinates works and worked, filled in by themself."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from bekwaam.domain.accounts.employers import LONGEST_NAME, MOST_EMPLOYERS, Employer
from bekwaam.domain.faults import Fault
from bekwaam.services.accounts.employers import employers_of, set_employers, works_somewhere
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.web.shared.errors import fill_errors
from bekwaam.wording import N_

_SPARE: Final = 2


class EmployersForm(forms.Form):
    """A list of employers: of each a name, and the year of leaving for what is over."""

    use_required_attribute = False

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(rows):
            self.fields[f"name_{at}"] = forms.CharField(
                label=_("Employer"), required=False, max_length=LONGEST_NAME
            )
            self.fields[f"left_in_{at}"] = forms.IntegerField(
                label=_("Left in"),
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": _("Fill in a year, or leave this open.")},
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields two by two."""
        return [(self[f"name_{at}"], self[f"left_in_{at}"]) for at in range(len(self.fields) // 2)]

    def filled(self) -> dict[int, Employer]:
        """Return what was filled in, by its row; rows left open count for nothing."""
        data, found = self.cleaned_data, {}
        for at in range(len(self.fields) // 2):
            name, left_in = data.get(f"name_{at}", ""), data.get(f"left_in_{at}")
            if name or left_in is not None:
                found[at] = Employer(name, left_in)
        return found


@login_required
def employers(request: HttpRequest) -> HttpResponse:
    """Show one's own list of employers, and replace it by what is sent."""
    person: Any = request.user
    if not works_somewhere(person):
        raise NotFound
    if request.method != "POST":
        known = employers_of(person)
        initial: dict[str, Any] = {}
        for at, one in enumerate(known):
            initial |= {f"name_{at}": one.name, f"left_in_{at}": one.left_in}
        rows = min(MOST_EMPLOYERS, len(known) + _SPARE)
        return _page(request, EmployersForm(initial=initial, rows=rows))
    form = EmployersForm(request.POST, rows=MOST_EMPLOYERS)
    if form.is_valid() and _saved(person, form):
        messages.success(request, now(N_("Your employers are saved.")))
        return redirect("employers")
    return _page(request, form)


def _saved(person: Any, form: EmployersForm) -> bool:
    filled = form.filled()
    try:
        set_employers(person, filled.values())
    except Invalid as error:
        fill_errors(form, Invalid(tuple(_in_its_row(fault, list(filled)) for fault in error.faults)))
        return False
    return True


def _in_its_row(fault: Fault, rows: list[int]) -> Fault:
    """Return a fault of the list under the row of the form that it came from."""
    field, _underscore, at = fault.name.rpartition("_")
    name = f"{field}_{rows[int(at)]}" if field else fault.name
    return Fault(name, fault.reason, fault.message, fault.values)


def _page(request: HttpRequest, form: EmployersForm) -> HttpResponse:
    return render(request, "account/employers.html", {"form": form}, status=422 if form.errors else 200)
