"""The kinds of evidence, as data: what each asks, when it was, and whether a file goes with it.

The check, the form, the pages and the frozen content all read this table; a new kind is a new row.

VRAAK asks that evidence is demonstrably the candidate's own (authenticity). So whatever others wrote, or
says only what was asked of somebody, has a field for what the candidate did in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    STORY = "story"
    FILE = "file"
    LINK = "link"
    DIPLOMA = "diploma"
    EMPLOYMENT = "employment"
    JOB_DESCRIPTION = "job_description"
    APPRAISAL = "appraisal"
    STATEMENT = "statement"
    PRODUCT = "product"
    REFERENCE = "reference"


class StarrField(StrEnum):
    """The five parts of a STARR story."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    REFLECTION = "reflection"


class FieldForm(StrEnum):
    """What somebody writes in a field."""

    LONG = "long"
    SHORT = "short"
    LINK = "link"


class FileRule(StrEnum):
    """Whether a file goes with a kind of evidence."""

    NEEDED = "needed"
    ALLOWED = "allowed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KindField:
    """One thing that a kind asks: ``label`` and ``hint`` are msgids; without ``contact`` no addresses."""

    name: str
    label: str
    hint: str = ""
    form: FieldForm = FieldForm.SHORT
    required: bool = True
    contact: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceSpec:
    """A kind of evidence. ``name``, ``heading`` (above an empty form), ``lead`` and ``day`` are msgids.

    ``spans`` says that it lasted: it has a first day (``day``) and, when it is over, a last one.
    """

    name: str
    heading: str
    lead: str
    icon: str
    fields: tuple[KindField, ...]
    file: FileRule = FileRule.NONE
    day: str = N_("Date")
    day_required: bool = False
    spans: bool = False

    def field(self, name: str) -> KindField | None:
        """Return the field of a name, if this kind has it."""
        return next((field for field in self.fields if field.name == name), None)


_LONG, _LINK = FieldForm.LONG, FieldForm.LINK
_FROM: Final = N_("From")
_OWN_PART: Final = KindField(
    "own_part",
    N_("What you did in it yourself"),
    N_("Which of this was your own work, and how can one tell?"),
    _LONG,
)
_SHOWS: Final = KindField(
    "shows", N_("What it shows"), N_("What one sees there of your work, and what you did yourself."), _LONG
)

KINDS: Final[dict[EvidenceKind, EvidenceSpec]] = {
    EvidenceKind.STORY: EvidenceSpec(
        N_("Story (STARR)"),
        N_("Tell what you did"),
        N_("Choose one situation from your work. A few sentences a part are enough; write in the I-form."),
        "story",
        (
            KindField(
                StarrField.SITUATION.value,
                N_("Situation"),
                N_("Where and when was it? Who were there? Say what they were, not who."),
                _LONG,
            ),
            KindField(
                StarrField.TASK.value,
                N_("Task"),
                N_("What was asked of you, or what did you set out to do?"),
                _LONG,
            ),
            KindField(
                StarrField.ACTION.value,
                N_("Action"),
                N_("What did you do yourself, step by step, and why that way? Write I, not we."),
                _LONG,
            ),
            KindField(
                StarrField.RESULT.value,
                N_("Result"),
                N_("What came of it, and for whom? How do you know?"),
                _LONG,
            ),
            KindField(
                StarrField.REFLECTION.value,
                N_("Reflection"),
                N_("What would you do again, what differently? What did you learn about yourself?"),
                _LONG,
            ),
        ),
    ),
    EvidenceKind.FILE: EvidenceSpec(
        N_("File"),
        N_("Add a file"),
        N_("Something that you made or got in your work: a plan, a report, a letter, a photo, a recording."),
        "file",
        (),
        FileRule.NEEDED,
    ),
    EvidenceKind.PRODUCT: EvidenceSpec(
        N_("Product of your work"),
        N_("Add something that you made"),
        N_("A plan, a folder, a game, a film: something that came out of your hands and was used."),
        "product",
        (
            KindField(
                "made_for",
                N_("What it was made for"),
                N_("For whom was it, and what was done with it?"),
                _LONG,
            ),
            _OWN_PART,
        ),
        FileRule.NEEDED,
    ),
    EvidenceKind.LINK: EvidenceSpec(
        N_("Link"),
        N_("Point to a page on the internet"),
        N_("An article, a film or a site that shows your work and that anyone with the address can open."),
        "link",
        (
            KindField("url", N_("Address of the page"), N_("Begins with https:// or http://."), _LINK),
            _SHOWS,
        ),
    ),
    EvidenceKind.DIPLOMA: EvidenceSpec(
        N_("Diploma or certificate"),
        N_("Add a diploma or certificate"),
        N_("Of a school, a course or a training. Cover your citizen number before you add the file."),
        "diploma",
        (
            KindField("issuer", N_("Who gave it"), N_("The school or the organisation.")),
            KindField(
                "level",
                N_("Level"),
                N_("Such as mbo 4 or hbo, or how many hours it took."),
                required=False,
            ),
            KindField("number", N_("Number on the paper"), required=False),
        ),
        FileRule.ALLOWED,
        N_("Date on the paper"),
        day_required=True,
    ),
    EvidenceKind.EMPLOYMENT: EvidenceSpec(
        N_("Job or volunteer work"),
        N_("Add where you worked"),
        N_("Paid or as a volunteer. That you worked there shows little by itself; what you did there does."),
        "work",
        (
            KindField("employer", N_("Employer or organisation")),
            KindField("function", N_("Your function")),
            KindField("hours", N_("Hours a week"), N_("About how many."), required=False),
            KindField(
                "own_part",
                N_("What you did there"),
                N_("With whom did you work, and what was in your hands?"),
                _LONG,
                required=False,
            ),
        ),
        FileRule.ALLOWED,
        _FROM,
        day_required=True,
        spans=True,
    ),
    EvidenceKind.JOB_DESCRIPTION: EvidenceSpec(
        N_("Job description"),
        N_("Add a job description"),
        N_("It says what was asked of you. What you did with that is for you to tell."),
        "work",
        (
            KindField("employer", N_("Employer or organisation")),
            KindField("function", N_("Your function")),
            _OWN_PART,
        ),
        FileRule.ALLOWED,
        _FROM,
        spans=True,
    ),
    EvidenceKind.APPRAISAL: EvidenceSpec(
        N_("Appraisal"),
        N_("Add an appraisal"),
        N_("The report of a talk with the one you worked for, about how you did your work."),
        "people",
        (
            KindField("employer", N_("Employer or organisation")),
            KindField(
                "by",
                N_("Who wrote it"),
                N_("Their function. A phone number or mail address is not kept here."),
                contact=False,
            ),
            KindField("about", N_("What it says about your work"), form=_LONG),
        ),
        FileRule.ALLOWED,
    ),
    EvidenceKind.STATEMENT: EvidenceSpec(
        N_("Statement of an employer or volunteer organisation"),
        N_("Add a statement of an employer or organisation"),
        N_("A letter in which somebody who saw you at work says what you did there."),
        "people",
        (
            KindField("employer", N_("Employer or organisation")),
            KindField(
                "by",
                N_("Who signed it"),
                N_("Their function. A phone number or mail address is not kept here: you are asked for it."),
                contact=False,
            ),
            KindField("about", N_("What it says about your work"), form=_LONG),
        ),
        FileRule.ALLOWED,
    ),
    EvidenceKind.REFERENCE: EvidenceSpec(
        N_("Reference evidence"),
        N_("Point to evidence that stays where it is"),
        N_("For what may not leave its place, such as a client's file. The assessors look at it there."),
        "eye",
        (
            KindField(
                "where",
                N_("Where it is"),
                N_("At which organisation or in which system an assessor could look at it."),
                _LONG,
            ),
            KindField(
                "who",
                N_("Who can show it"),
                N_("Who may open it and can be asked: what that person is there, and at which desk."),
                _LONG,
            ),
            KindField(
                "shows",
                N_("What it shows"),
                N_("What an assessor would see there of your work, and what you did yourself."),
                _LONG,
            ),
        ),
    ),
}

EVIDENCE_NAMES: Final[dict[EvidenceKind, str]] = {kind: spec.name for kind, spec in KINDS.items()}


def labelled(kind: EvidenceKind, texts: dict[str, str]) -> list[tuple[str, KindField]]:
    """Return what ``texts`` hold of a kind's fields, in the order of the table: (text, field) pairs."""
    return [(texts[field.name], field) for field in KINDS[kind].fields if texts.get(field.name)]
