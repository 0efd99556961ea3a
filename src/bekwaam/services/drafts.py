"""What people are typing, kept while they type. Drafts are nobody else's business and not audited."""

from __future__ import annotations

from typing import Final

from bekwaam.services import clock
from bekwaam.store.models import Draft, Person

MAX_FIELDS: Final = 500
"""The largest form is a function profile: two fields for every part of a framework."""

MAX_CHARACTERS: Final = 200_000


def save_draft(person: Person, key: str, fields: dict[str, list[str]]) -> None:
    """Keep the fields of a form, values in a list per name. Raises ValueError when it is absurdly large."""
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if len(fields) > MAX_FIELDS or size > MAX_CHARACTERS or len(key) > 120:
        raise ValueError("draft too large")
    Draft.objects.update_or_create(
        person=person, key=key, defaults={"fields": fields, "saved_at": clock.now()}
    )


def load_draft(person: Person, key: str) -> dict[str, list[str]] | None:
    """Return the kept fields, or None. One query."""
    draft = Draft.objects.filter(person=person, key=key).first()
    return draft.fields if draft else None


def drop_draft(person: Person, key: str) -> None:
    """Forget a draft, once its form was sent."""
    Draft.objects.filter(person=person, key=key).delete()


def draft_keys(person: Person, prefix: str) -> set[str]:
    """Return the keys of a person's drafts that start with ``prefix``. One query."""
    return set(Draft.objects.filter(person=person, key__startswith=prefix).values_list("key", flat=True))
