"""The texts of a package in their order: the front page, the other pages, the document for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bekwaam.domain.takeout.checking import SCHEMA_FILE
from bekwaam.domain.takeout.document import DOCUMENT, INDEX, SCHEMA, framework_key
from bekwaam.domain.takeout.names import DIGITAL
from bekwaam.domain.teams.members import SHARE_NAMES, Share
from bekwaam.services.takeout.gathering import Package
from bekwaam.services.takeout.zipping import Page
from bekwaam.web.portfolio.takeout.looked_back import looked_back
from bekwaam.web.portfolio.takeout.naming import Names, day, moment, names_of
from bekwaam.web.portfolio.takeout.overviews import Growth, ProcedureView, beside, growth_view, procedure_view
from bekwaam.web.portfolio.takeout.pieces import Answer, PieceView, answer_view, piece_view
from bekwaam.web.portfolio.takeout.plans import known, plan_goal

STYLE: Final = Path(__file__).with_name("style.css")
STYLE_NAME: Final = "stijl.css"


def pages(package: Package, language: str) -> Iterator[Page]:
    """Yield every page of a package, in ``language``; a page is made when it is its turn. No query."""
    with translation.override(language):
        found = _everything(package, language)
    yield _page(INDEX, "takeout/index.html", found)
    yield Page(STYLE_NAME, STYLE.read_bytes())
    for one in found["besides"]:
        yield _page(one.page, "takeout/beside.html", found, one=one)
    for piece in found["pieces"]:
        yield _page(piece.page, "takeout/piece.html", found, piece=piece)
    for grown in found["growths"]:
        yield _page(grown.page, "takeout/growth.html", found, growth=grown)
    if found["goals"]:
        yield _page("ontwikkelplan.html", "takeout/plan.html", found)
    if found["knowledge"]:
        yield _page("kennis.html", "takeout/knowledge.html", found)
    if found["answers"]:
        yield _page("anderen.html", "takeout/others.html", found)
    for procedure in found["procedures"]:
        yield _page(procedure.page, "takeout/procedure.html", found, procedure=procedure)
    if any(found["looked_back"].values()):
        yield _page("teruggekeken.html", "takeout/looked_back.html", found)
    if found["unfinished"]:
        yield _page("niet-af.html", "takeout/unfinished.html", found)
    for entry in found["elsewhere"]:
        yield _page(entry["page"], "takeout/elsewhere.html", found, entry=entry)
    yield from _forms(package.document)
    yield Page(SCHEMA, SCHEMA_FILE.read_bytes())
    yield Page(DOCUMENT, json.dumps(package.document, ensure_ascii=False, indent=1).encode())


def _forms(document: Mapping[str, Any]) -> Iterator[Page]:
    """Yield the digital forms of one's certificates, each as a file of its own."""
    for one in document["procedures"]:
        for form in (one["certificate"] or {}).get("forms", ()):
            if form["content"]:
                yield Page(f"{DIGITAL}/{form['name']}", form["content"].encode())


def _page(path: str, template: str, found: Mapping[str, Any], **more: Any) -> Page:
    context = {**found, **more, "up": "../" * path.count("/"), "style": STYLE_NAME}
    with translation.override(found["language"]):  # here, for between two pages others may speak
        return Page(path, render_to_string(template, context).encode())


def _everything(package: Package, language: str) -> dict[str, Any]:
    """Return everything in words, for all pages."""
    document = package.document
    names = names_of(document, package.frameworks, language)
    today = localdate(datetime.fromisoformat(document["made_at"]))
    pieces = _pieces(document, names)
    told = list(zip(document["evidence"], pieces, strict=True))
    return {
        "language": language,
        "owner": document["owner"],
        "made_at": moment(document["made_at"]),
        "pieces": pieces,
        "besides": [
            beside(names, f"kaders/{number}.html", one, told, today)
            for number, one in enumerate(document["portfolios"], start=1)
        ],
        "growths": _growths(document, names),
        "goals": [plan_goal(names, one) for one in document["development_plan"]["goals"]],
        "agreements": [
            {"name": one["name"], "on": day(one["agreed_on"]), "goals": len(one["goals"])}
            for one in document["development_plan"]["agreements"]
        ],
        "knowledge": [known(names, one) for one in document["knowledge"]],
        "answers": [answer_view(names, one) for one in document["feedback"]],
        "procedures": _procedures(names, document["procedures"], "trajecten/", ours=True),
        "looked_back": looked_back(document),
        "unfinished": [unfinished(one) for one in document["unfinished"]],
        "teams": [_team(one) for one in document.get("teams", ())],
        "team_goals": [_team_goal(names, one) for one in document.get("team_goals", ())],
        "elsewhere": [entry_view(names, one, number) for number, one in enumerate(document["elsewhere"], 1)],
        "files": package.files,
    }


def _team(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": plain["name"],
        "organisation": plain["organisation"],
        "until": moment(plain["left_at"]) if plain["left_at"] else None,
        "choices": [
            (moment(one["at"]), _(SHARE_NAMES[Share(one["layer"])]), one["given"]) for one in plain["choices"]
        ],
    }


def _team_goal(names: Names, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **plain,
        "units": [names.item(plain["framework"], code) for code in plain["codes"]],
        "by": day(plain["by"]),
        "closed_at": moment(plain["closed_at"]) if plain["closed_at"] else None,
    }


def _pieces(document: Mapping[str, Any], names: Names) -> list[PieceView]:
    answers: dict[str, list[Answer]] = {}
    for one in document["feedback"]:
        if one["evidence"] and one["answer"]:
            answers.setdefault(one["evidence"], []).append(answer_view(names, one))
    dossiers: dict[str, list[str]] = {}
    for procedure in document["procedures"]:
        for ref in procedure["evidence"]:
            dossiers.setdefault(ref, []).append(f"{procedure['number']}, {procedure['provider']['name']}")
    return [
        piece_view(
            names,
            f"bewijs/{number:03}.html",
            piece,
            answers.get(piece["ref"], ()),
            dossiers.get(piece["ref"], ()),
        )
        for number, piece in enumerate(document["evidence"], start=1)
    ]


def _growths(document: Mapping[str, Any], names: Names) -> list[Growth]:
    by_framework: dict[Any, list[Mapping[str, Any]]] = {}
    for one in document["self_assessment"]:
        by_framework.setdefault(framework_key(one["framework"]), []).append(one)
    return [
        growth_view(names, f"zelfbeoordeling/{number}.html", rounds)
        for number, rounds in enumerate(by_framework.values(), start=1)
    ]


def _procedures(names: Names, found: list[dict[str, Any]], folder: str, *, ours: bool) -> list[ProcedureView]:
    return [
        procedure_view(names, f"{folder}{number}.html", one, ours=ours)
        for number, one in enumerate(found, start=1)
    ]


def unfinished(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed and not saved, for people: the fields that say something."""
    fields = {name: "\n".join(values) for name, values in one["fields"].items() if any(values)}
    return {"saved_at": moment(one["saved_at"]), "fields": fields}


def entry_view(names: Names, one: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return what came along from another site, in words."""
    return {
        "page": f"elders/{number}.html",
        "name": one["name"],
        "made_at": moment(one["made_at"]),
        "answers": [answer_view(names, found) for found in one["feedback"]],
        "procedures": _procedures(names, one["procedures"], "", ours=False),
        "looked_back": looked_back(one),
        "unfinished": [unfinished(found) for found in one["unfinished"]],
    }
