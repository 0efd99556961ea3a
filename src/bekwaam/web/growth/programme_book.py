"""What a programme covers as a spreadsheet: the units beside what is asked, the matrix, and the sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap_words import explain_target
from bekwaam.domain.growth.programme import Line, Programme, falls, highest
from bekwaam.domain.growth.programme_words import explain_fall, explain_once, explain_programme
from bekwaam.domain.growth.target import Target
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.frameworks.exchange.book import Book, Column
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.web.growth.programme_shown import in_order, line_rows, totalled
from bekwaam.web.shared.case import language


def book_of(framework: Framework, programme: Programme, target: Target, lines: Sequence[Line]) -> bytes:
    """Return the spreadsheet of one programme beside a target."""
    book = Book(programme.name, language())
    about = [
        [_("Programme"), programme.name],
        [_("Framework"), f"{framework.title[language()]} {framework.version}"],
        [_("Beside"), explain_target(target, language())],
        [_("Day"), clock.today().isoformat()],
        *([_("What stands out"), sentence] for sentence in explain_programme(lines, language())),
    ]
    book.table(_("About"), [Column(_("What"), 18), Column(_("Value"), 90)], about)
    _coverage(book, framework, lines)
    _matrix(book, framework, programme)
    sentences = [
        *([_("In one module only"), one] for one in explain_once(framework, lines, language())),
        *(
            [_("Lower after higher"), explain_fall(framework, one, language())]
            for one in falls(framework, programme)
        ),
        *([kind, one] for kind, rows in totalled(framework, lines) for one in rows),
    ]
    book.table(_("In sentences"), [Column(_("About"), 24), Column(_("What"), 100)], sentences)
    return book.bytes()


def _coverage(book: Book, framework: Framework, lines: Sequence[Line]) -> None:
    columns = [
        Column(_("Code"), 8),
        Column(_("Part"), 44),
        Column(_("Asked"), 18),
        Column(_("Leads to"), 18),
        Column(_("How it stands"), 24),
        Column(_("Modules"), 60),
    ]
    rows = [
        [row.unit.code, row.unit.name, row.asked, row.highest, row.told, "; ".join(row.modules)]
        for _group, found in line_rows(framework, lines)
        for row in found
    ]
    book.table(_("Coverage"), columns, rows)


def _matrix(book: Book, framework: Framework, programme: Programme) -> None:
    codes = list(highest(framework, programme.modules))
    columns = [
        Column(_("Module"), 36),
        Column(_("Year or period"), 16),
        Column(_("Kind of activity"), 24),
        Column(_("How it is assessed"), 30),
        Column(_("Hours"), 8),
        *(Column(code, 14) for code in codes),
    ]
    titles = {stage.code: stage.title[language()] for stage in framework.stages}
    rows = []
    for module in in_order(programme):
        stages = [module.stage_of(code) for code in codes]
        marks = ["" if stage is None else titles.get(stage, "x") for stage in stages]
        way = _(WAYS[Way(module.way)].name) if module.way else ""
        rows.append([module.name, module.period, way, module.assessed, module.hours, *marks])
    book.table(_("Matrix"), columns, rows)
