"""The way back from a page of a dossier or a portfolio."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.web.portfolio.desk import Desk
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb


def crumbs(desk: Desk, here: str, *, inside: bool = True, above: Crumb | None = None) -> list[Crumb]:
    """Return the way from one's work to ``here``: by way of the whole where that is above it.

    ``above`` is what lies between the two, such as the piece that a version belongs to.
    """
    way = [Crumb(_("My work"), reverse("home"))]
    if desk.own:
        way.append(Crumb(_("My portfolio"), reverse("portfolio:portfolios")))
    if inside:
        title = desk.framework.title[language()] if desk.own else _("Dossier")
        way.append(Crumb(title, desk.home))
    if above:
        way.append(above)
    return [*way, Crumb(here)]
