"""The people of a provider and their roles."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import PROVIDER_ROLES, ROLE_NAMES, Action, Role
from bekwaam.services.accounts.people import give_role, register_person, take_role
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.procedures.reads import Member, find_member, members
from bekwaam.web.procedures.forms import RegisterForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

PAGE = 25


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody with the roles they hold, and those they could be given: (code, name) pairs."""

    member: Member
    held: list[tuple[str, str]]
    open: list[tuple[str, str]]


@on_provider(Action.SEE_PEOPLE)
def people(request: HttpRequest, office: Office) -> HttpResponse:
    """Show who works here; register somebody, give a role or take one away."""
    form = RegisterForm()
    if request.method == "POST":
        insist(office.standing.may(Action.REGISTER_PERSON))
        if request.POST.get("do") in ("give", "take"):
            return _change_role(request, office)
        form = RegisterForm(request.POST)
        if form.is_valid() and _register(request, office, form):
            return redirect("procedures:people", ref=office.provider.ref)
    page = Paginator(members(office.provider), PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "page": page,
        "lines": [_line(member) for member in page],
        "form": form,
        "may_change": office.may(Action.REGISTER_PERSON),
        "crumbs": _crumbs(office),
    }
    return render(request, "procedures/people.html", context, status=422 if form.errors else 200)


def _register(request: HttpRequest, office: Office, form: RegisterForm) -> bool:
    given = form.cleaned_data
    try:
        person = register_person(
            request.user,
            office.provider,
            given["email"],
            given["name"],
            form.chosen(),
        )
    except Invalid as error:
        fill_errors(form, error)
        return False
    messages.success(request, _("%(name)s has been registered.") % {"name": person.name})
    return True


def _change_role(request: HttpRequest, office: Office) -> HttpResponse:
    person = find_member(office.provider, request.POST.get("person", ""))
    if person is None or request.POST.get("role") not in set(Role):
        raise NotFound
    role = Role(request.POST["role"])
    said = {"name": person.name, "role": _(ROLE_NAMES[role]).lower()}
    try:
        if request.POST["do"] == "give":
            give_role(request.user, office.provider, person, role)
            messages.success(request, _("%(name)s is now %(role)s.") % said)
        else:
            take_role(request.user, office.provider, person, role)
            messages.success(request, _("%(name)s is no longer %(role)s.") % said)
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    if not office.may(Action.REGISTER_PERSON) or (person == request.user and role is Role.COORDINATOR):
        return redirect("home")
    return redirect("procedures:people", ref=office.provider.ref)


def _line(member: Member) -> MemberLine:
    return MemberLine(
        member=member,
        held=[(role.value, _(ROLE_NAMES[role])) for role in member.roles],
        open=[(role.value, _(ROLE_NAMES[role])) for role in PROVIDER_ROLES if role not in member.roles],
    )


def _crumbs(office: Office) -> list[Crumb]:
    sees = office.may(Action.SEE_OVERVIEW)
    back = reverse("procedures:overview", args=[office.provider.ref]) if sees else reverse("home")
    return [Crumb(office.provider.name, back), Crumb(_("People and roles"))]
