"""What a framework says about itself: its name, its kind, and the documents it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from bekwaam.frameworks.editing.names import code_refusal, id_refusal, version_refusal
from bekwaam.frameworks.editing.places import is_own
from bekwaam.frameworks.editing.refusal import Edited, Refusal, no
from bekwaam.frameworks.editing.start import FRAMEWORK_KINDS
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class HeadInput:
    """What a person fills in about the framework as a whole."""

    identifier: str
    version: str
    kind: str
    title: Text
    description: Text
    source: Source
    eqf: int | None = None


def change_head(framework: Framework, given: HeadInput) -> Edited:
    """Return the framework with another head. Its own items go along with another id."""
    refusal = _refusal(framework, given)
    if refusal:
        return refusal
    items = framework.items
    if given.identifier != framework.id:
        items = tuple(
            replace(one, module=given.identifier) if is_own(framework, one) else one for one in items
        )
    return replace(
        framework,
        id=given.identifier,
        version=given.version,
        kind=given.kind,
        title=given.title,
        description=given.description,
        source=given.source,
        eqf=given.eqf,
        items=items,
    )


def _refusal(framework: Framework, given: HeadInput) -> Refusal | None:
    refusal = id_refusal(given.identifier) or version_refusal(given.version)
    if refusal:
        return refusal
    if framework.supersedes and given.identifier != framework.id:
        message = N_("This comes after version {version} of the same framework, so its id stays what it is.")
        return no("identifier", "next_version", message, version=framework.supersedes)
    if framework.supersedes == given.version:
        message = N_("Version {version} is there already. Give the new one another name.")
        return no("version", "same_version", message, version=given.version)
    if given.kind not in FRAMEWORK_KINDS:
        return no("kind", "unknown_kind", N_("Choose what it is to be."))
    if framework.rule and given.kind != "standard":
        message = N_("Only a standard has a rule. Take the rule out first.")
        return no("kind", "rule_without_standard", message)
    if not given.title.nl:
        return no("title_nl", "no_title", N_("Give it a title in Dutch."))
    if given.source.document not in framework.documents:
        return no("document", "unknown_document", N_("Choose the document that this comes from."))
    if given.eqf is not None and not 1 <= given.eqf <= 8:
        return no("eqf", "odd_eqf", N_("The European level is a number from 1 to 8."))
    return None


def put_document(framework: Framework, number: str, title: Text) -> Edited:
    """Return the framework with a document added, or with another title of one that is there."""
    refusal = code_refusal(number)
    if refusal:
        return replace(refusal, name="number")
    if not title.nl:
        return no("title_nl", "no_title", N_("Give it a title in Dutch."))
    return replace(framework, documents={**framework.documents, number: title})


def remove_document(framework: Framework, number: str) -> Edited:
    """Return the framework without a document. Refused while anything says that it comes from it."""
    if number not in framework.documents:
        return no("", "gone", N_("{code} is not there any more."), code=number)
    times = uses_of_documents(framework)[number]
    if times:
        message = N_("{number} parts come from this document. Give them another source first.")
        return no("", "in_use", message, number=times)
    return replace(
        framework, documents={key: title for key, title in framework.documents.items() if key != number}
    )


def uses_of_documents(framework: Framework) -> Counter[str]:
    """Return how often each document is named as a source."""
    sources = [framework.source]
    sources += [stage.source for stage in framework.stages]
    sources += [item.source for item in framework.items]
    return Counter(source.document for source in sources)
