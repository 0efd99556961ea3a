"""Links between two frameworks as a spreadsheet: written to fill in, read back with faults by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from openpyxl import Workbook

from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.sheets.book import Notes
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded, headed, headings_in
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.workbook.look import HINT, PLAIN, STYLES, TITLE, Choice, cell, write_table
from bekwaam.frameworks.exchange.workbook.packing import packed
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.kind_singular import one_of_kind
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.relation_names import relation_meaning, relation_name
from bekwaam.wording import LANGUAGES, N_, say

COLUMNS: Final = (
    Column("from", N_("From code"), ("from", "van"), needed=True, own_each_row=True),
    Column("relation", N_("Relation"), ("relatie", "is"), needed=True),
    Column("to", N_("To code"), ("to", "naar"), needed=True, own_each_row=True),
    Column("reason.nl", N_("Reason (Dutch)"), ("reason", "reden", "waarom")),
    Column("reason.en", N_("Reason (English)"), ("reason (en)",)),
    Column("document", N_("Document"), ("source", "bron")),
    Column("section", N_("Section"), ("sectie",)),
)
_SHEETS: Final = (N_("Read me"), N_("Links"), N_("Codes from"), N_("Codes to"), N_("Relations"))
_CODES: Final = (
    Column("code", N_("Code")),
    Column("kind", N_("Kind")),
    Column("title", N_("What it says")),
)
_RELATIONS: Final = (
    Column("relation", N_("Relation")),
    Column("value", N_("What it means")),
    Column("code", N_("In exchange with others (CASE)")),
)
_ABOUT: Final = (
    N_("Every row links one item to another. Read it as a sentence: from, relation, to."),
    N_("Choose the codes from the lists, or type them; the two sheets with codes say what they stand for."),
    N_("Say of every link why it is there, in Dutch or in English; both is best."),
    N_("Where a document makes the link, name it. Leave it empty where the link is your own."),
    N_("A mistake is no disaster: when you load the file, every fault is named with its cell."),
)
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class LinksRead:
    """The links in a file that are sound, what has to be mended, and what was put right or left out."""

    links: tuple[Link, ...]
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


def write_crosswalk_sheet(crosswalk: Crosswalk, a: Framework, b: Framework, language: str) -> bytes:
    """Return the links of a crosswalk from ``a`` to ``b`` as an XLSX file to fill in further.

    With the links stand the codes of both frameworks and the relations, to choose from. The same content
    gives the same bytes; :func:`read_crosswalk_sheet` gives the links back.
    """
    book = Workbook(write_only=True)
    for style in STYLES:
        book.add_named_style(style)
    about, links, froms, tos, relations = (book.create_sheet(say(language, name)) for name in _SHEETS)
    about.column_dimensions["A"].width = 100
    about.append([cell(about, crosswalk.title[language], TITLE.name)])
    about.append([cell(about, f"{_named(a, language)} → {_named(b, language)}", HINT.name)])
    for sentence in _ABOUT:
        about.append([cell(about, say(language, sentence), PLAIN.name)])
    choices = (
        Choice("from", f"'{froms.title}'!$A$2:$A${len(a.items) + 1}"),
        Choice("relation", f"'{relations.title}'!$A$2:$A${len(RELATIONS) + 1}"),
        Choice("to", f"'{tos.title}'!$A$2:$A${len(b.items) + 1}"),
    )
    write_table(links, COLUMNS, _rows(crosswalk, language), language, choices=choices, room=2_000)
    for sheet, framework in ((froms, a), (tos, b)):
        write_table(sheet, _CODES, _codes(framework, language), language)
    write_table(relations, _RELATIONS, _relation_rows(language), language)
    book.active = 1
    return packed(book)


def _named(framework: Framework, language: str) -> str:
    return f"{framework.title[language]} ({framework.id} {framework.version})"


def _rows(crosswalk: Crosswalk, language: str) -> Iterator[Mapping[str, str]]:
    for link in crosswalk.links:
        yield {
            "from": link.from_code,
            "relation": relation_name(link.relation, language),
            "to": link.to_code,
            "reason.nl": link.reason.nl,
            "reason.en": link.reason.en,
            "document": link.source.document if link.source else "",
            "section": link.source.section if link.source else "",
        }


def _codes(framework: Framework, language: str) -> Iterator[Mapping[str, str]]:
    for item in framework.items:
        kind = one_of_kind(item.kind, language)
        yield {"code": item.code, "kind": kind, "title": item.name(language)[:_SHOWN]}


def _relation_rows(language: str) -> Iterator[Mapping[str, str]]:
    for relation in RELATIONS:
        name, meaning = relation_name(relation, language), relation_meaning(relation, language)
        yield {"relation": name, "value": meaning, "code": relation}


def read_crosswalk_sheet(data: bytes, name: str, a: Framework, b: Framework) -> LinksRead:
    """Return the links from ``a`` to ``b`` in an XLSX or CSV file; ``name`` is its name in faults.

    A row with a fault is left out and told of by its cell; the others are all there. A relation goes by its
    words in Dutch or English or by its name in CASE. A reason in one language alone stands for both. Without
    a document the link is one's own.
    """
    book = read_sheets(data, name)
    notes = Notes(name)
    notes.faults.extend(book.faults)
    notes.repairs.extend(book.repairs)
    found: tuple[Link, ...] = ()
    if book.sheets:
        sheet = max(book.sheets, key=lambda one: headings_in(one, COLUMNS))
        table = headed(sheet, COLUMNS, notes)
        if table is not None and {"from", "relation", "to"} <= table.columns.keys():
            found = _Rows(a, b).read(table.records())
    return LinksRead(found, notes.faults.sorted(), notes.repairs.sorted())


@dataclass
class _Rows:
    """The rows of one sheet; ``seen`` remembers in which row a link stood first."""

    a: Framework
    b: Framework
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def read(self, records: Iterator[Record]) -> tuple[Link, ...]:
        return tuple(filter(None, (self._link(record) for record in records)))

    def _link(self, row: Record) -> Link | None:
        here = row.text("from")
        one, other = self._code(row, "from", self.a, here), self._code(row, "to", self.b, here)
        relation, reason = self._relation(row, here), self._reason(row, here)
        source, sound = self._source(row, here)
        if one is None or other is None or relation is None or reason is None or not sound:
            return None
        if not self._first(row, (one, other, relation)):
            return None
        ends = (Reference(side.id, side.version) for side in (self.a, self.b))
        frm, to = ends
        return Link(frm, one, to, other, relation, reason, source, own=source is None)

    def _code(self, row: Record, key: str, framework: Framework, here: str) -> str | None:
        code = row.text(key, here)
        if not code:
            row.fault(key, here, "no_code", N_("The code is missing. Choose one from the list."))
            return None
        if code in framework.by_code:
            return code
        values = {"code": code, "framework": f"{framework.id}@{framework.version}"}
        near = get_close_matches(code, framework.by_code, n=1, cutoff=0.75)
        if near:
            message = N_("There is no item {code} in {framework}. Did you mean {near}?")
            row.fault(key, here, "unknown_code", message, **values, near=near[0])
        else:
            message = N_("There is no item {code} in {framework}.")
            row.fault(key, here, "unknown_code", message, **values)
        return None

    def _relation(self, row: Record, here: str) -> str | None:
        written = row.text("relation", here)
        relation = _relations().get(folded(written))
        if relation is None and written:
            message = N_('"{relation}" is no relation. The sheet "Relations" says which there are.')
            row.fault("relation", here, "unknown_relation", message, relation=written)
        elif relation is None:
            row.fault(
                "relation", here, "no_relation", N_("The relation is missing. Choose one from the list.")
            )
        return relation

    def _reason(self, row: Record, here: str) -> Text | None:
        nl, en = row.text("reason.nl", here), row.text("reason.en", here)
        if not nl and not en:
            row.fault("reason.nl", here, "no_reason", N_("Say why this link is there."))
            return None
        return Text(nl or en, en or nl)

    def _source(self, row: Record, here: str) -> tuple[Source | None, bool]:
        """Return the document that makes the link, if any, and whether what is written is sound."""
        document, section = row.text("document", here), row.text("section", here)
        known = [
            *self.a.documents,
            *(number for number in self.b.documents if number not in self.a.documents),
        ]
        if document and document not in known:
            message = N_('Neither framework names a document "{document}". They name: {known}.')
            row.fault(
                "document", here, "unknown_document", message, document=document, known=", ".join(known)
            )
            return None, False
        if section and not document:
            message = N_("A section without a document was left out; the link is now your own.")
            row.repair("section", here, "section_alone", message)
        return (Source(document, section) if document else None), True

    def _first(self, row: Record, key: tuple[str, str, str]) -> bool:
        first = self.seen.setdefault(key, row.number)
        if first == row.number:
            return True
        message = N_("This link stands here already, in row {row}. Keep one.")
        row.fault("from", key[0], "duplicate_link", message, row=first)
        return False


@lru_cache(maxsize=1)
def _relations() -> dict[str, str]:
    """Return every relation by what it may be called."""
    found = {folded(relation): relation for relation in RELATIONS}
    for relation in RELATIONS:
        found |= {folded(relation_name(relation, language)): relation for language in LANGUAGES}
    return found
