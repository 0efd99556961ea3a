"""What a credential says, read back for people: by whom, of what, with which outcome.

Whether it is true is another question (:mod:`.verifying`). What is read here may come from anybody, so
nothing is taken for granted: what is not there, or is not as ours are, is empty. Source of the forms:
:mod:`.openbadge` and :mod:`.achievement`; Open Badges 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from bekwaam.domain.certificates.achievement import CONTENT_HASH
from bekwaam.domain.certificates.sealing import same_person
from bekwaam.trust.moments import read_moment, write_moment
from bekwaam.trust.reasons import Refused

_LONGEST: Final = 300
_MOST_UNITS: Final = 200
_UNIT: Final = "#unit-"


@dataclass(frozen=True, slots=True)
class UnitClaim:
    """What is said of one competence: its code and title, the stage that was shown, or that none was."""

    code: str
    title: str
    stage: str = ""
    value: str = ""

    @property
    def shown(self) -> bool:
        """Whether a stage was shown."""
        return bool(self.stage)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a credential says. Texts are empty and numbers None where it says nothing that we understand.

    ``whole`` tells a credential of the standard as a whole from one of experience. ``met`` is whether the
    standard was met, ``counted`` how many counted out of ``total``, where ``needed`` were asked.
    ``holder_name`` is there only with the holder's consent; ``replaces`` names the certificate that this one
    took the place of, by its number.
    """

    issuer_did: str = ""
    issuer_host: str = ""
    issuer_name: str = ""
    issued_at: datetime | None = None
    ends_at: datetime | None = None
    number: str = ""
    title: str = ""
    standard: str = ""
    standard_code: str = ""
    standard_version: str = ""
    standard_sha256: str = ""
    whole: bool = False
    met: bool | None = None
    counted: int | None = None
    needed: int | None = None
    total: int | None = None
    units: tuple[UnitClaim, ...] = ()
    holder_name: str = ""
    language: str = ""
    replaces: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data; moments in UTC."""
        made = asdict(self)
        made["units"] = list(made["units"])
        for name in ("issued_at", "ends_at"):
            made[name] = write_moment(made[name]) if made[name] else None
        return made


def host_of(did: str) -> str:
    """Return at which host an issuer's identifier lives (``did:web``), with its port; else nothing."""
    parts = did.split(":")
    return parts[2].replace("%3A", ":")[:_LONGEST] if parts[:2] == ["did", "web"] and len(parts) > 2 else ""


def claimed_in(credential: dict[str, Any]) -> Claimed:
    """Return what ``credential`` says; never raises for what is in it."""
    subject = _object(_first(credential.get("credentialSubject")))
    achievement = _object(_first(subject.get("achievement")))
    issuer = credential.get("issuer")
    did = _text(issuer if isinstance(issuer, str) else _object(issuer).get("id"))
    rule, count = _result(subject, achievement, "#rule"), _result(subject, achievement, "#count")
    return Claimed(
        issuer_did=did,
        issuer_host=host_of(did),
        issuer_name=_text(_object(issuer).get("name")),
        issued_at=_moment(credential.get("validFrom")),
        ends_at=_moment(credential.get("validUntil")),
        number=_text(subject.get("licenseNumber")),
        title=_text(credential.get("name")),
        standard=_standard_title(achievement),
        standard_code=_text(achievement.get("humanCode")),
        standard_version=_text(achievement.get("version")),
        standard_sha256=_content_hash(achievement),
        whole=achievement.get("achievementType") == "Competency",
        met=_met(*rule),
        counted=_number(count[0].get("value")),
        needed=_number(count[1].get("requiredValue")),
        total=_number(count[1].get("valueMax")),
        units=tuple(_units(subject, achievement)),
        holder_name=next((_text(it.get("identityHash")) for it in _names(subject) if not _hashed(it)), ""),
        language=_text(achievement.get("inLanguage")),
        replaces=_replaces(credential, _text(subject.get("licenseNumber"))),
    )


def identities_in(credential: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return by what the holder is known: the ``IdentityObject`` entries, names and addresses."""
    subject = _object(_first(credential.get("credentialSubject")))
    return tuple(it for it in map(_object, _listed(subject.get("identifier"))) if it.get("identityType"))


def is_of(credential: dict[str, Any], who: str) -> bool | None:
    """Tell whether ``credential`` is of ``who`` (a name, or a mail address); None where it cannot be told.

    A hashed name tells only yes or no. Many tries find a name that one does not know: that is why a name is
    asked for and not offered.
    """
    kind = "emailAddress" if "@" in who else "name"
    known = [it for it in identities_in(credential) if it.get("identityType") == kind]
    return any(same_person(who, it) for it in known) if known else None


def _names(subject: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (
        it for it in map(_object, _listed(subject.get("identifier"))) if it.get("identityType") == "name"
    )


def _hashed(it: dict[str, Any]) -> bool:
    return it.get("hashed") is not False


def _standard_title(achievement: dict[str, Any]) -> str:
    """Return the title of the standard: the framework of the first alignment, else the achievement's name."""
    for it in map(_object, _listed(achievement.get("alignment"))):
        if title := _text(it.get("targetFramework")):
            return title
    return _text(achievement.get("name"))


def _content_hash(achievement: dict[str, Any]) -> str:
    for it in map(_object, _listed(achievement.get("otherIdentifier"))):
        if it.get("identifierType") == CONTENT_HASH:
            return _text(it.get("identifier"))
    return ""


def _described(achievement: dict[str, Any]) -> dict[str, dict[str, Any]]:
    listed = map(_object, _listed(achievement.get("resultDescription")))
    return {_text(it.get("id")): it for it in listed}


def _result(
    subject: dict[str, Any], achievement: dict[str, Any], ending: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the result whose description ends on ``ending``, and that description; empty when not there."""
    described = _described(achievement)
    for it in map(_object, _listed(subject.get("result"))):
        of = _text(it.get("resultDescription"))
        if of.endswith(ending):
            return it, described.get(of, {})
    return {}, {}


def _met(result: dict[str, Any], description: dict[str, Any]) -> bool | None:
    value, asked = result.get("value"), description.get("requiredValue")
    return value == asked if isinstance(value, str) and isinstance(asked, str) else None


def _units(subject: dict[str, Any], achievement: dict[str, Any]) -> Iterator[UnitClaim]:
    described = _described(achievement)
    for it in map(_object, _listed(subject.get("result"))[:_MOST_UNITS]):
        of = _text(it.get("resultDescription"))
        _, mark, code = of.partition(_UNIT)
        if mark and code:
            stage = _text(it.get("achievedLevel")).rpartition("/")[2]
            name = _text(described.get(of, {}).get("name"))
            yield UnitClaim(code, name.removeprefix(f"{code} "), stage, _text(it.get("value")))


def _replaces(credential: dict[str, Any], own: str) -> str:
    """Return the number of the earlier certificate: evidence with an address and nothing that is hashed.

    One of the standard as a whole names that of experience in the same way, under its ``own`` number.
    """
    for it in map(_object, _listed(credential.get("evidence"))):
        address = it.get("id")
        if isinstance(address, str) and address.startswith("https://") and "digestMultibase" not in it:
            number = address.partition("#")[0].rpartition("/")[2][:_LONGEST]
            if number != own:
                return number
    return ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    listed = _listed(value)
    return listed[0] if listed else None


def _text(value: Any) -> str:
    """Return a text, cut to what a screen can bear; of a text with its language, the text."""
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _moment(value: Any) -> datetime | None:
    try:
        return read_moment(value)
    except Refused:
        return None
