"""Where the parts of a standard are found as CASE items, for a credential to point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bekwaam.frameworks.exchange.case.addresses import Addresses
from bekwaam.frameworks.exchange.case.writer import Writer
from bekwaam.frameworks.model import Framework, Item


@dataclass(frozen=True, slots=True)
class Target:
    """A CASE item or document: its address, its own identifier and what it is called where it stands."""

    url: str
    identifier: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CaseTargets:
    """The document that a standard is, and its items by their code."""

    document: Target
    items: Mapping[str, Target]


def case_targets(standard: Framework, base_url: str, language: str) -> CaseTargets:
    """Return where a published standard is found below ``base_url``, or as "urn:uuid:" where that is empty.

    ``standard`` is the version as it was published: what others find behind these addresses knows of no
    other words. The identifiers are those of its CASE package.
    """
    addresses = Addresses(base_url.rstrip("/"))
    writer = Writer(standard, addresses)

    def target(item: Item) -> Target:
        identifier = writer.item_id(item)
        return Target(addresses.uri("CFItems", identifier), identifier, item.name(language), item.code)

    whole = writer.document_id
    return CaseTargets(
        document=Target(addresses.uri("CFDocuments", whole), whole, standard.title[language], standard.id),
        items={item.code: target(item) for item in standard.items},
    )
