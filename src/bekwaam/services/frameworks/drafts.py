"""Frameworks that an organisation is still writing: starting, changing, loading, throwing away, publishing.

What becomes of a draft between its start and its end is not audited: it is private and binds nobody. Its
start, a spreadsheet taken over, its end and what was published are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.checking import check_framework, with_missing_english
from bekwaam.frameworks.document import to_document
from bekwaam.frameworks.editing.refusal import Edited, Refusal, fingerprint
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.own import content_of, find_draft_row, remember
from bekwaam.services.frameworks.versions import id_is_free, publish
from bekwaam.store.audit import append
from bekwaam.store.models import FrameworkDraft, FrameworkVersion, Person, Provider
from bekwaam.wording import N_

Edit = Callable[[Framework], Edited]
Part = Callable[[Framework], object]


class Overtaken(Exception):
    """Somebody else changed the very part that is being changed. Nothing was written."""


@transaction.atomic
def start_draft(actor: Person, provider: Provider, begun: Edited) -> FrameworkDraft:
    """Keep a framework that was just begun as a draft of ``provider``.

    Raises Refused without the right to; Invalid where ``begun`` was refused, the id is somebody else's, or
    this version is there already.
    """
    insist_at_provider(Action.EDIT_FRAMEWORK, actor, provider)
    framework = taken(begun)
    _insist_on_names(provider, framework, but=None)
    now = clock.now()
    try:
        with transaction.atomic():
            draft = FrameworkDraft.objects.create(
                owner=provider,
                **_columns(framework),
                started_by=actor,
                started_at=now,
                changed_by=actor,
                changed_at=now,
            )
    except IntegrityError:  # a colleague was first, a moment ago
        raise Invalid((_twice(framework),)) from None
    _note(Event.FRAMEWORK_STARTED, actor, draft)
    return draft


@transaction.atomic
def change_draft(
    actor: Person, ref: str, edit: Edit, *, part: Part | None = None, seen: str | None = None
) -> Framework:
    """Make one change to a draft and return what it is now.

    ``part`` is what the change is about and ``seen`` the fingerprint of it that the person saw: Overtaken is
    raised where somebody else has changed that very part since. Changes to other parts do not matter.
    Raises NotFound, Refused without the right to, and Invalid where the change cannot be made.
    """
    draft = _locked(actor, ref)
    before = content_of(draft)
    if part is not None and seen is not None and fingerprint(part(before)) != seen:
        raise Overtaken
    after = taken(edit(before))
    if after == before:
        return before
    if (after.id, after.version) != (before.id, before.version):
        _insist_on_names(draft.owner, after, but=draft)
    _save(draft, actor, after)
    return after


@transaction.atomic
def keep_waiting(actor: Person, ref: str, waiting: dict[str, Any] | None) -> None:
    """Keep what was read from a spreadsheet beside a draft, or throw it away (None).

    See :mod:`bekwaam.services.frameworks.loading`.
    """
    draft = _locked(actor, ref)
    draft.waiting = waiting
    draft.save(update_fields=["waiting"])


@transaction.atomic
def take_over(actor: Person, ref: str, edit: Callable[[Framework, dict[str, Any]], Framework]) -> Framework:
    """Put what is waiting into a draft, by ``edit``; nothing waits after that. Audited."""
    draft = _locked(actor, ref)
    if draft.waiting is None:
        raise Refused(refused("nothing_waits", N_("There is nothing to take over any more.")))
    after = edit(content_of(draft), draft.waiting)
    draft.waiting = None
    _save(draft, actor, after, "waiting")
    _note(Event.FRAMEWORK_LOADED, actor, draft, items=len(after.items))
    return after


@transaction.atomic
def drop_draft(actor: Person, ref: str) -> None:
    """Throw a draft away, for good. What was published stays."""
    draft = _locked(actor, ref)
    _note(Event.FRAMEWORK_DROPPED, actor, draft)
    draft.delete()


@transaction.atomic
def publish_draft(actor: Person, ref: str, seen: int) -> FrameworkVersion:
    """Publish a draft: from now on it never changes, and anybody can read it.

    ``seen`` is the revision that the person looked at: another one is Overtaken. Where the English is
    missing the Dutch stands in. Raises Refused where anything is still to be mended, without the right to,
    and where the id or version is taken.
    """
    draft = _locked(actor, ref)
    insist_at_provider(Action.PUBLISH_FRAMEWORK, actor, draft.owner)
    if draft.revision != seen:
        raise Overtaken
    framework, _ = with_missing_english(content_of(draft))
    faults = check_framework(framework)
    if faults:
        message = N_("There are still {number} things to mend before this can be published.")
        raise Refused(refused("unfinished", message, number=len(faults)))
    insist(id_is_free(framework.id, draft.owner))
    framework = replace(framework, changed=clock.today().isoformat())
    if FrameworkVersion.objects.filter(identifier=framework.id, version=framework.version).exists():
        raise Refused(_taken(framework))
    row = publish(actor, framework, draft.owner)
    draft.delete()
    return row


@transaction.atomic
def set_in_use(actor: Person, provider: Provider, identifier: str, version: str, *, in_use: bool) -> None:
    """Take a published version of one's own out of use, or into use again. It is never deleted.

    What runs on it goes on; it can still be read; nothing new is started on it.
    """
    insist_at_provider(Action.PUBLISH_FRAMEWORK, actor, provider)
    row = (
        FrameworkVersion.objects.select_for_update(of=("self",))
        .filter(owner=provider, identifier=identifier, version=version)
        .first()
    )
    if row is None:
        raise NotFound
    if (row.retired_at is None) is in_use:
        return
    row.retired_at = None if in_use else clock.now()
    row.save(update_fields=["retired_at"])
    append(
        Event.FRAMEWORK_BACK if in_use else Event.FRAMEWORK_RETIRED,
        actor=actor,
        subject=f"framework:{row.identifier}",
        now=clock.now(),
        payload={"version": row.version},
        content=[row],
    )


def taken(edited: Edited) -> Framework:
    """Return the framework of a change, or raise Invalid with the reason why it cannot be made."""
    if isinstance(edited, Refusal):
        raise Invalid((Fault(edited.name, edited.reason, edited.message, edited.values),))
    return edited


def _locked(actor: Person, ref: str) -> FrameworkDraft:
    """Return a draft, locked until the transaction ends; NotFound for strangers."""
    find_draft_row(actor, ref, Action.EDIT_FRAMEWORK)
    # As in a row: whoever comes second looks at what the first left behind.
    draft = FrameworkDraft.objects.select_for_update(of=("self",)).select_related("owner").filter(ref=ref)
    row = draft.first()
    if row is None:
        raise NotFound
    return row


def _save(draft: FrameworkDraft, actor: Person, framework: Framework, *others: str) -> None:
    columns = _columns(framework)
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.changed_by, draft.changed_at = actor, clock.now()
    draft.save(update_fields=[*columns, "revision", "changed_by", "changed_at", *others])
    remember(draft, framework)


def _columns(framework: Framework) -> dict[str, Any]:
    return {
        "identifier": framework.id,
        "version": framework.version,
        "title": {"nl": framework.title.nl, "en": framework.title.en},
        "document": to_document(framework),
    }


def _insist_on_names(provider: Provider, framework: Framework, but: FrameworkDraft | None) -> None:
    """Raise Invalid where an id is somebody else's, or a version is there already."""
    free = id_is_free(framework.id, provider)
    if not free:
        raise Invalid((Fault("identifier", free.reason, free.message, free.values),))
    same = {"identifier": framework.id, "version": framework.version}
    others = FrameworkDraft.objects.filter(owner=provider, **same)
    if others.exclude(pk=but.pk if but else 0).exists():
        raise Invalid((_twice(framework),))
    if FrameworkVersion.objects.filter(**same).exists():
        verdict = _taken(framework)
        raise Invalid((Fault("version", verdict.reason, verdict.message, verdict.values),))


def _twice(framework: Framework) -> Fault:
    message = N_("You are writing version {version} already. Give this one another name.")
    return Fault("version", "drafted", message, {"version": framework.version})


def _taken(framework: Framework) -> Any:
    message = N_("Version {version} has been published already. Give this one another name.")
    return refused("published", message, version=framework.version)


def _note(event: Event, actor: Person, draft: FrameworkDraft, **payload: Any) -> None:
    append(
        event,
        actor=actor,
        subject=f"provider:{draft.owner.ref}",
        now=clock.now(),
        payload={"draft": draft.ref, "version": draft.version, **payload},
    )
