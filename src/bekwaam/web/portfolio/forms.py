"""The forms of the dossier. What is right and wrong is mostly for the services to say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bekwaam.domain.portfolio.contexts import Dimension
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind
from bekwaam.frameworks.model import Framework
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.own import Choice
from bekwaam.services.portfolio.reads import Piece
from bekwaam.services.portfolio.receiving import Received, upload_fault
from bekwaam.web.portfolio.fields import LongText, context_fields, day_fields, kind_fields
from bekwaam.web.portfolio.ties import (
    StageRows,
    TieGroup,
    TieRow,
    has_ladder,
    opened_by,
    parts_of,
    stage_rows,
    why_name,
)
from bekwaam.web.shared.units import Group, Unit


class EvidenceForm(forms.Form):
    """One piece of evidence of a given kind, with a checklist of what it can be tied to.

    ``opened`` names the units whose ladder is shown in the checklist, beside those that have to be.
    """

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("A few words by which you and the assessors know this piece."),
        error_messages={"required": gettext_lazy("Give it a title, so that you can find it again.")},
    )
    context = forms.CharField(
        label=gettext_lazy("Where you worked"),
        help_text=gettext_lazy("Such as the team, the neighbourhood or the organisation. Variety helps."),
        required=False,
    )
    ties = forms.MultipleChoiceField(
        label=gettext_lazy("What does this show?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the competences in the list.")},
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    upload = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        kind: EvidenceKind,
        framework: Framework,
        groups: Sequence[Group],
        *,
        has_file: bool,
        opened: Collection[str] = (),
        received: Received | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.kind, self.spec, self.received = kind, KINDS[kind], received
        self._framework, self._groups = framework, groups
        units = [unit for group in groups for unit in group.units]
        last = {name: self.fields.pop(name) for name in ("context", "ties", "revision", "upload")}
        self.fields.update(kind_fields(kind, has_file=has_file))
        self.fields.update(day_fields(kind))
        self.fields["context"] = last.pop("context")
        self.fields.update(context_fields(framework))
        self.fields.update(last)
        codes = [unit.code for unit in units]
        self._opened = opened_by(framework, codes, self["ties"].value() or ()) | set(opened).intersection(
            codes
        )
        tieable = list(codes)
        for code in codes:
            self._add_why(code)
            for part in parts_of(framework, code):
                tieable.append(part.code)
                if code in self._opened:
                    self._add_why(part.code)
        self.fields["ties"].choices = [(code, code) for code in tieable]  # type: ignore[attr-defined]

        if received is not None and "file" in self.fields:
            self.fields["file"].required = False

    def _add_why(self, code: str) -> None:
        label = _("Why does it show %(code)s?") % {"code": code}
        self.fields[why_name(code)] = forms.CharField(label=label, required=False)

    def clean_file(self) -> Received | None:
        """Let the rules on files speak at once, beside what is wrong with other fields.

        A file that was chosen in the form goes before one that came in piece by piece.
        """
        upload: Received | None = self.cleaned_data.get("file") or self.received
        fault = upload_fault(upload) if upload else None
        if fault:
            raise forms.ValidationError(fault.text(get_language() or "nl"), code=fault.reason)
        return upload

    def given(self) -> EvidenceInput:
        """Return what was filled in, for the service. The form must be valid."""
        data = self.cleaned_data
        texts = {field.name: data[field.name] for field in self.spec.fields}
        told = self.kind is EvidenceKind.STORY
        return EvidenceInput(
            kind=self.kind,
            title=data["title"],
            dated_on=data["dated_on"],
            until=data.get("until"),
            context=data["context"],
            contexts={name.value: data[name.value] for name in Dimension if data[name.value]},
            story=texts if told else {},
            details={} if told else texts,
            ties={code: data.get(why_name(code), "") for code in data["ties"]},
        )

    def texts(self) -> Iterator[forms.BoundField]:
        """Yield the fields above the question where it was, in order."""
        for field in self:
            if field.name == "context":
                return
            yield field

    def circumstances(self) -> list[forms.BoundField]:
        """Return the fields about where and with whom it was."""
        return [self[name] for name in ("context", *(dimension.value for dimension in Dimension))]

    def tie_groups(self) -> list[TieGroup]:
        """Return the checklist by cluster."""
        chosen = set(self["ties"].value() or ())
        found = []
        for group in self._groups:
            rows = tuple(self._tie_row(unit, chosen) for unit in group.units)
            ticked = sum(row.ticked for row in rows)
            ticked += sum(part.ticked for row in rows for stage in row.stages for part in stage.rows)
            found.append(TieGroup(group, rows, ticked, bool(ticked) or any(row.stages for row in rows)))
        return found

    def _tie_row(self, unit: Unit, chosen: set[str]) -> TieRow:
        code = unit.code
        stages: tuple[StageRows, ...] = ()
        if code in self._opened:
            stages = stage_rows(self._framework, code, chosen, lambda part: self[why_name(part)])
        ladder = has_ladder(self._framework, code)
        return TieRow(unit, code in chosen, self[why_name(code)], ladder, stages)

    def ladder(self, code: str) -> TieRow | None:
        """Return one unit of the checklist with its ladder, where that is open."""
        rows = (row for group in self.tie_groups() for row in group.rows)
        return next((row for row in rows if row.unit.code == code and row.stages), None)


def initial_of(piece: Piece) -> dict[str, Any]:
    """Return a stored piece as initial values."""
    head = piece.head
    return {
        "title": head.title,
        "dated_on": head.dated_on,
        "until": head.until,
        "context": head.context,
        **head.contexts,
        **piece.texts,
        "revision": piece.revision,
        "ties": list(head.ties),
        **{why_name(code): why for code, why in head.ties.items()},
    }


class StartForm(forms.Form):
    """What a portfolio of one's own is to be laid beside; the first choice is the usual one."""

    standard = forms.ChoiceField(
        label=gettext_lazy("What do you want to collect for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose from the list."),
            "invalid_choice": gettext_lazy("Choose from the list."),
        },
    )

    def __init__(self, choices: Sequence[Choice], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        named = [(str(choice.pk), f"{choice.title[language]} ({choice.version})") for choice in choices]
        self.fields["standard"].choices = named  # type: ignore[attr-defined]
        self.fields["standard"].initial = named[0][0] if named else None


WHOLE: Final = "-"


class TipForm(forms.Form):
    """A guide's advice, on the whole (``WHOLE``) or on one unit."""

    use_required_attribute = False

    code = forms.ChoiceField(label=gettext_lazy("What is it about?"), initial=WHOLE)
    text = LongText(label=gettext_lazy("Your tip"), rows=5)

    def __init__(self, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["text"].help_text = _("Say what could be better and how. Name what is already good.")
        self.fields["text"].error_messages["required"] = _("Write your tip first.")
        named = [(g.name, [(unit.code, f"{unit.code} {unit.name}") for unit in g.units]) for g in groups]
        self.fields["code"].choices = [(WHOLE, _("The dossier as a whole")), *named]  # type: ignore[attr-defined]

    def given(self) -> tuple[str, str]:
        """Return the text and the code, empty for the whole. The form must be valid."""
        code = self.cleaned_data["code"]
        return self.cleaned_data["text"], "" if code == WHOLE else code
