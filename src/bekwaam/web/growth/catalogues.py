"""What an organisation keeps lists of: in use, a template, loading, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.ways import WAYS
from bekwaam.domain.interventions.entries import KNOWN_NAMES
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of, frameworks_of
from bekwaam.services.growth.catalogue_files import MAX_FILE, look_through, template, units_of
from bekwaam.services.growth.catalogues import (
    CatalogueKind,
    InUse,
    in_use,
    load_catalogue,
    withdraw_catalogue,
)
from bekwaam.services.growth.intervention_lists import continuum
from bekwaam.services.growth.reads import choices
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.wording import N_

PAGE: Final = 50
_P: Final = CatalogueKind.PROGRAMME
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of catalogue is spoken of (msgids), and what its addresses and files are called.

    ``by_hand`` is the room with the pages on which one entry is put in and changed, where there are such.
    ``first`` is the page of a version that one comes to: where a file is loaded, or where the list stands.
    """

    name: str
    lead: str
    loaded: str
    withdrawn: str
    after: str
    address: str
    file: str
    by_hand: str = ""
    first: str = "on"


WORDS: Final[Mapping[CatalogueKind, Words]] = {
    CatalogueKind.OFFERS: Words(
        name=N_("Learning offers"),
        lead=N_(
            "What your organisation offers to learn, tied to competences and stages. Your people and "
            "candidates see it beside a goal that it fits."
        ),
        loaded=N_("The learning offers are loaded."),
        withdrawn=N_("The learning offers are withdrawn."),
        after=N_("Nobody sees them any more. What people put in their plan stays."),
        address="offers",
        file="leeraanbod",
    ),
    CatalogueKind.PROFILES: Words(
        name=N_("Function profiles of your own"),
        lead=N_(
            "What the functions in your organisation ask, in your own words. Your people and candidates can "
            "put themselves next to it; you never see how they stand."
        ),
        loaded=N_("The function profiles are loaded."),
        withdrawn=N_("The function profiles are withdrawn."),
        after=N_("Nobody can choose them any more. Goals that were set stay."),
        address="own_profiles",
        file="functieprofielen",
        first="list",
    ),
    CatalogueKind.PROGRAMME: Words(
        name=N_("Programmes"),
        lead=N_(
            "What your school teaches: modules, tied to competences and stages. Who works here sees what a "
            "programme covers; who learns here sees the modules beside a goal that they fit."
        ),
        loaded=N_("The programmes are loaded."),
        withdrawn=N_("The programmes are withdrawn."),
        after=N_("Nobody sees them any more. What people put in their plan stays."),
        address="programmes",
        file="programma",
    ),
    CatalogueKind.INTERVENTIONS: Words(
        name=N_("Interventions"),
        lead=N_(
            "What your people can do in a situation, from light to heavy, with what is known of it. They "
            "compare and combine; you never see what they choose."
        ),
        loaded=N_("The interventions are loaded."),
        withdrawn=N_("The interventions are withdrawn."),
        after=N_("Nobody can choose from them any more. What people wrote about them stays."),
        address="interventions",
        file="aanpakken",
        by_hand="interventions",
    ),
}


class SheetForm(forms.Form):
    """A filled-in spreadsheet."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Your file"),
        help_text=gettext_lazy("The filled-in template, or another .xlsx or .csv. At most 5 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large, before anything of it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_FILE:
            raise forms.ValidationError(_("This file is too large: 5 MB is the most."))
        return sent


@require_safe
@on_provider(Action.LOAD_CATALOGUE)
def index(request: HttpRequest, office: Office, kind: CatalogueKind) -> HttpResponse:
    """Show every version that a catalogue can be about, with how much there is. Three queries at most."""
    known, words = choices(), WORDS[kind]
    read = frameworks_of((one.pk, one.sha256) for one in known)
    here = in_use(office.provider, kind)
    rows = [
        (
            one.title[language()],
            one.version,
            here[one.pk].number if one.pk in here else 0,
            _url(office, words, words.first, one.identifier, one.version),
        )
        for one in known
        if units_of(kind, read[one.pk])
    ]
    context = {
        "office": office,
        "name": _(words.name),
        "told": _(words.lead),
        "rows": sorted(rows, key=lambda row: not row[2]),
        "crumbs": [_home(office), Crumb(_(words.name))],
    }
    return render(request, "growth/catalogues.html", context)


def _home(office: Office) -> Crumb:
    return Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref]))


def _url(office: Office, words: Words, page: str = "", *rest: str) -> str:
    name = f"growth:{words.address}_{page}" if page else f"growth:{words.address}"
    return reverse(name, args=[office.provider.ref, *rest])


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def catalogue(
    request: HttpRequest, office: Office, identifier: str, version: str, kind: CatalogueKind
) -> HttpResponse:
    """Show what is in use on a version; load a file in its place (POST), or say what is wrong in it."""
    row, words = find_version(identifier, version), WORDS[kind]
    framework = _framework(kind, row)
    form = SheetForm()
    faults: tuple[Any, ...] = ()
    repairs: tuple[Any, ...] = ()
    if request.method == "POST":
        form = SheetForm(request.POST, request.FILES)
        if form.is_valid():
            sent, actor = form.cleaned_data["file"], request.user
            looked = look_through(kind, sent.read(), sent.name, framework, office.provider)
            faults, repairs = looked.faults, looked.repairs
            if not faults:
                load_catalogue(actor, office.provider, row, kind, looked.entries, sent.name)  # type: ignore[arg-type]
                messages.success(request, _(words.loaded))
                return redirect(_url(office, words, "on", identifier, version))
    context = {
        **_shown(request, office, kind, framework, row),
        "form": form,
        "faults": [fault.full_text(language()) for fault in faults],
        "repairs": [fault.full_text(language()) for fault in repairs] if faults else [],
    }
    return render(request, "growth/catalogue.html", context, status=422 if form.errors or faults else 200)


def _framework(kind: CatalogueKind, row: Any) -> Framework:
    framework = framework_of(row)
    if not units_of(kind, framework):
        raise NotFound
    return framework


def _shown(
    request: HttpRequest, office: Office, kind: CatalogueKind, framework: Framework, row: Any
) -> dict[str, Any]:
    words, title = WORDS[kind], framework.title[language()]
    found = in_use(office.provider, kind).get(row.pk)
    page = Paginator(_lines(found, framework, office, row), PAGE).get_page(request.GET.get("page"))
    at = (row.identifier, row.version)
    return {
        "office": office,
        "name": _(words.name),
        "after": _(words.after),
        "title": title,
        "row": row,
        "found": found,
        "page": page,
        "told": _shapes(kind),
        "templates": _templates(kind, _url(office, words, "template", *at)),
        "read_url": reverse("growth:programme_list", args=[office.provider.ref])
        if found and kind is _P
        else "",
        "staged": kind is not CatalogueKind.INTERVENTIONS,
        "new_url": reverse(f"{words.by_hand}:new", args=[office.provider.ref, *at]) if words.by_hand else "",
        "withdraw_url": _url(office, words, "withdraw", *at),
        "crumbs": [_home(office), Crumb(_(words.name), _url(office, words)), Crumb(title)],
    }


def _shapes(kind: CatalogueKind) -> str:
    if kind is not _P:
        return ""
    return _("Two shapes will do: a list with a row for each tie, or a matrix with a column for each code.")


def _templates(kind: CatalogueKind, url: str) -> list[tuple[str, str]]:
    if kind is not _P:
        return [(_("Template for Excel (xlsx)"), url)]
    return [
        (_("Matrix (xlsx)"), f"{url}?vorm=matrix"),
        (_("Matrix (csv)"), f"{url}?vorm=matrix&als=csv"),
        (_("List (xlsx)"), f"{url}?vorm=lijst"),
        (_("List (csv)"), f"{url}?vorm=lijst&als=csv"),
    ]


def _lines(found: InUse | None, framework: Framework, office: Office, row: Any) -> list[dict[str, Any]]:
    """Return what is in use as lines: a name, something below it, a sort, codes and a stage."""
    if found is None:
        return []
    lines = [
        _line(
            one.name, one.by, _(WAYS[one.way].name), one.codes, _stage(framework, one.stage, found.programmes)
        )
        for one in found.offers
    ]
    lines += _interventions(found, office, row)
    for profile in found.profiles:
        book = _("function book: %(book)s") % {"book": profile.function_book} if profile.function_book else ""
        name = profile.name[language()]
        lines += [
            _line(name, book, one.reason[language()], [one.code], _stage(framework, one.stage))
            for one in profile.demands
        ]
    return lines


def _interventions(found: InUse, office: Office, row: Any) -> list[dict[str, Any]]:
    """Return interventions as lines: what it is for, how heavy it is and what is known of it."""
    guide = continuum()
    lines = []
    for one in found.interventions:
        known = _("%(step)s, %(known)s") % {
            "step": guide.name(one.step)[language()],
            "known": _(KNOWN_NAMES[one.known]),
        }
        at = [office.provider.ref, row.identifier, row.version, one.ref]
        url = reverse("interventions:change", args=at)
        lines.append({**_line(one.name, one.situation, known, one.codes, ""), "url": url})
    return lines


def _line(name: str, below: str, what: str, codes: Sequence[str], stage: str) -> dict[str, Any]:
    return {"name": name, "below": below, "what": what, "codes": codes, "stage": stage}


def _stage(framework: Framework, code: str | None, taught: Sequence[object] = ()) -> str:
    if code:
        return framework.stage_by_code[code].title[language()]
    return _("no stage") if taught else _("every stage")


@require_safe
@on_provider(Action.LOAD_CATALOGUE)
def sheet(
    request: HttpRequest, office: Office, identifier: str, version: str, kind: CatalogueKind
) -> HttpResponse:
    """Send a spreadsheet to fill in: empty, or with the interventions that there are."""
    framework = _framework(kind, find_version(identifier, version))
    matrix, plain = request.GET.get("vorm") == "matrix", request.GET.get("als") == "csv" and kind is _P
    content = template(kind, framework, language(), provider=office.provider, matrix=matrix, plain=plain)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if plain else XLSX)
    name = (
        f"{WORDS[kind].file}{'-matrix' if matrix else ''}-{identifier}-{version}.{'csv' if plain else 'xlsx'}"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@on_provider(Action.LOAD_CATALOGUE)
def withdraw(
    request: HttpRequest, office: Office, identifier: str, version: str, kind: CatalogueKind
) -> HttpResponse:
    """Take what is loaded on a version out of use."""
    withdraw_catalogue(request.user, office.provider, find_version(identifier, version), kind)  # type: ignore[arg-type]
    messages.success(request, _(WORDS[kind].withdrawn))
    return redirect(_url(office, WORDS[kind]))
