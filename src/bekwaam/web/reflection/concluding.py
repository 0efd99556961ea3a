"""The form with which a step is concluded: each step asks something of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from bekwaam.domain.deliberation.answers import (
    CASE_KINDS,
    Answer,
    Choice,
    Concerned,
    FromCode,
    Option,
    Options,
    Recognition,
    Resembles,
    Somebody,
    Told,
    Values,
)
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.telling import RECOGNITION_NAMES
from bekwaam.services.reflection.state import dilemmas
from bekwaam.web.reflection.forms import LookedForm
from bekwaam.web.shared.case import language

ROWS: Final = 3
MORE: Final = 3
MOST_ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Group:
    """A category of dilemmas with its cases as boxes; ``open`` where one is ticked."""

    name: str
    options: list[Any]
    open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Fields that belong together: somebody who is concerned, or a way to do it."""

    label: str
    fields: list[forms.BoundField]


class ConcludeForm(LookedForm):
    """What a step concludes. ``options`` are those that were found before, for the choice."""

    def __init__(
        self, step: Step, options: Options | None, *args: Any, rows: int = ROWS, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.step, self.rows = step, max(ROWS, min(rows, MOST_ROWS))
        looked = self.fields.pop("looked")
        _FIELDS[step](self, options)
        self.fields["looked"] = looked

    @property
    def in_rows(self) -> bool:
        """Tell whether this step asks for rows."""
        return self.step in (Step.CONCERNED, Step.OPTIONS)

    def lines(self) -> list[Row]:
        """Return the rows of this step."""
        names = {Step.CONCERNED: ("who", "recognises", "note"), Step.OPTIONS: ("how", "price")}.get(self.step)
        label = _("Concerned %(number)s") if self.step is Step.CONCERNED else _("Way %(number)s")
        return [
            Row(label % {"number": number + 1}, [self[f"{name}_{number}"] for name in names or ()])
            for number in range(self.rows if names else 0)
        ]

    def others(self) -> list[forms.BoundField]:
        """Return the fields that are in no row."""
        in_row = {field.name for row in self.lines() for field in row.fields}
        return [field for field in self.shown() if field.name not in in_row]

    def groups(self) -> list[Group]:
        """Return the dilemmas to choose from, by category."""
        return grouped(self["codes"])

    def answer(self) -> Answer:
        """Return what was filled in; the rules of the deliberation check it."""
        return _ANSWERS[self.step](self)


def grouped(field: forms.BoundField) -> list[Group]:
    """Return the boxes of a field by the category that their code begins with."""
    found: dict[str, list[Any]] = {}
    for option in field:
        found.setdefault(str(option.data["value"]).partition(".")[0], []).append(option)
    return [
        Group(str(options[0].choice_label), options, any(one.data["selected"] for one in options))
        for options in found.values()
    ]


def _long(label: str, *, hint: str = "", rows: int = 4, needed: str = "") -> forms.CharField:
    """Return a field for a longer text; ``needed`` is what is said where it stays empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(needed),
        error_messages={"required": needed} if needed else None,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _told(form: ConcludeForm, options: Options | None) -> None:
    form.fields["text"] = _long(
        _("What do you conclude together?") if form.step is Step.FACTS else _("What do you take from it?"),
        rows=6,
        needed=_("Write something here."),
    )


def _concerned(form: ConcludeForm, options: Options | None) -> None:
    choices = [("", "—"), *((one.value, _(RECOGNITION_NAMES[one])) for one in Recognition)]
    for number in range(form.rows):
        form.fields[f"who_{number}"] = forms.CharField(label=_("Who, by what they are"), required=False)
        form.fields[f"recognises_{number}"] = forms.ChoiceField(
            label=_("In what stands under “What happened”"), choices=choices, required=False
        )
        form.fields[f"note_{number}"] = forms.CharField(
            label=_("Why they could not be asked"), required=False
        )


def _values(form: ConcludeForm, options: Options | None) -> None:
    form.fields["values"] = _long(
        _("The values at stake"),
        hint=_("One on each line, at least two."),
        needed=_("A dilemma lies between values: name at least two."),
    )


def _resembles(form: ConcludeForm, options: Options | None) -> None:
    form.fields["codes"] = forms.MultipleChoiceField(
        label=_("Which kind of dilemma is it?"),
        choices=case_choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    form.fields["text"] = _long(_("How does it resemble that, or why does it resemble none?"))


def _code(form: ConcludeForm, options: Options | None) -> None:
    form.fields["articles"] = _long(_("Articles of your professional code"), hint=_("One on each line."))
    form.fields["text"] = _long(_("What do they ask of you here?"))


def _options(form: ConcludeForm, options: Options | None) -> None:
    for number in range(form.rows):
        form.fields[f"how_{number}"] = _long(_("How could you do it?"), rows=2)
        form.fields[f"price_{number}"] = _long(_("What does it cost, and whom?"), rows=2)


def _choice(form: ConcludeForm, options: Options | None) -> None:
    found = options.options if options else ()
    form.fields["chosen"] = forms.MultipleChoiceField(
        label=_("What do you choose?"),
        help_text=_("You can combine ways."),
        choices=[(str(place), one.how) for place, one in enumerate(found)],
        error_messages={"required": _("Choose one of the ways that you found, or combine some.")},
        widget=forms.CheckboxSelectMultiple,
    )
    form.fields["reason"] = _long(
        _("Why? Give the reason to all who are concerned"),
        needed=_("Give the reason: to all who are concerned, and to yourselves."),
    )
    form.fields["dissent"] = _long(
        _("Who sees it otherwise, and why"), hint=_("It is kept beside the choice.")
    )
    form.fields["day"] = forms.DateField(
        label=_("When do you look back?"),
        error_messages={"required": _("Choose a day on which you look back.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def case_choices() -> list[tuple[str, str]]:
    """Return the categories and cases to choose from, each category before its cases."""
    items = [item for item in dilemmas().items if item.kind in CASE_KINDS]
    return [(item.code, f"{item.code} {item.name(language())}") for item in items]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _somebodies(form: ConcludeForm) -> Answer:
    data = form.cleaned_data
    found = []
    for number in range(form.rows):
        who, said, note = (data[f"{name}_{number}"] for name in ("who", "recognises", "note"))
        if who.strip() or said or note.strip():
            found.append(Somebody(who, Recognition(said or Recognition.NOT_ASKED), note))
    return Concerned(tuple(found))


def _ways(form: ConcludeForm) -> Answer:
    data = form.cleaned_data
    found = [Option(data[f"how_{number}"], data[f"price_{number}"]) for number in range(form.rows)]
    return Options(tuple(one for one in found if one.how.strip() or one.price.strip()))


def _chosen(form: ConcludeForm) -> Answer:
    data = form.cleaned_data
    return Choice(tuple(int(place) for place in data["chosen"]), data["reason"], data["dissent"])


_FIELDS: Final = {
    Step.FACTS: _told,
    Step.CONCERNED: _concerned,
    Step.VALUES: _values,
    Step.RESEMBLES: _resembles,
    Step.CODE: _code,
    Step.OPTIONS: _options,
    Step.CHOICE: _choice,
    Step.LOOKING_BACK: _told,
}
_ANSWERS: Final = {
    Step.FACTS: lambda form: Told(form.cleaned_data["text"]),
    Step.CONCERNED: _somebodies,
    Step.VALUES: lambda form: Values(_lines(form.cleaned_data["values"])),
    Step.RESEMBLES: lambda form: Resembles(tuple(form.cleaned_data["codes"]), form.cleaned_data["text"]),
    Step.CODE: lambda form: FromCode(_lines(form.cleaned_data["articles"]), form.cleaned_data["text"]),
    Step.OPTIONS: _ways,
    Step.CHOICE: _chosen,
    Step.LOOKING_BACK: lambda form: Told(form.cleaned_data["text"]),
}


def initial_of(answer: Answer | None) -> dict[str, Any]:
    """Return an earlier conclusion of the same step as initial values, for a later round."""
    match answer:
        case Told(text):
            return {"text": text}
        case Concerned(people):
            return {
                f"{name}_{number}": getattr(one, name)
                for number, one in enumerate(people)
                for name in ("who", "recognises", "note")
            }
        case Values(values):
            return {"values": "\n".join(values)}
        case Resembles(codes, text):
            return {"codes": list(codes), "text": text}
        case FromCode(articles, text):
            return {"articles": "\n".join(articles), "text": text}
        case Options(options):
            return {
                f"{name}_{number}": getattr(one, name)
                for number, one in enumerate(options)
                for name in ("how", "price")
            }
        case Choice(_chosen, reason, dissent):
            return {"reason": reason, "dissent": dissent}
        case None:
            return {}


def rows_of(answer: Answer | None) -> int:
    """Return how many rows an earlier conclusion fills."""
    if isinstance(answer, Concerned):
        return len(answer.people)
    return len(answer.options) if isinstance(answer, Options) else 0
