"""Addresses of the explorer. They hold an id, a version and a code, none of which ever changes."""

from django.urls import path

from bekwaam.web.frameworks import comparing, crosswalks, linking_own, taking, views, wordings

app_name = "frameworks"
_WORDS = "aanbieder/<str:ref>/eigen-woorden/"
_WORDING = _WORDS + "<str:identifier>/<str:version>/"
_OWN_LINKS = "aanbieder/<str:ref>/koppelingen/"
_GATHERING = _OWN_LINKS + "concept/<str:draft>/"

urlpatterns = [
    path("kaders/", views.index, name="list"),
    path("kaders/vergelijken/", comparing.comparison, name="compare"),
    path("kaders/vergelijken/spreadsheet/", comparing.spreadsheet, name="compare_sheet"),
    path("kaders/<str:identifier>/<str:version>/", views.framework, name="framework"),
    path("kaders/<str:identifier>/<str:version>/<str:code>/", views.item, name="item"),
    path("kaders/<str:identifier>/<str:version>/meenemen/<str:form>", taking.take_along, name="take_along"),
    path(_WORDS, wordings.index, name="wordings"),
    path(_WORDING, wordings.wording, name="wording"),
    path(_WORDING + "nakijken/", wordings.review, name="wording_review"),
    path(_WORDING + "intrekken/", wordings.withdraw, name="wording_withdraw"),
    path(_WORDING + "sjabloon.<str:form>", wordings.template, name="wording_template"),
    path("koppelingen/", crosswalks.index, name="crosswalks"),
    path("koppelingen/<slug:identifier>/", crosswalks.crosswalk, name="crosswalk"),
    path("koppelingen/<slug:identifier>.xlsx", crosswalks.spreadsheet, name="crosswalk_sheet"),
    path(_OWN_LINKS, linking_own.index, name="own_links"),
    path(_OWN_LINKS + "nieuw/", linking_own.start, name="links_start"),
    path(_GATHERING, linking_own.draft, name="links_draft"),
    path(_GATHERING + "koppelingen.xlsx", linking_own.spreadsheet, name="links_sheet"),
    path(_GATHERING + "publiceren/", linking_own.publish, name="links_publish"),
    path(_GATHERING + "weggooien/", linking_own.drop, name="links_drop"),
]
