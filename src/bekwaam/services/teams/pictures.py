"""What was said of people in one layer, as the pictures that the rules on teams look at. No consent here.

Whoever asks gives only people who share the layer (:mod:`bekwaam.services.teams.reads` sees to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.procedures.states import OUTCOME_KNOWN
from bekwaam.store.models import DecisionRecord, FeedbackAnswer, FrameworkVersion, SelfRating, SelfRound

Pictures = Mapping[int, tuple[Picture, ...]]


def pictures_of(people: Any, standard: FrameworkVersion, layer: Layer) -> Pictures:
    """Return by person what was said of them in ``layer``; ``people`` are keys, or a query. One query.

    Of one's own word the newest finished round counts; of judgements, unit by unit, the newest that the
    person knows of; every answer of somebody else is a picture of its own.
    """
    return {Layer.SELF: _own, Layer.FEEDBACK: _feedback, Layer.JUDGEMENT: _judged}[layer](people, standard)


def _own(people: Any, standard: FrameworkVersion) -> Pictures:
    finished = SelfRound.objects.filter(owner__in=people, standard=standard, finished_at__isnull=False)
    # Numbered by the database in one go: looking the newest up person by person takes minutes for thousands.
    latest = Window(RowNumber(), partition_by=F("owner"), order_by=[F("started_at").desc(), F("pk").desc()])
    newest = finished.order_by().alias(place=latest).filter(place=1).values("pk")
    rows = SelfRating.objects.filter(round__in=newest)
    found: dict[int, dict[str, str | None]] = {}
    for owner, code, value in rows.order_by().values_list("round__owner", "code", "value").iterator(5000):
        found.setdefault(owner, {})[code] = value
    return {owner: (Picture(Layer.SELF, values),) for owner, values in found.items()}


def _feedback(people: Any, standard: FrameworkVersion) -> Pictures:
    rows = FeedbackAnswer.objects.filter(request__owner__in=people, request__standard=standard)
    found: dict[int, tuple[Picture, ...]] = {}
    ordered = rows.exclude(ratings={}).order_by("answered_at", "pk")
    for owner, ref, ratings in ordered.values_list("request__owner", "request__ref", "ratings"):
        found[owner] = (*found.get(owner, ()), Picture(Layer.FEEDBACK, ratings, ref))
    return found


def _judged(people: Any, standard: FrameworkVersion) -> Pictures:
    rows = DecisionRecord.objects.filter(
        procedure__candidate__in=people, procedure__standard=standard, procedure__state__in=OUTCOME_KNOWN
    )
    found: dict[int, dict[str, str | None]] = {}
    for person, stages in rows.order_by("decided_at").values_list("procedure__candidate", "stages"):
        found.setdefault(person, {}).update(stages)
    return {person: (Picture(Layer.JUDGEMENT, values),) for person, values in found.items()}
