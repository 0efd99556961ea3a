"""The lossless form of a function profile: plain JSON data, both languages; an organisation's own is kept so.

``profile_from_document(profile_document(p)) == p`` for every profile. What only organisations use is left out
where there is nothing in it, so that the hash of a profile from before it existed stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import Accent, Demand, FunctionProfile, Weight
from bekwaam.frameworks.model import Source, Text
from bekwaam.trust.canonical import hash_of

_OF_ORGANISATIONS: Final = ("function_book_url", "copied_from", "changed_on")


def profile_document(profile: FunctionProfile) -> dict[str, Any]:
    """Return ``profile`` as plain JSON data."""
    said = {name: getattr(profile, name) for name in _OF_ORGANISATIONS}
    return {
        "code": profile.code,
        "name": _text(profile.name),
        "text": _text(profile.text),
        "source": _source(profile.source),
        "own": profile.own,
        "framework": _reference(profile.framework),
        "practice": _reference(profile.practice) if profile.practice else None,
        "item": profile.item,
        "function_book": profile.function_book,
        "demands": [_demand(one) for one in profile.demands],
        "accents": [{"weight": one.weight.value, **_reasoned(one)} for one in profile.accents],
        **{name: value for name, value in said.items() if value},
    }


def profile_from_document(document: Mapping[str, Any]) -> FunctionProfile:
    """Return the profile in ``document``. Raises ValueError where it is not of this form."""
    try:
        practice = document["practice"]
        return FunctionProfile(
            code=document["code"],
            name=Text(**document["name"]),
            text=Text(**document["text"]),
            source=Source(**document["source"]),
            own=document["own"],
            framework=Reference(**document["framework"]),
            practice=Reference(**practice) if practice else None,
            item=document["item"],
            function_book=document["function_book"],
            demands=tuple(
                Demand(stage=one["stage"], copied=one.get("copied", False), **_read(one))
                for one in document["demands"]
            ),
            accents=tuple(Accent(weight=Weight(one["weight"]), **_read(one)) for one in document["accents"]),
            **{name: document.get(name, "") for name in _OF_ORGANISATIONS},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"this is not the document of a function profile: {error!r}") from error


def profile_hash(profile: FunctionProfile) -> str:
    """Return the SHA-256, in hexadecimal digits, of the canonical JSON of the profile's document."""
    return hash_of(profile_document(profile))


def _demand(one: Demand) -> dict[str, Any]:
    copied = {"copied": True} if one.copied else {}
    return {"stage": one.stage, **_reasoned(one), **copied}


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _source(source: Source | None) -> dict[str, str] | None:
    return {"document": source.document, "section": source.section} if source else None


def _reference(reference: Reference) -> dict[str, str]:
    return {"id": reference.id, "version": reference.version}


def _reasoned(one: Demand | Accent) -> dict[str, Any]:
    return {"code": one.code, "reason": _text(one.reason), "source": _source(one.source), "own": one.own}


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    source = data["source"]
    return {
        "code": data["code"],
        "reason": Text(**data["reason"]),
        "source": Source(**source) if source else None,
        "own": data["own"],
    }
