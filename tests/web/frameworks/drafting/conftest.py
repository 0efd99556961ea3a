"""A coordinator at work on a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.frameworks.editing.start import start_copy
from bekwaam.frameworks.model import Framework, Text
from bekwaam.services.frameworks import own
from bekwaam.services.frameworks.drafts import start_draft
from bekwaam.store.models import FrameworkDraft, Person
from tests.cast import Cast
from tests.standards import small_standard

WHOLE = replace(small_standard(), documents={"test": Text("Proef", "Test")})


@dataclass
class Desk:
    """A draft, and the browser of somebody who works on it."""

    client: Client
    draft: FrameworkDraft

    def url(self, name: str, *arguments: object) -> str:
        return reverse(f"drafting:{name}", args=[self.draft.ref, *arguments])

    def page(self, name: str, *arguments: object, status: int = 200, query: str = "") -> str:
        response = self.client.get(self.url(name, *arguments) + query)
        assert response.status_code == status
        return response.content.decode()

    def send(self, name: str, *arguments: object, **data: Any) -> Any:
        return self.client.post(self.url(name, *arguments), data)

    def held(self) -> Framework:
        return own.content_of(FrameworkDraft.objects.get(pk=self.draft.pk))

    def shown(self, name: str, *arguments: object, query: str = "") -> dict[str, Any]:
        """Return what a form page would send back as it is."""
        response = self.client.get(self.url(name, *arguments) + query)
        form = response.context["form"]
        values = {field.name: field.value() for field in form}
        return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.fixture
def desk(cast: Cast, log_in: Callable[[Person], Client]) -> Desk:
    draft = start_draft(
        cast.coordinator, cast.provider, start_copy(WHOLE, "eigen", "1.0", Text("Onze standaard", "Ours"))
    )
    return Desk(log_in(cast.coordinator), draft)
