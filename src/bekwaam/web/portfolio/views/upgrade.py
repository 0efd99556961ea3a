"""What of a dossier would still stand on another version or standard. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.relation_names import relation_name
from bekwaam.frameworks.upgrade import OUTCOMES
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.reads import VersionHead
from bekwaam.services.portfolio.upgrade import Carried, UpgradeRead, Why, read_upgrade, upgrade_targets
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import desk_of
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb

PAGE: Final = 25
MOST_ASKED: Final = 60
# What a person has to do something about comes first.
ORDER: Final = ("gone", "look_again", "stands")
BADGES: Final = {"stands": "positive", "look_again": "warning", "gone": "negative"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A version that can be chosen; ``value`` is "id@version"."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many items have an outcome, and the address that shows only those."""

    outcome: str
    number: int
    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An item with its address in the explorer; ``asked`` is the stage that its standard asks of it."""

    code: str
    name: str
    kind: str
    url: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A link that says where an item went: in words, why, and who made the link."""

    relation: str
    code: str
    reason: str
    whose: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item that carries something: what, where it went and why.

    ``to`` is empty where it went to the item of the same code and name.
    """

    here: Place
    said: str
    carries: tuple[str, ...]
    to: tuple[Place, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The items that have one outcome; ``said`` is why, where that is the same for all of them."""

    outcome: str
    badge: str
    said: str
    rows: tuple[Row, ...]


@require_safe
@on_procedure(Action.SEE_UPGRADE_PREVIEW)
def upgrade(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what would stand on the version that ``op`` names. At most twelve queries warm."""
    targets = upgrade_targets(case.procedure)
    chosen = request.GET.get("op", "")
    context: dict[str, Any] = {
        "case": case,
        "procedure": case.procedure,
        "own": Role.CANDIDATE in case.standing.roles,
        "here": _label(targets.here),
        "newer": [_choice(head) for head in targets.others if head.identifier == targets.here.identifier],
        "others": [_choice(head) for head in targets.others if head.identifier != targets.here.identifier],
        "chosen": chosen,
        "crumbs": _crumbs(case),
    }
    if chosen:
        identifier, _at, version = chosen.partition("@")
        target = targets.find(identifier, version)
        read = read_upgrade(case.procedure, targets.here, target, case.standing)
        context |= _read(request, read, chosen)
    return render(request, "portfolio/upgrade.html", context)


def _read(request: HttpRequest, read: UpgradeRead, chosen: str) -> dict[str, Any]:
    only = request.GET.get("wat", "")
    if only and only not in OUTCOMES:
        raise NotFound
    order = [one for name in ORDER for one in read.carried if one.preview.outcome == name]
    rows = [one for one in order if only in ("", one.preview.outcome)]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    narrowed = {"wat": only} if only else {}
    return {
        "read": read,
        "there": _label(read.head),
        "counts": [_count(name, read, chosen, only) for name in reversed(ORDER)],
        "all": f"?{urlencode({'op': chosen})}" if only else "",
        "page": page,
        "groups": [
            _group(name, [_row(read, one) for one in group])
            for name, group in groupby(page, key=lambda one: one.preview.outcome)
        ],
        "rest": urlencode({"op": chosen, **narrowed}),
        "asked": [_place(read.b, item, with_asked=True) for item in read.asked[:MOST_ASKED]],
        "more_asked": max(0, len(read.asked) - MOST_ASKED),
        "crosswalks": [
            (held.crosswalk.title[language()], held.owner or "Bekwaam") for held in read.crosswalks
        ],
    }


def outcome_name(outcome: str) -> str:
    """Return what would become of an item, in a few words."""
    names = {"stands": _("stands"), "look_again": _("look again"), "gone": _("has no place there")}
    return names[outcome]


def _count(outcome: str, read: UpgradeRead, chosen: str, only: str) -> Count:
    number = dict(read.counts)[outcome]  # type: ignore[index]
    url = f"?{urlencode({'op': chosen, 'wat': outcome})}#items" if number else ""
    return Count(outcome, number, outcome_name(outcome), url, outcome == only)


def _row(read: UpgradeRead, one: Carried) -> Row:
    same = [(item.code, item.name(language())) for item in one.to] == [
        (one.item.code, one.item.name(language()))
    ]
    stands = one.preview.outcome == "stands"
    return Row(
        here=_place(read.a, one.item),
        said=_said(read, one),
        carries=tuple(_carries(read, one)),
        to=() if same and stands else tuple(_place(read.b, item, with_asked=True) for item in one.to),
        reasons=tuple(_reason(why) for why in one.whys),
    )


def _group(outcome: str, rows: list[Row]) -> Group:
    """Return rows with why: once for all where it is the same for all, otherwise with each."""
    usual = _usually(outcome)
    plain = [not (row.said or row.reasons) for row in rows]
    if all(plain):
        return Group(outcome_name(outcome), BADGES[outcome], usual, tuple(rows))
    told = tuple(replace(row, said=usual) if one else row for row, one in zip(rows, plain, strict=True))
    return Group(outcome_name(outcome), BADGES[outcome], "", told)


def _usually(outcome: str) -> str:
    """Return why items have an outcome, where no link or stage says more."""
    sentences = {
        "stands": _("It reads the same there, word for word."),
        "look_again": _("There is one of the same name or code, but what it asks differs."),
        "gone": _("Nothing there answers to it. What you collected stays in the dossier."),
    }
    return sentences[outcome]


def _said(read: UpgradeRead, one: Carried) -> str:
    """Return why the outcome is what it is, where that is not the usual and no link says it."""
    preview = one.preview
    if preview.stages:
        names = ", ".join(read.a.stage_by_code[code].title[language()] for code in preview.stages)
        return _("It was judged at the stage %(stages)s, and that means something else there.") % {
            "stages": names
        }
    if preview.above:
        above = read.a.by_code[preview.above]
        return _("This part is not there, but what it belongs to (%(code)s %(name)s) is.") % {
            "code": above.code,
            "name": above.name(language()),
        }
    return ""


def _carries(read: UpgradeRead, one: Carried) -> list[str]:
    found = []
    if one.pieces:
        found.append(
            ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", one.pieces) % {"n": one.pieces}
        )
    if one.judgements:
        words = ngettext("judged by %(n)s assessor", "judged by %(n)s assessors", one.judgements)
        found.append(words % {"n": one.judgements})
    if one.final:
        stage = read.a.stage_by_code.get(one.final.finding.stage or "")
        shown = stage.title[language()] if stage else _("not shown")
        found.append(_("final judgement: %(stage)s") % {"stage": shown})
    if one.chosen:
        found.append(_("life domain that was chosen"))
    return found


def _reason(why: Why) -> Reason:
    link = why.read.link
    return Reason(
        relation=relation_name(link.relation, language(), outward=why.read.outward),
        code=why.read.code,
        reason=link.reason[language()],
        whose=why.owner or "Bekwaam",
    )


def _place(framework: Framework, item: Item, *, with_asked: bool = False) -> Place:
    asked = framework.stage_by_code.get(asked_stage(framework, item.code) or "") if with_asked else None
    return Place(
        code=item.code,
        name=item.name(language()),
        kind=kind_name(item.kind, language()),
        url=reverse("frameworks:item", args=[framework.id, framework.version, item.code]),
        asked=asked.title[language()] if asked else "",
    )


def _choice(head: VersionHead) -> Choice:
    return Choice(f"{head.identifier}@{head.version}", _label(head))


def _label(head: VersionHead) -> str:
    return f"{head.title[language()]}, {_('version')} {head.version}"


def _crumbs(case: Case) -> list[Crumb]:
    here = _("On another version")
    if case.may(Action.SEE_PORTFOLIO):
        return crumbs(desk_of(case), here)
    procedure = reverse("procedures:procedure", args=[case.procedure.ref])
    return [Crumb(_("My work"), reverse("home")), Crumb(case.procedure.number, procedure), Crumb(here)]
