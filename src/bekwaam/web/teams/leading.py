"""The lead's pages: what the team covers, by stage, beside the models, and if somebody left or joined.

Everything is asked anew for every page: what a member withdrew is gone from the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.target import target_of_profile
from bekwaam.domain.teams.coverage import Coverage, ThinSpot, coverage, thin_spots
from bekwaam.domain.teams.members import Member, Share, imagined
from bekwaam.domain.teams.starting import Part, beside_model, missing
from bekwaam.domain.teams.what_if import Change, if_joins, if_leaves
from bekwaam.domain.teams.words import explain_change, explain_model, explain_thin
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import load_team_models
from bekwaam.services.teams.reads import Place, members_for, places_in
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.teams.asking import Choice, Look, looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.presenting import blocks, covered, spreads

WIDEST = 7
"""Of more members than this the table is turned into lists: nobody reads it on one screen."""


@dataclass(frozen=True)
class Seen:
    """A team as its lead sees it now: who is in it, what they share, and what it covers of what is asked."""

    look: Look
    places: tuple[Place, ...]
    members: tuple[Member, ...]
    found: Coverage

    @property
    def names(self) -> Mapping[str, str]:
        """Return the names of the members by reference."""
        return {place.ref: place.name for place in self.places}

    @property
    def joined(self) -> tuple[Place, ...]:
        """Return those who said yes."""
        return tuple(place for place in self.places if place.joined_at)

    @property
    def sharing(self) -> int:
        """Return how many members share the layer that is looked at."""
        return sum(Share(self.look.layer) in place.shares for place in self.joined)


def seen_now(request: HttpRequest, desk: Desk) -> Seen:
    """Return the team as the lead sees it with the choice in the address. At most five queries."""
    look = looked_at(request.GET, desk.team.provider)
    places = places_in(desk.team)
    members = members_for(places, look.standard, look.layer)
    return Seen(look, places, members, coverage(look.framework, look.target, members, look.layer))


@require_safe
@on_team(Action.SEE_TEAM)
def coverage_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show competence × member in one layer, and where the team is thin."""
    seen = seen_now(request, desk)
    spots = thin_spots(seen.found) if seen.sharing else ()
    context = {
        "blocks": blocks(seen.look.framework, seen.found, seen.names),
        "thin": [thin_told(seen, spot) for spot in spots],
        "units": len(seen.found.lines),
    }
    return team_page(request, desk, seen, "teams/team.html", "team", context)


@require_safe
@on_team(Action.SEE_TEAM)
def spread_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show competence × stage, and what is covered by cluster, life domain, quadrant and verb."""
    seen = seen_now(request, desk)
    found = spreads(seen.look.framework, seen.found)
    first = next((row for _name, rows in found for row in rows), None)
    context = {
        "spreads": found,
        "stages": [label for label, _number in first.counts] if first else [],
        "covered": covered(seen.look.framework, seen.found),
    }
    return team_page(request, desk, seen, "teams/spread.html", "spread", context)


@require_safe
@on_team(Action.SEE_TEAM)
def models_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the team beside the three team models, as far as the standard is the one they ask of."""
    seen = seen_now(request, desk)
    given = load_team_models()
    standard = seen.look.standard
    fits = given.framework == Reference(standard.identifier, standard.version)
    models = [_model(seen, model) for model in given.models] if fits else []
    context = {"models": models, "may_set": desk.may(Action.SET_TEAM_GOALS)}
    return team_page(request, desk, seen, "teams/models.html", "models", context)


@require_safe
@on_team(Action.SEE_TEAM)
def what_if_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what would change if somebody left, or somebody with a profile joined. Nothing is kept."""
    seen = seen_now(request, desk)
    leaves, joins = request.GET.get("weg", ""), request.GET.get("erbij", "")
    change = _change(seen, leaves, joins)
    spots = change.thinner if change else ()
    context = {
        "leavers": [Choice(one.ref, one.name, one.ref == leaves) for one in seen.joined],
        "joiners": [
            Choice(code, one.name[language()], code == joins) for code, one in seen.look.profiles.items()
        ],
        "lines": explain_change(seen.look.framework, change, language()) if change else (),
        "lost": [thin_told(seen, spot)[0] for spot in change.lost] if change else [],
        "thinner": [thin_told(seen, spot) for spot in spots],
        "gone": bool(leaves) and leaves not in seen.names,
    }
    return team_page(request, desk, seen, "teams/what_if.html", "what_if", context)


def _change(seen: Seen, leaves: str, joins: str) -> Change | None:
    look = seen.look
    if any(member.ref == leaves for member in seen.members):
        return if_leaves(look.framework, look.target, seen.members, look.layer, leaves)
    if joins in look.profiles:
        brings = target_of_profile(look.framework, look.profiles[joins])
        newcomer = imagined("new", brings, look.layer)
        return if_joins(look.framework, look.target, seen.members, look.layer, newcomer)
    return None


def thin_told(seen: Seen, spot: ThinSpot) -> tuple[str, str]:
    """Return where the team is thin in words, and who carries it alone."""
    names = ", ".join(seen.names[ref] for ref in spot.covered_by)
    return explain_thin(seen.look.framework, spot, language()), names


def _model(seen: Seen, model: Any) -> dict[str, Any]:
    beside = beside_model(seen.look.framework, model, seen.look.profiles, seen.members, seen.look.layer)
    return {
        "code": model.code,
        "name": model.name[language()],
        "text": model.text[language()],
        "reason": model.reason[language()],
        "met": beside.met,
        "missing": len(missing(beside)),
        "lines": explain_model(beside, language()),
        "parts": [_part(seen, part) for part in beside.parts],
    }


def _part(seen: Seen, part: Part) -> dict[str, Any]:
    framework = seen.look.framework
    return {
        "name": part.profile.name[language()],
        "met": part.met,
        "by": [seen.names[ref] for ref in part.filled_by],
        "open": [
            f"{spot.ask.code} {framework.by_code[spot.ask.code].name(language())}"
            f" ({value_name(framework, spot.ask.value, language())})"
            for spot in part.open
            if not spot.covered_by
        ],
    }


def team_page(
    request: HttpRequest, desk: Desk, seen: Seen, template: str, here: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Return one of the lead's pages, in the frame that they have alike. No query."""
    frame = {
        "desk": desk,
        "team": desk.team,
        "seen": seen,
        "look": seen.look,
        "here": here,
        "alone": len(seen.joined) == 1,
        "wide": len(seen.joined) > WIDEST,
        "crumbs": desk.crumbs(Crumb(desk.team.name)),
    }
    return render(request, template, {**frame, **context})
