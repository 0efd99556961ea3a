"""Bringing in what was taken along: choosing the file, looking at what comes in, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.domain.takeout.archive import FIELD, MAX_PACKAGE
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.own import portfolios
from bekwaam.services.portfolio.resuming import forget_upload, keep_package, whole
from bekwaam.services.takeout.bringing import bring_in as bring_all_in
from bekwaam.services.takeout.bringing import preview
from bekwaam.services.takeout.reads import Brought, brought_in, carried_file, read_brought
from bekwaam.web.portfolio.overview import Link
from bekwaam.web.portfolio.takeout.naming import Names, names_of
from bekwaam.web.portfolio.takeout.overviews import growth_view
from bekwaam.web.portfolio.takeout.pages import entry_view
from bekwaam.web.portfolio.takeout.plans import known, plan_goal
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.sending import locked_up, send

_MB = 1024 * 1024


class PackageForm(forms.Form):
    """The file; or the reference of one that came in piece by piece."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("The ZIP file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "empty": gettext_lazy("This file is empty. Choose the ZIP file that you took along.")
        },
    )
    upload = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a file where there is none, and for less of it where it came in one go."""
        data: dict[str, Any] = super().clean() or {}
        file = data.get("file")
        if not file and not data.get("upload") and not self.errors:
            self.add_error("file", _("Choose a file."))
        elif file and file.size > MAX_BYTES:
            text = _("In one go a file can be %(limit)s MB. Switch JavaScript on to bring in a larger one.")
            self.add_error("file", text % {"limit": MAX_BYTES // _MB})
        return data


def _crumbs(here: str = "") -> list[Crumb]:
    bring = _("Bring in a portfolio")
    return [
        Crumb(_("My work"), reverse("home")),
        Crumb(_("My portfolio"), reverse("portfolio:portfolios")),
        *([Crumb(bring, reverse("portfolio:bring_in")), Crumb(here)] if here else [Crumb(bring)]),
    ]


def elsewhere() -> list[Link]:
    """Return the pages for portfolios of other programs."""
    return [Link(reverse("portfolio:from_mahara"), _("From Mahara"))]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Show the form; take the file that was sent, and go on to look at what is in it."""
    person: Any = request.user
    sent = request.method == "POST"
    form = PackageForm(data=request.POST, files=request.FILES) if sent else PackageForm()
    if sent and form.is_valid():
        try:
            ref = form.cleaned_data["upload"]
            if form.cleaned_data["file"]:
                ref = keep_package(person, form.cleaned_data["file"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            return redirect("portfolio:bring_in_look", ref)
    context = {
        "form": form,
        "limit": MAX_PACKAGE // _MB,
        "brought": brought_in(person),
        "elsewhere": elsewhere(),
        "crumbs": _crumbs(),
    }
    return render(request, "portfolio/bring_in.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what a package would bring in, or what is wrong with it; bring it in when that is asked.

    At most twelve queries to look. What is wrong is thrown away: it never comes in.
    """
    person: Any = request.user
    if request.method == "POST" and "discard" in request.POST:
        forget_upload(person, ref)
        messages.info(request, _("Nothing was brought in."))
        return redirect("portfolio:bring_in")
    found = whole(person, ref)
    if found is None:
        messages.error(request, _("This file is not here any more. Choose it again."))
        return redirect("portfolio:bring_in")
    found.file.close()
    try:
        if request.method == "POST":
            return _bring(request, person, ref)
        context = {"preview": preview(person, ref)}
    except Invalid as error:
        forget_upload(person, ref)
        context = {"faults": [told(fault) for fault in error.faults], "crumbs": _crumbs(_("What comes in"))}
        return render(request, "portfolio/bring_in_faults.html", context, status=422)
    plan = context["preview"].plan
    return render(
        request,
        "portfolio/bring_in_look.html",
        {
            **context,
            "plan": plan,
            "left_out": [(title, fault.text(language())) for title, fault in plan.left_out],
            "file_faults": [fault.text(language()) for fault in plan.file_faults],
            "unknown": [_framework(one) for one in plan.unknown],
            "differing": [_framework(one) for one in plan.differing],
            "crumbs": _crumbs(_("What comes in")),
        },
    )


def _framework(listed: dict[str, Any]) -> str:
    return f"{listed['title'][language()]} ({listed['version']})"


def told(fault: Fault) -> str:
    """Return what is wrong, with the place where its sentence does not tell it."""
    text = fault.text(get_language() or "nl")
    return text if fault.name == FIELD else f"{fault.name}: {text}"


def _bring(request: HttpRequest, person: Any, ref: str) -> HttpResponse:
    done = bring_all_in(person, ref)
    if done is None:
        messages.info(request, _("Everything in this file was here already. Nothing was added."))
        return redirect("portfolio:portfolios")
    messages.success(request, _("Your portfolio is brought in."))
    return redirect("portfolio:brought", done.ref)


@login_required
@require_safe
def brought(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what came of a package, and what others said in it. At most eleven queries."""
    person: Any = request.user
    found = read_brought(person, ref)
    names = _names(found)
    rounds: dict[str, list[Any]] = {}
    for one in found.rounds:
        rounds.setdefault(names.title(one["framework"]), []).append(one)
    mine = portfolios(person)
    at = mine[0].ref if mine else ""
    context = {
        "found": found,
        "told": found.told,
        "pieces": [
            (title, reverse("portfolio:own_evidence", args=[at, piece]) if at else "")
            for piece, title in found.pieces
        ],
        "goals": [plan_goal(names, one) for one in found.goals],
        "knowledge": [known(names, one) for one in found.knowledge],
        "rounds": [growth_view(names, "", several) for several in rounds.values()],
        "entries": [entry_view(names, one, number) for number, one in enumerate(found.entries, start=1)],
        "up": reverse("portfolio:brought_file", args=[ref, "x"]).removesuffix("x"),
        "crumbs": _crumbs(_("What came in")),
    }
    return render(request, "portfolio/brought.html", context)


def _names(found: Brought) -> Names:
    """Return the names of what was carried along: of here, or as the package told them."""
    listed = [
        {
            "identifier": key.identifier,
            "version": key.version,
            "title": {"nl": framework.title.nl, "en": framework.title.en},
        }
        for key, framework in found.known.items()
    ]
    return names_of({"frameworks": [*found.titles, *listed]}, found.known, language())


@login_required
@require_safe
@locked_up
def brought_file(request: HttpRequest, ref: str, path: str) -> HttpResponse:
    """Send a file that was carried along: in the browser what it shows safely, the rest to be saved."""
    file = carried_file(request.user, ref, path)  # type: ignore[arg-type]
    return send(request, file.content, file.name, file.media_type)  # type: ignore[return-value]
