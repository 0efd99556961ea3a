"""The coordinator's overview, and starting a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.following import WHY_NAMES
from bekwaam.domain.procedures.states import STATE_NAMES, UNDER_WAY, State
from bekwaam.domain.procedures.waiting import FOR_COORDINATOR, WAITING_NAMES
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.versions import standards
from bekwaam.services.frameworks.words import told, wordings_of
from bekwaam.services.procedures.course import start_procedure
from bekwaam.services.procedures.reads import OverviewRow, count_overdue, state_counts
from bekwaam.services.procedures.reads import overview as read_overview
from bekwaam.web.procedures.forms import StartForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

PAGE = 25
RUNNING, EVERYTHING, LATE = "lopend", "alles", "te-laat"


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of which procedures are shown."""

    key: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure as the table shows it."""

    row: OverviewRow
    standard: str
    state: str
    tone: str
    next: str
    for_us: bool
    why: str


@on_provider(Action.SEE_OVERVIEW)
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the procedures of a provider, narrowed by state, name or number."""
    search = request.GET.get("zoek", "").strip()[:100]
    chosen = EVERYTHING if search else request.GET.get("stand", RUNNING)
    listing = read_overview(office.provider, _states(chosen), search, overdue=chosen == LATE)
    page = Paginator(listing, PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "may_set_working": office.may(Action.SET_WORKING),
        "may_set_signs": office.may(Action.SET_SIGNS),
        "may_start": office.may(Action.START_PROCEDURE),
        "may_see_people": office.may(Action.SEE_PEOPLE),
        "may_see_calibration": office.may(Action.SEE_CALIBRATION),
        "may_see_samples": office.may(Action.SEE_SAMPLES),
        "may_see_mail": office.may(Action.SEE_MAIL),
        "may_see_teams": office.may(Action.SEE_TEAMS),
        "may_see_wordings": office.may(Action.SEE_WORDINGS),
        "tabs": _tabs(state_counts(office.provider), count_overdue(office.provider), chosen),
        "page": page,
        "lines": [_line(row) for row in page],
        "search": search,
        "query": urlencode({"zoek": search} if search else {"stand": chosen}),
    }
    return render(request, "procedures/overview.html", context)


def _states(chosen: str) -> tuple[State, ...]:
    if chosen == EVERYTHING:
        return ()
    return (State(chosen),) if chosen in set(State) else (*UNDER_WAY, State.OBJECTION)


def _tabs(counts: dict[State, int], late: int, chosen: str) -> list[Tab]:
    running = sum(counts[state] for state in (*UNDER_WAY, State.OBJECTION))
    known = chosen in {EVERYTHING, LATE, *State}
    tabs = [Tab(RUNNING, _("Under way"), running, not known)]
    if late or chosen == LATE:
        tabs.append(Tab(LATE, _("Overdue"), late, chosen == LATE))
    tabs += [Tab(s.value, _(STATE_NAMES[s]), counts[s], chosen == s.value) for s in State if counts[s]]
    return [*tabs, Tab(EVERYTHING, _("All"), sum(counts.values()), chosen == EVERYTHING)]


def _line(row: OverviewRow) -> Line:
    return Line(
        row=row,
        standard=row.standard[language()],
        state=_(STATE_NAMES[row.state]),
        tone=state_tone(row.state),
        next=_(WAITING_NAMES[row.waits_for]),
        for_us=row.waits_for in FOR_COORDINATOR,
        why=_(WHY_NAMES[row.why]) if row.why else "",
    )


def state_tone(state: State) -> str:
    """Return the tone of a state's badge; the word in it says the same."""
    if state is State.ISSUED:
        return "badge--positive"
    if state is State.OBJECTION:
        return "badge--warning"
    return "badge--info" if state in UNDER_WAY else ""


@on_provider(Action.START_PROCEDURE)
def start(request: HttpRequest, office: Office) -> HttpResponse:
    """Start a procedure: who, on which standard, and what for."""
    key = f"start:{office.provider.ref}"
    known = {str(row.pk): row for row in standards(office.provider)}
    used = {key: head.sha256 for key, head in wordings_of(office.provider).items()}
    options: dict[str, Any] = {
        "standards": [(pk, f"{row.title[language()]} ({row.version})") for pk, row in known.items()],
        "frameworks": [
            told(row, used.get((row.identifier, row.version))).framework for row in known.values()
        ],
        "language": language(),
    }
    form = StartForm(request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_procedure(
                request.user,
                office.provider,
                candidate_email=form.cleaned_data["email"],
                candidate_name=form.cleaned_data["name"],
                standard=known[form.cleaned_data["standard"]],
                **form.scope(),
            )
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)
            messages.success(request, _("The procedure has started. The candidate gets a mail."))
            return redirect("procedures:procedure", ref=made.ref)
    if not form.is_bound:
        form.initial = initial_from_draft(StartForm, request, key)
    context = {"office": office, "form": form, "draft_key": key, "crumbs": _crumbs(office)}
    return render(request, "procedures/start.html", context, status=422 if form.errors else 200)


def _crumbs(office: Office) -> list[Crumb]:
    back = reverse("procedures:overview", args=[office.provider.ref])
    return [Crumb(office.provider.name, back), Crumb(_("New procedure"))]
