"""Bringing in a portfolio from Mahara, or from another system that writes Leap2A: sent, looked at, chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.kinds import KINDS, FieldForm
from bekwaam.domain.portfolio.leap2a.finds import Find, Left
from bekwaam.services.accounts.standing import find_portfolio
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.bringing_in import bring_in
from bekwaam.services.portfolio.coming_over import Coming, Looked, There, keep_export, look
from bekwaam.services.portfolio.own import portfolios
from bekwaam.services.portfolio.resuming import forget_upload
from bekwaam.web.portfolio.presenting import translated
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors

SHOWN: Final = 50
SNIPPET: Final = 140


class ExportForm(forms.Form):
    """An export to bring in."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Your export"),
        help_text=gettext_lazy("The ZIP as Mahara gave it, or only leap2a.xml; 100 MB at most."),
        allow_empty_file=True,  # ours is the sentence about an empty file
        widget=forms.FileInput(attrs={"accept": ".zip,.xml,application/zip,text/xml"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A piece that can come along, as it stands in the list."""

    key: str
    icon: str
    kind: str
    title: str
    dated_on: date | None
    file: str
    size: int
    snippet: str
    ticked: bool
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """A piece that is in the portfolio, with where it is and what is still to be filled in."""

    url: str
    icon: str
    kind: str
    title: str
    lacks: tuple[str, ...]


@login_required
def from_mahara(request: HttpRequest) -> HttpResponse:
    """Ask for an export, with how to get one; look at it when it is sent.

    Whoever has no portfolio yet is shown the way to one first: a choice that nobody else can make.
    """
    person: Any = request.user
    has_portfolio = bool(portfolios(person))
    sent = request.method == "POST" and has_portfolio
    form = ExportForm(request.POST, request.FILES) if sent else ExportForm()
    if sent and form.is_valid():
        try:
            return redirect(
                "portfolio:mahara_found", keep_export(person, form.cleaned_data["file"], language())
            )
        except Invalid as error:
            fill_errors(form, error)
    context = {"form": form, "has_portfolio": has_portfolio, "crumbs": _crumbs(_("From Mahara"))}
    return render(request, "portfolio/mahara.html", context, status=422 if form.errors else 200)


@login_required
def mahara_found(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is in an export that was sent, what is in the portfolio already, and what stays behind."""
    person: Any = request.user
    home = next(iter(portfolios(person)), None)
    if home is None:
        return redirect("portfolio:from_mahara")
    if request.method == "POST" and "forget" in request.POST:
        forget_upload(person, ref)
        messages.success(request, _("The export is thrown away. What you brought in stays."))
        return redirect("portfolio:own_dossier", home.ref)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        place, _standing = find_portfolio(person, home.ref)
        try:
            number = bring_in(person, place, ref, request.POST.getlist("pieces"), language())
        except Invalid as error:
            faults = error.faults
        else:
            messages.success(request, _brought(number))
            return redirect("portfolio:mahara_found", ref)
    looked = look(person, ref, language())
    ticked = set(request.POST.getlist("pieces")) if faults else None
    context = {
        "looked": looked,
        "rows": [_row(one, ticked, faults) for one in looked.coming],
        "faults": [(fault.name, fault.text(language())) for fault in faults],
        "brought": [_there(one, home.ref) for one in looked.there[:SHOWN]],
        "brought_more": max(0, len(looked.there) - SHOWN),
        "left": _left(looked),
        "home_url": reverse("portfolio:own_dossier", args=[home.ref]),
        "crumbs": _crumbs(looked.name, above=True),
    }
    return render(request, "portfolio/mahara_found.html", context, status=422 if faults else 200)


def _crumbs(here: str, *, above: bool = False) -> list[Crumb]:
    way = [Crumb(_("My work"), reverse("home")), Crumb(_("My portfolio"), reverse("portfolio:portfolios"))]
    if above:
        way.append(Crumb(_("From Mahara"), reverse("portfolio:from_mahara")))
    return [*way, Crumb(here)]


def _brought(number: int) -> str:
    if not number:
        return _("Everything that you chose was in your portfolio already.")
    text = ngettext(
        "%(number)s piece came into your portfolio.", "%(number)s pieces came into your portfolio.", number
    )
    return text % {"number": number}


def _row(one: Coming, ticked: set[str] | None, faults: Iterable[Fault]) -> Row:
    find = one.find
    return Row(
        key=find.key,
        icon=KINDS[find.kind].icon,
        kind=translated(KINDS[find.kind].name),
        title=find.title,
        dated_on=find.dated_on,
        file=find.file.name if find.file and find.file.name != find.title else "",
        size=one.size,
        snippet=_snippet(find),
        ticked=ticked is None or find.key in ticked,
        errors=tuple(fault.text(language()) for fault in faults if fault.name == find.key),
    )


def _snippet(find: Find) -> str:
    """Return the beginning of its longest text, so that one knows which it is."""
    long = {field.name for field in KINDS[find.kind].fields if field.form is FieldForm.LONG}
    texts = [text for name, text in find.texts.items() if name in long]
    text = " ".join(max(texts, key=len, default="").split())
    return text if len(text) <= SNIPPET else text[:SNIPPET].rsplit(" ", 1)[0] + " …"


def _there(one: There, home: str) -> Brought:
    spec = KINDS[one.find.kind]
    url = reverse("portfolio:own_evidence", args=[home, one.ref])
    lacks = tuple(translated(part).lower() for part in one.lacks)
    return Brought(url, spec.icon, translated(spec.name), one.title, lacks)


def _left(looked: Looked) -> list[tuple[str, list[str], int]]:
    """Return what stays behind by the reason why: the reason, the first names, and how many more."""
    by_reason: dict[str, list[Left]] = {}
    for one in looked.left:
        by_reason.setdefault(one.text(language()), []).append(one)
    return [
        (reason, [one.title for one in found[:SHOWN]], max(0, len(found) - SHOWN))
        for reason, found in by_reason.items()
    ]
