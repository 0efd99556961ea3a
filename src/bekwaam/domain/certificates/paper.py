"""Everything that stands on a certificate of experience, as frozen values in one language.

A certificate says what was recognised and whether the standard as a whole was met. It names evidence and
never holds its content; it says how identity was checked and never holds a number of a document; what an
assessor kept holding against a joint judgement stays in the dossier and is not on it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from bekwaam.domain.assessment.explain import Line
from bekwaam.frameworks.wheel import Wheel, make_wheel
from bekwaam.frameworks.wheel_parts import Group, Ring, State, Unit
from bekwaam.wording import N_

FORMAT: Final = "bekwaam-certificate-1"

# Why a certificate takes the place of an earlier one.
REASSESSED: Final = N_("what fell short was judged again")
OBJECTION_UPHELD: Final = N_("an objection to it was upheld")
OBJECTION_PARTLY: Final = N_("an objection to it was partly upheld")


@dataclass(frozen=True, slots=True)
class StandardOnPaper:
    """Which version of which standard: ``sha256`` is the hash over all its content."""

    id: str
    version: str
    sha256: str
    title: str
    eqf: int | None


@dataclass(frozen=True, slots=True)
class StageOnPaper:
    """A stage of the standard, lowest first."""

    code: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class EvidenceOnPaper:
    """A piece of evidence by its name: never what it says."""

    title: str
    kind: str
    dated_on: date | None


@dataclass(frozen=True, slots=True)
class InstrumentOnPaper:
    """An instrument that a finding rests on, with the days on which it was used (empty: no one day)."""

    kind: str
    held_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginOnPaper:
    """The earlier procedure in which a finding was made, and the certificate that it stood on before."""

    procedure: str
    decided_on: date
    certificate: str


@dataclass(frozen=True, slots=True)
class SupersededOnPaper:
    """The certificate that this one takes the place of, and why (a sentence of the paper's language)."""

    number: str
    issued_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitOnPaper:
    """One judged unit with its finding.

    ``counts`` tells whether it counts for the rule (None: the rule does not count it); ``asked_title``
    is the stage that the rule asks of it; ``settled`` tells how it came about where the assessors could not
    agree at first; ``pointers`` are the indicators between what was shown and what was asked, where it fell
    short; ``origin`` tells where it was taken over from.
    """

    code: str
    title: str
    kind: str
    group_code: str
    group: str
    state: State
    stage: str | None = None
    stage_title: str = ""
    rings: int = 0
    counts: bool | None = None
    asked_title: str = ""
    evidence: tuple[EvidenceOnPaper, ...] = ()
    instruments: tuple[InstrumentOnPaper, ...] = ()
    observed: str = ""
    why: str = ""
    recommendation: str = ""
    settled: str = ""
    pointers: tuple[str, ...] = ()
    origin: OriginOnPaper | None = None

    def spoke(self) -> Unit:
        """Return the unit as a wheel is told of it."""
        return Unit(
            code=self.code,
            title=self.title,
            state=self.state,
            stage=self.stage,
            stage_title=self.stage_title,
            rings=self.rings,
            short=self.counts is False,
        )


@dataclass(frozen=True, slots=True)
class SessionOnPaper:
    """An instrument that was held: when, where, who took part, and how identity was checked."""

    kind: str
    held_on: date | None
    place: str
    present: str
    identity: str
    identity_by: str


@dataclass(frozen=True, slots=True)
class RuleOnPaper:
    """The outcome by the rule. ``explanation`` begins with the whole and ends with its last part.

    ``counted``, ``needed`` and ``total`` are of the top of the rule; ``sentence`` is what it asks;
    ``asked`` the number of the ring it asks for, from 1, where it asks for one stage.
    """

    sentence: str
    met: bool
    counted: int
    needed: int
    total: int
    explanation: tuple[Line, ...]
    short: tuple[str, ...]
    asked: int | None


@dataclass(frozen=True, slots=True)
class WordsOnPaper:
    """Whose words the texts of the standard are, where not ours, and since when ``owner`` has them.

    They are ``number`` of the ``total`` texts of the standard; the rest is as it was published.
    """

    whose: str
    owner: str
    since: date
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class CertificateDocument:
    """All that stands on a certificate. Two equal documents give the same paper, byte for byte.

    ``life_domains`` holds every life domain of the standard when at least one was judged, the others as
    open; it is empty when none was. ``check_url`` is the address where anyone can check the certificate.
    ``words`` is None where the texts of the standard are those that it was published with.
    """

    language: str
    number: str
    issued_on: date
    candidate: str
    provider: str
    place: str
    assessors: tuple[str, ...]
    standard: StandardOnPaper
    purpose: str
    met: bool
    rule: RuleOnPaper
    stages: tuple[StageOnPaper, ...]
    units: tuple[UnitOnPaper, ...]
    life_domains: tuple[UnitOnPaper, ...]
    sessions: tuple[SessionOnPaper, ...]
    snapshot_sha256: str = ""
    check_url: str = ""
    words: WordsOnPaper | None = None
    supersedes: SupersededOnPaper | None = None

    @property
    def judged_domains(self) -> tuple[UnitOnPaper, ...]:
        """Return the life domains that were judged."""
        return tuple(unit for unit in self.life_domains if unit.state is not State.OPEN)

    @property
    def fell_short(self) -> tuple[UnitOnPaper, ...]:
        """Return the units that do not count for the rule."""
        return tuple(unit for unit in self.units if unit.counts is False)

    def groups(self) -> tuple[tuple[str, str, tuple[UnitOnPaper, ...]], ...]:
        """Return the units by cluster, in order: code, title and units of each."""
        found: dict[tuple[str, str], list[UnitOnPaper]] = {}
        for unit in self.units:
            found.setdefault((unit.group_code, unit.group), []).append(unit)
        return tuple((code, title, tuple(units)) for (code, title), units in found.items())

    def wheel(self, size: int = 640, centre: tuple[str, ...] = ()) -> Wheel:
        """Return the competence wheel of this certificate."""
        single = bool(self.units) and all(unit.kind == "indicator" for unit in self.units)
        rings = tuple(Ring(stage.code, stage.title) for stage in self.stages)
        return make_wheel(
            tuple(
                Group(c, title, tuple(unit.spoke() for unit in units)) for c, title, units in self.groups()
            ),
            (Ring("", ""),) if single else rings,
            tuple(unit.spoke() for unit in self.life_domains),
            language=self.language,
            size=size,
            domain_rings=len(rings),
            asked=None if single else self.rule.asked,
            centre=centre,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the document as plain JSON: dates as yyyy-mm-dd, tuples as lists."""
        plain: dict[str, Any] = _plain(asdict(self))
        return {"format": FORMAT, **plain}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
        case date():
            return value.isoformat()
        case State():
            return value.value
        case _:
            return value
