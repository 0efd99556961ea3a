"""Addresses of reflections, of deliberations for members and guests, and of what colleagues keep."""

from django.urls import URLPattern, path

from bekwaam.web.reflection import case_law, deliberating, home, inviting, offering, walking, writing
from bekwaam.web.reflection.seated import Pages

app_name = "reflection"

_PIECE, _TABLE = "reflectie/stuk/<str:ref>/", "beraad/<str:ref>/"
_GUEST = "meedoen/<str:token>/"
_CASES = "aanbieder/<str:ref>/beraden/"


def _both(route: str, pages: Pages, name: str) -> list[URLPattern]:
    """Return the addresses of a page that is the same with an account and behind a personal link."""
    return [
        path(_TABLE + route, pages.member, name=name),
        path(_GUEST + route, pages.guest, name=f"guest_{name}"),
    ]


urlpatterns = [
    path("reflectie/", home.home, name="home"),
    path("reflectie/nieuw/<str:kind>/", writing.new, name="new"),
    path(_PIECE, writing.reflection, name="reflection"),
    path(_PIECE + "wijzigen/", writing.change, name="change"),
    path(_PIECE + "weg/", writing.remove, name="remove"),
    path(_PIECE + "bewijs/", writing.to_evidence, name="evidence"),
    path("reflectie/licht-naar-zwaar/", walking.walk, name="walk"),
    path("beraad/nieuw/", deliberating.new, name="deliberation_new"),
    path(_TABLE, deliberating.table.member, name="deliberation"),
    path(_GUEST, deliberating.table.guest, name="guest"),
    *_both("stap/<str:kind>/", deliberating.move, "move"),
    *_both("akkoord/", offering.consent, "consent"),
    path(_TABLE + "deelnemers/", inviting.people, name="people"),
    path(_TABLE + "deelnemers/<str:seat>/opnieuw/", inviting.again, name="again"),
    path(_TABLE + "deelnemers/<str:seat>/intrekken/", inviting.withdraw, name="withdraw"),
    path(_TABLE + "bewijs/", deliberating.to_evidence, name="deliberation_evidence"),
    path(_TABLE + "weg/", deliberating.erase, name="deliberation_erase"),
    path(_TABLE + "bewaren/", offering.offer, name="offer"),
    path(_CASES, case_law.cases, name="cases"),
    path(_CASES + "<str:case>/", case_law.case, name="case"),
    path(_CASES + "<str:case>/weg/", case_law.remove, name="case_remove"),
]
