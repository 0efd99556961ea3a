"""Reading back a certificate's document as it was kept, so that what is shown is what was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from bekwaam.domain.certificates.paper import FORMAT, CertificateDocument


def read_document(plain: Mapping[str, Any]) -> CertificateDocument:
    """Return the document that ``to_json`` made ``plain`` of.

    What a certificate of before a part existed does not have, reads as that part's default. Raises ValueError
    for another format, or for what is not there and has no default.
    """
    if plain.get("format") != FORMAT:
        raise ValueError(f"not a document of the format {FORMAT}")
    made: CertificateDocument = _made(CertificateDocument, plain)
    return made


@lru_cache(maxsize=32)
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, plain: Mapping[str, Any]) -> Any:
    hints, known = _types(kind), {field.name for field in fields(kind)}
    try:
        return kind(**{name: _value(hints[name], plain[name]) for name in known & plain.keys()})
    except TypeError as error:
        raise ValueError(f"not all of a {kind.__name__} is there") from error


def _value(kind: Any, plain: Any) -> Any:
    if get_origin(kind) is UnionType:
        if plain is None:
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], one) for one in plain)
    if kind is date:
        return date.fromisoformat(plain)
    if is_dataclass(kind):
        return _made(kind, plain)
    return kind(plain) if issubclass(kind, StrEnum) else plain
