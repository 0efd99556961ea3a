"""A dossier file into a :class:`~bekwaam.domain.assessment.dossier.Dossier`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from bekwaam.cli.dossier.fields import day, one_of, only, short
from bekwaam.cli.dossier.findings import Judged, read_findings
from bekwaam.domain.assessment.dossier import Dossier, EvidenceEntry
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.instruments import IdentityCheck, Session
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose, Scope
from bekwaam.frameworks.faults import FaultList, FaultsFound
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.reading.fields import CODE, Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.wording import N_

MAX_BYTES: Final = 1_000_000
KEYS: Final = (
    "standard", "version", "language", "candidate", "provider", "number", "date", "purpose", "other_stages",
    "life_domains", "instruments", "evidence", "assessors", "findings",
)  # fmt: skip
SESSION_KEYS: Final = ("ref", "kind", "date", "place", "present", "identity", "identity_by")


class SecondInstrument(StrEnum):
    """The instruments that are held at a moment, beside the portfolio."""

    INTERVIEW = InstrumentKind.INTERVIEW
    OBSERVATION = InstrumentKind.OBSERVATION
    PRACTICAL_TEST = InstrumentKind.PRACTICAL_TEST


class DossierLanguage(StrEnum):
    """The languages that a certificate can be in."""

    NL = "nl"
    EN = "en"


def read_dossier(path: Path) -> Dossier:
    """Return the dossier in a YAML or JSON file. Raises FaultsFound with every fault, each with its line.

    At most one megabyte is read, whatever the size of the file.
    """
    faults = FaultList()
    name = str(path)
    node = read_file(path, name, MAX_BYTES, faults)
    if node is None:
        raise FaultsFound(faults.sorted())
    if not isinstance(node, Table):
        message = N_("A dossier is a table of keys and values, starting with the standard; this is not.")
        faults.add(name, node.line, "", "not_a_table", message)
        raise FaultsFound(faults.sorted())
    dossier = _dossier(Fields(name, node, faults))
    if dossier is None or faults:
        raise FaultsFound(faults.sorted())
    return dossier


def _dossier(fields: Fields) -> Dossier | None:
    only(fields, KEYS)
    standard = _standard(fields)
    scope = _scope(fields, standard)
    candidate, _ = _party(fields, "candidate", ("name",))
    provider, place = _party(fields, "provider", ("name", "place"))
    refs: dict[str, int] = {}
    sessions = tuple(_session(found, refs) for found in fields.tables("instruments"))
    evidence = tuple(_evidence(found, refs) for found in fields.tables("evidence"))
    judged = Judged(standard, scope, frozenset(refs))
    findings, recommendations = read_findings(fields, judged)
    language = one_of(fields, "language", DossierLanguage) or DossierLanguage.NL
    number, dated = short(fields, "number", required=False), day(fields, "date")
    assessors = tuple(name for name, _ in fields.strings("assessors"))
    if standard is None:
        return None
    return Dossier(
        standard=standard,
        candidate=candidate,
        provider=provider,
        place=place,
        number=number,
        dated=dated,
        language=language.value,
        scope=scope,
        sessions=sessions,
        evidence=evidence,
        assessors=assessors,
        findings=findings,
        recommendations=recommendations,
    )


def _standard(fields: Fields) -> Framework | None:
    identifier = short(fields, "standard")
    version = short(fields, "version", required=False)
    if not identifier:
        return None
    standards = builtin_ids("standard")
    if identifier not in standards:
        message = N_('There is no standard "{id}". There are: {known}.')
        line = fields.line("standard")
        fields.fault(line, "unknown_standard", message, id=identifier, known=", ".join(standards))
        return None
    versions = builtin_versions(identifier)
    if not version or version in versions:
        return load_builtin(identifier, version or None)
    message = N_('Of "{id}" there is no version {version}, only {known}.')
    values = {"id": identifier, "version": version, "known": ", ".join(versions)}
    fields.fault(fields.line("version"), "unknown_version", message, **values)
    return load_builtin(identifier)


def _scope(fields: Fields, standard: Framework | None) -> Scope:
    purpose = one_of(fields, "purpose", Purpose) or Purpose.RECOGNITION
    wanted = fields.strings("life_domains")
    known = [item.code for item in standard.of_kind("life_domain")] if standard else []
    for code, line in wanted:
        if standard is not None and code not in known:
            message = N_('The standard has no life domain "{code}". It has: {known}.')
            values = {"code": code, "known": ", ".join(known) or "-"}
            fields.fault(line, "unknown_life_domain", message, **values)
    codes = tuple(dict.fromkeys(code for code, _ in wanted if code in known))
    return Scope(purpose, fields.flag("other_stages"), codes)


def _party(fields: Fields, key: str, keys: tuple[str, ...]) -> tuple[str, str]:
    """Return the name (and place) of the candidate or the provider."""
    below = fields.table_at(key)
    if below is None:
        return "", ""
    only(below, keys)
    return short(below, "name"), short(below, "place", required=False) if "place" in keys else ""


def _ref(fields: Fields, refs: dict[str, int]) -> str:
    """Return the reference of a piece of evidence or a session: they share one set of names."""
    ref = short(fields, "ref")
    line = fields.line("ref")
    if ref and not CODE.fullmatch(ref):
        message = N_('"{code}" cannot be a code: use letters, digits, ".", "-" and "_", 40 at most.')
        fields.fault(line, "odd_code", message, code=ref)
    elif ref in refs:
        message = N_('"{ref}" is used already, on line {line}. Give everything a reference of its own.')
        fields.fault(line, "duplicate_ref", message, ref=ref, line=refs[ref])
    elif ref:
        refs[ref] = line
    return ref


def _session(fields: Fields, refs: dict[str, int]) -> Session:
    only(fields, SESSION_KEYS)
    kind = one_of(fields, "kind", SecondInstrument, required=True)
    return Session(
        ref=_ref(fields, refs),
        kind=InstrumentKind(kind.value if kind else InstrumentKind.INTERVIEW),
        held_on=day(fields, "date"),
        place=short(fields, "place", required=False),
        present=short(fields, "present", required=False),
        identity=one_of(fields, "identity", IdentityCheck),
        identity_by=short(fields, "identity_by", required=False),
    )


def _evidence(fields: Fields, refs: dict[str, int]) -> EvidenceEntry:
    only(fields, ("ref", "title", "kind", "date"))
    return EvidenceEntry(
        ref=_ref(fields, refs),
        title=short(fields, "title"),
        kind=one_of(fields, "kind", EvidenceKind) or EvidenceKind.FILE,
        dated=day(fields, "date"),
    )
