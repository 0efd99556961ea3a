"""Function profiles of an organisation, made and changed on the screen by whoever may load them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.profile_editing import edited
from bekwaam.domain.growth.profile_words import explain_change
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.frameworks.model import Framework
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import Overtaken
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.catalogue_files import units_of
from bekwaam.services.growth.catalogues import CatalogueKind
from bekwaam.services.growth.own_profiles import newer_version, profiles_at, remove_profile, save_profile
from bekwaam.web.growth.own_profile_form import ProfileForm, asked_so_far, initial_of
from bekwaam.web.growth.own_profile_start import EMPTY, begun_as, starts
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

PAGE: Final = 50


class Desk:
    """The profiles of one provider on one version, as the views of this room get them."""

    def __init__(self, office: Office, identifier: str, version: str) -> None:
        self.office, self.provider = office, office.provider
        self.row: Any = find_version(identifier, version)
        self.framework: Framework = framework_of(self.row)
        if not units_of(CatalogueKind.PROFILES, self.framework):
            raise NotFound

    def url(self, page: str, *rest: str) -> str:
        """Return the address of a page on this version."""
        at = [self.provider.ref, self.row.identifier, self.row.version, *rest]
        return reverse(f"growth:own_profile{page}", args=at)

    def key(self, code: str) -> str:
        """Return the key under which a form keeps what is typed."""
        return f"functie:{self.provider.ref}:{self.row.pk}:{code.replace('/', ':')}"[:120]

    def crumbs(self, *labels: str) -> list[Crumb]:
        """Return the way back."""
        provider = self.provider
        way = [
            Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])),
            Crumb(_("Function profiles of your own"), reverse("growth:own_profiles", args=[provider.ref])),
        ]
        here = Crumb(
            f"{self.framework.title[language()]} {self.row.version}", self.url("s_list") if labels else ""
        )
        return [*way, here, *(Crumb(label) for label in labels)]


@require_safe
@on_provider(Action.LOAD_CATALOGUE)
def own_list(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """List the profiles on a version, with the way to make, change and take one out. Three queries."""
    desk = Desk(office, identifier, version)
    page = Paginator(profiles_at(desk.provider, desk.row), PAGE).get_page(request.GET.get("page"))
    context = {
        "desk_framework": desk.framework.title[language()],
        "version": version,
        "newer": newer_version(desk.row),
        "page": page,
        "rows": [_row(desk, one) for one in page],
        "new_url": desk.url("_new"),
        "load_url": desk.url("s_on"),
        "crumbs": desk.crumbs(),
    }
    return render(request, "growth/own_profiles.html", context)


def _row(desk: Desk, profile: FunctionProfile) -> dict[str, Any]:
    return {
        "profile": profile,
        "name": profile.name[language()],
        "text": profile.text[language()] if profile.text != profile.name else "",
        "book_url": profile.function_book_url if link_host(profile.function_book_url) else "",
        "changed_on": date.fromisoformat(profile.changed_on) if profile.changed_on else None,
        "taken_over": sum(one.copied for one in profile.demands),
        "view_url": f"{reverse('growth:profile', args=['eigen', profile.code])}?kader={profile.framework}",
        "change_url": desk.url("_change", profile.code),
        "remove_url": desk.url("_remove", profile.code),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def new(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Choose what to begin with; then write a profile, empty or as the copy that the address names."""
    desk = Desk(office, identifier, version)
    start = request.GET.get("van", "")
    begun = begun_as(desk.provider, desk.row, desk.framework, start)
    if begun is None:
        context = {
            "groups": starts(desk.provider, desk.row),
            "empty": EMPTY,
            "back": desk.url("s_list"),
            "crumbs": desk.crumbs(_("New profile")),
        }
        return render(request, "growth/own_profile_start.html", context)
    form = _form(request, desk, begun.profile, desk.key(f"nieuw:{start}"))
    if request.method == "POST" and form.is_valid():
        try:
            made = save_profile(
                request.user,  # type: ignore[arg-type]
                desk.provider,
                desk.row,
                form.given(),
                begun=begun.profile,
            )
        except Invalid as error:
            fill_errors(form, error)
        else:
            return _saved(request, desk, desk.key(f"nieuw:{start}"), made)
    return _editor(request, desk, form, _("New profile"), desk.key(f"nieuw:{start}"), {"lost": begun.lost})


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def change(request: HttpRequest, office: Office, identifier: str, version: str, code: str) -> HttpResponse:
    """Change a profile. What a colleague made of it meanwhile is shown, and not overwritten unseen."""
    desk = Desk(office, identifier, version)
    found = _by_code(desk, code)
    key = desk.key(code)
    if found is None and request.method != "POST":
        raise NotFound
    form = _form(request, desk, found, key)
    extra: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            made = save_profile(
                request.user,  # type: ignore[arg-type]
                desk.provider,
                desk.row,
                form.given(),
                code=code,
                seen=seen,
            )
        except Invalid as error:
            fill_errors(form, error)
        except Overtaken:
            extra = _overtaken(desk, form, code)
        except NotFound:
            form.add_error(None, _("A colleague took this profile out. Save it to make it a new one."))
            extra = {"action": f"{desk.url('_new')}?van={EMPTY}"}
        else:
            return _saved(request, desk, key, made)
    name = found.name[language()] if found else form["name_nl"].value() or ""
    return _editor(request, desk, form, name, key, extra)


def _by_code(desk: Desk, code: str) -> FunctionProfile | None:
    return next((one for one in profiles_at(desk.provider, desk.row) if one.code == code), None)


def _form(request: HttpRequest, desk: Desk, before: FunctionProfile | None, key: str) -> ProfileForm:
    """Return the form as it was sent, as it was being typed, or as the profile stands."""
    if request.method == "POST":
        return ProfileForm(desk.framework, before, data=request.POST)
    initial = {**initial_of(before), "seen": profile_hash(before) if before and before.code else ""}
    kept = draft_data(request, key)
    if kept is not None:
        initial = {**initial, **kept.dict(), "accents": "accents" in kept}
    return ProfileForm(desk.framework, before, initial=initial)


def _overtaken(desk: Desk, form: ProfileForm, code: str) -> dict[str, Any]:
    """Say that a colleague was first, and what saving once more would change of what they made of it."""
    now = _by_code(desk, code)
    if now is None:
        raise NotFound
    mine = edited(desk.framework, now, form.given(), desk.provider.name, code)
    form.data = form.data.copy()
    form.data["seen"] = profile_hash(now)
    form.add_error(None, _("A colleague changed this while you were writing. Nothing is lost: choose."))
    return {"overtaken": explain_change(desk.framework, now, mine, language())}


def _saved(request: HttpRequest, desk: Desk, key: str, made: FunctionProfile) -> HttpResponse:
    drop_draft(request.user, key)  # type: ignore[arg-type]
    told = _("“%(name)s” is saved. Your people can put themselves next to it.")
    messages.success(request, told % {"name": made.name[language()]})
    return redirect(desk.url("s_list"))


def _editor(
    request: HttpRequest, desk: Desk, form: ProfileForm, title: str, key: str, extra: Mapping[str, Any]
) -> HttpResponse:
    before = form.before
    values = {name: form[name].value() for name in form.fields}
    context = {
        "title": title,
        "framework": f"{desk.framework.title[language()]} {desk.row.version}",
        "form": form,
        "groups": form.groups(),
        "options": form.options,
        "so_far": asked_so_far(desk.framework, values),
        "accents": "accents" in form.fields,
        "taken_over": before is not None and any(one.copied for one in before.demands),
        "draft_key": key,
        "wheel_url": desk.url("_wheel"),
        "back": desk.url("s_list"),
        "crumbs": desk.crumbs(title),
        "overtaken": None,
        **extra,
    }
    status = 409 if "overtaken" in extra or "action" in extra else 422 if form.errors else 200
    return render(request, "growth/own_profile.html", context, status=status)


@require_POST
@on_provider(Action.LOAD_CATALOGUE)
def wheel(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Return what is asked so far by a form that is being filled in; nothing is kept."""
    desk = Desk(office, identifier, version)
    context = {"so_far": asked_so_far(desk.framework, request.POST.dict()), "live": True}
    return render(request, "growth/_asked_so_far.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def remove(request: HttpRequest, office: Office, identifier: str, version: str, code: str) -> HttpResponse:
    """Take a profile out, after asking."""
    desk = Desk(office, identifier, version)
    found = _by_code(desk, code)
    if found is None:
        raise NotFound
    overtaken = False
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            remove_profile(request.user, desk.provider, desk.row, code, seen)  # type: ignore[arg-type]
        except Overtaken:
            overtaken = True
        else:
            drop_draft(request.user, desk.key(code))  # type: ignore[arg-type]
            messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name[language()]})
            return redirect(desk.url("s_list"))
    context = {
        "profile": found,
        "name": found.name[language()],
        "seen": profile_hash(found),
        "overtaken": overtaken,
        "back": desk.url("s_list"),
        "crumbs": desk.crumbs(_("Take out")),
    }
    return render(request, "growth/own_profile_remove.html", context, status=409 if overtaken else 200)
