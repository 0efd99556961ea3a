"""The forms of drafting. What is right and wrong is mostly for the rules of editing to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from bekwaam.frameworks.editing.head import HeadInput
from bekwaam.frameworks.editing.items import ItemInput
from bekwaam.frameworks.editing.stages import StageInput
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.web.frameworks.presenting import sort_name
from bekwaam.web.shared.case import language

Choices = list[tuple[str, str]]
LONGEST_TITLE = 300
LONGEST_TEXT = 5000


class Wanted(forms.CharField):
    """A text that has to be there before publishing, but may wait until then."""

    def validate(self, value: Any) -> None:
        """Let an empty text be; the list of what is missing tells of it."""


class LongText(Wanted):
    """A text over several lines, with line ends of one kind whatever the browser sends."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text with plain newlines."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class DraftForm(forms.Form):
    """A form about one part of a draft; ``seen`` is the fingerprint of what it showed."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def text(self, name: str) -> Text:
        """Return a text in both languages as it was filled in."""
        data = self.cleaned_data
        return Text(data.get(f"{name}_nl", ""), data.get(f"{name}_en", ""))

    def pairs(self) -> list[dict[str, Any]]:
        """Return the fields in rows: Dutch beside English, others alone; those of the source left out."""
        rows: list[dict[str, Any]] = []
        for field in self.visible_fields():
            if field.name in ("document", "section", "own"):
                continue
            if field.name.endswith("_en") and rows:
                rows[-1]["beside"] = field
            else:
                rows.append({"field": field})
        return rows

    def in_two_languages(self) -> bool:
        """Tell whether anything is asked in English too."""
        return any(name.endswith("_en") for name in self.fields)

    def source_fields(self) -> list[forms.BoundField]:
        """Return the fields that say where it comes from."""
        return [self[name] for name in ("document", "section", "own") if name in self.fields]

    def source_is_open(self) -> bool:
        """Tell whether the fields about the source have to be in sight."""
        return any(field.errors for field in self.source_fields())

    def _with_source(self, framework: Framework) -> None:
        documents = [(n, f"{n}: {title[language()] or title.nl}") for n, title in framework.documents.items()]
        self.fields["document"] = forms.ChoiceField(label=_("Document"), choices=documents)
        self.fields["section"] = forms.CharField(
            label=_("Place in the document"), required=False, max_length=80
        )

    def source(self) -> Source:
        """Return where it comes from."""
        return Source(self.cleaned_data["document"], self.cleaned_data["section"])


def _title(label: Any, **kwargs: Any) -> Wanted:
    return Wanted(label=label, max_length=LONGEST_TITLE, **kwargs)


def _english(label: Any, *, long: bool = False) -> Wanted:
    kind = LongText if long else Wanted
    return kind(label=label, max_length=LONGEST_TEXT if long else LONGEST_TITLE)


class ItemForm(DraftForm):
    """One part of a framework, with the fields that its kind needs."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    parent = forms.CharField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Code"), max_length=40)

    def __init__(self, framework: Framework, kind: str, *, titled: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        needs = KINDS[kind].needs
        if KINDS[kind].staged:
            stages = [(one.code, one.title[language()] or one.code) for one in framework.stages]
            self.fields["stage"] = forms.ChoiceField(
                label=_("Stage"), choices=stages, widget=forms.RadioSelect, required=bool(stages)
            )
        if "title" in needs or not needs or titled:
            self.fields["title_nl"] = _title(_("Title"))
            self.fields["title_en"] = _english(_("Title in English"))
        wanted = "text" in needs
        label = _("Text") if wanted else _("Explanation")
        self.fields["text_nl"] = LongText(label=label, rows=4, required=wanted)
        english = _("Text in English") if wanted else _("Explanation in English")
        self.fields["text_en"] = _english(english, long=True)
        self._with_source(framework)
        self.fields["own"] = forms.BooleanField(label=_("This goes beyond the document"), required=False)

    def given(self) -> ItemInput:
        """Return what was filled in. The form must be valid."""
        data = self.cleaned_data
        return ItemInput(
            code=data["code"],
            title=self.text("title"),
            text=self.text("text"),
            source=self.source(),
            stage=data.get("stage") or None,
            own=data["own"],
        )


def item_initial(item: Item) -> dict[str, Any]:
    """Return an item as the values of its form."""
    title, text = item.title or Text("", ""), item.text or Text("", "")
    return {
        "kind": item.kind,
        "parent": item.parent or "",
        "code": item.code,
        "stage": item.stage,
        "title_nl": title.nl,
        "title_en": title.en,
        "text_nl": text.nl,
        "text_en": text.en,
        "document": item.source.document,
        "section": item.source.section,
        "own": item.own,
    }


def kind_choices() -> Choices:
    """Return what a framework can be."""
    explained = {
        "standard": _("Standard: people are judged by it, with a rule that says what is enough"),
        "framework": _("Framework: a description of the profession or of what people need to know"),
        "module": _("Building block: made to be taken over into other frameworks"),
    }
    return [(kind, str(text)) for kind, text in explained.items()]


class HeadForm(DraftForm):
    """What a framework says about itself."""

    title_nl = _title(_("Title"))
    title_en = _english(_("Title in English"))
    description_nl = LongText(label=_("Description"), help_text=_("What is it for, and for whom?"))
    description_en = _english(_("Description in English"), long=True)
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    version = forms.CharField(label=_("Version"), max_length=40)
    identifier = forms.CharField(
        label=_("Id"),
        max_length=80,
        help_text=_("The name in addresses and exports: small letters, digits and “-”."),
    )
    eqf = forms.IntegerField(
        label=_("European level (EQF)"),
        required=False,
        help_text=_("Only where a document gives one: a number from 1 to 8."),
    )

    def __init__(self, framework: Framework, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["kind"].choices = kind_choices()
        self._with_source(framework)

    def given(self) -> HeadInput:
        """Return what was filled in. The form must be valid."""
        data = self.cleaned_data
        return HeadInput(
            identifier=data["identifier"],
            version=data["version"],
            kind=data["kind"],
            title=self.text("title"),
            description=self.text("description"),
            source=self.source(),
            eqf=data["eqf"],
        )


def head_initial(framework: Framework) -> dict[str, Any]:
    """Return the head of a framework as the values of its form."""
    return {
        "title_nl": framework.title.nl,
        "title_en": framework.title.en,
        "description_nl": framework.description.nl,
        "description_en": framework.description.en,
        "kind": framework.kind,
        "version": framework.version,
        "identifier": framework.id,
        "eqf": framework.eqf,
        "document": framework.source.document,
        "section": framework.source.section,
    }


class StageForm(DraftForm):
    """A stage of experience."""

    title_nl = _title(_("Name"))
    title_en = _english(_("Name in English"))
    description_nl = LongText(label=_("What somebody at this stage shows"))
    description_en = _english(_("That in English"), long=True)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("One word, such as vakbekwaam."))
    short = forms.CharField(
        label=_("Short form"), max_length=6, help_text=_("A few letters for in codes, such as vb.")
    )

    def __init__(self, framework: Framework, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._with_source(framework)

    def given(self) -> StageInput:
        """Return what was filled in. The form must be valid."""
        data = self.cleaned_data
        return StageInput(
            data["code"], data["short"], self.text("title"), self.text("description"), self.source()
        )


def stage_initial(stage: Stage) -> dict[str, Any]:
    """Return a stage as the values of its form."""
    return {
        "title_nl": stage.title.nl,
        "title_en": stage.title.en,
        "description_nl": stage.description.nl,
        "description_en": stage.description.en,
        "code": stage.code,
        "short": stage.short,
        "document": stage.source.document,
        "section": stage.source.section,
    }


class DocumentForm(DraftForm):
    """A document that parts of the framework come from."""

    number = forms.CharField(
        label=_("Number or short name"), max_length=40, help_text=_("Such as 1, or beleid-2026.")
    )
    title_nl = _title(_("Title"))
    title_en = _english(_("Title in English"))


class StartForm(forms.Form):
    """Beginning a framework: its names, and what it begins with."""

    use_required_attribute = False
    source = forms.ChoiceField(label=_("What do you want to begin with?"))
    file = forms.FileField(
        label=_("Your spreadsheet"), help_text=_("An Excel file (.xlsx) or CSV, made with our template.")
    )
    kind = forms.ChoiceField(label=_("What do you want to make?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    version = forms.CharField(label=_("Version"), max_length=40, initial="1.0")
    identifier = forms.CharField(
        label=_("Id"),
        max_length=80,
        required=False,
        help_text=_("The name in addresses and exports. Leave it empty: we then make one from the title."),
    )

    def __init__(self, way: str, *args: Any, sources: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources
        self.fields["kind"].choices = kind_choices()
        for name in set(self.fields) - set(FIELDS[way]):
            del self.fields[name]


FIELDS: dict[str, tuple[str, ...]] = {
    "leeg": ("kind", "title", "version", "identifier"),
    "kopie": ("source", "title", "version", "identifier"),
    "versie": ("source", "version"),
    "spreadsheet": ("file", "title", "version", "identifier"),
}


class UploadForm(forms.Form):
    """A spreadsheet to load into a draft."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Your spreadsheet"), help_text=_("An Excel file (.xlsx) or CSV, made with our template.")
    )


class ModuleForm(forms.Form):
    """A building block to take over."""

    module = forms.ChoiceField(label=_("Building block"))

    def __init__(self, *args: Any, modules: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = modules


def named(codes: Iterable[str]) -> str:
    """Return codes as a person types them."""
    return ", ".join(codes)


def sort(kind: str) -> str:
    """Return what sort of framework it is, with a capital."""
    return sort_name(kind).capitalize() or now("Framework")
