"""Interventions as templates show them: names for codes, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.growth.choosing import widest_key
from bekwaam.domain.interventions.choosing import fitting_step, steps_of
from bekwaam.domain.interventions.entries import KNOWN_MEANS, KNOWN_NAMES, Intervention
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.services.growth.intervention_lists import continuum
from bekwaam.services.interventions.reads import Shelf
from bekwaam.services.reflection.walking import walk_of
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

CHOSEN: Final = "aanpak"


@dataclass(frozen=True, slots=True)
class Shown:
    """An intervention with its codes put into words; ``rings`` is how heavy its step is, from 1.

    ``goes_with`` and ``not_with`` are names with their addresses, also where only the other says so.
    """

    one: Intervention
    url: str
    step: str
    rings: int
    known: str
    means: str
    host: str
    competences: tuple[tuple[str, str], ...]
    goes_with: tuple[tuple[str, str], ...]
    not_with: tuple[tuple[str, str], ...]


def shown(one: Intervention, shelf: Shelf) -> Shown:
    """Return an intervention of ``shelf`` with its words."""
    guide, framework = continuum(), shelf.frameworks[one.framework]
    said_not = [o for o in shelf.interventions if o.ref in one.not_with or one.ref in o.not_with]
    said_well = [o for o in shelf.interventions if o.ref in one.goes_with or one.ref in o.goes_with]
    return Shown(
        one=one,
        url=url_of(one),
        step=guide.name(one.step)[language()],
        rings=steps_of(guide).index(one.step) + 1,
        known=_(KNOWN_NAMES[one.known]),
        means=_(KNOWN_MEANS[one.known]),
        host=link_host(one.url),
        competences=tuple((code, framework.by_code[code].name(language())) for code in one.codes),
        goes_with=tuple((o.name, url_of(o)) for o in said_well if o not in said_not),
        not_with=tuple((o.name, url_of(o)) for o in said_not),
    )


def url_of(one: Intervention) -> str:
    """Return the address of an intervention."""
    return reverse("interventions:one", args=[one.ref])


def with_chosen(page: str, found: Iterable[Intervention]) -> str:
    """Return the address of a page of this room with what was chosen in it."""
    query = urlencode([(CHOSEN, one.ref) for one in found])
    return reverse(f"interventions:{page}") + (f"?{query}" if query else "")


def gap_urls(shelf: Shelf, found: Iterable[tuple[Reference, Sequence[str]]]) -> list[tuple[str, str]]:
    """Return where somebody sees what competences ask of them: the framework's name and the address.

    One for each framework on which a gap can be shown.
    """
    asked: dict[Reference, dict[str, None]] = {}
    for reference, codes in found:
        asked.setdefault(reference, {}).update(dict.fromkeys(codes))
    urls = []
    for reference, wanted in asked.items():
        framework = shelf.frameworks[reference]
        key = widest_key(framework)
        if key:
            url = reverse("growth:gap", args=[reference.id, reference.version, key])
            query = urlencode([("code", code) for code in wanted])
            urls.append((framework.title[language()], f"{url}?{query}#parts-title"))
    return urls


def choice_url(person: Any, found: Iterable[Intervention]) -> str:
    """Return where interventions are laid beside the choice that somebody came to the end of.

    Empty where there is no such choice, and where all of them are heavier than what came out. One query.
    """
    walk = walk_of(person)
    if walk.question is not None or not walk.step:
        return ""
    here, lighter = fitting_step(found, walk.step, walk.guide)
    fitting = [(CHOSEN, one.ref) for one in (*lighter, *here)]
    return f"{reverse('reflection:walk')}?{urlencode(fitting)}" if fitting else ""


def crumbs(*here: Crumb | str) -> list[Crumb]:
    """Return the way back from a page of this room."""
    way = [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"), reverse("growth:where"))]
    if not here:
        return [*way, Crumb(_("Interventions"))]
    way.append(Crumb(_("Interventions"), reverse("interventions:index")))
    return [*way, *(Crumb(one) if isinstance(one, str) else one for one in here)]
