"""Addresses of an organisation's own frameworks."""

from django.urls import path

from bekwaam.web.frameworks.drafting import front, items, loading, parts, rule, shelf

app_name = "drafting"
_OWN, _DRAFT = "eigen-kaders/<str:ref>/", "eigen-kaders/concept/<str:draft>/"

urlpatterns = [
    path("eigen-kaders/", shelf.home, name="home"),
    path("eigen-kaders/sjabloon.xlsx", shelf.template, name="template"),
    path(_DRAFT, front.front, name="draft"),
    path(_DRAFT + "kop/", parts.head, name="head"),
    path(_DRAFT + "toevoegen/", items.add, name="add"),
    path(_DRAFT + "deel/<str:code>/", items.item, name="item"),
    path(_DRAFT + "deel/<str:code>/plaats/", items.place, name="place"),
    path(_DRAFT + "deel/<str:code>/weg/", items.remove, name="remove"),
    path(_DRAFT + "stadia/", parts.stages, name="stages"),
    path(_DRAFT + "stadia/<str:code>/", parts.stage, name="stage"),
    path(_DRAFT + "documenten/", parts.documents, name="documents"),
    path(_DRAFT + "documenten/<str:number>/", parts.document, name="document"),
    path(_DRAFT + "bouwstenen/", parts.modules, name="modules"),
    path(_DRAFT + "regel/", rule.rule, name="rule"),
    path(_DRAFT + "regel/zin/", rule.sentence, name="sentence"),
    path(_DRAFT + "regel/<int:at>/", rule.part, name="rule_part"),
    path(_DRAFT + "spreadsheet/", loading.spreadsheet, name="spreadsheet"),
    path(_DRAFT + "kader.xlsx", loading.download, name="download"),
    path(_DRAFT + "publiceren/", front.publish, name="publish"),
    path(_DRAFT + "weggooien/", front.drop, name="drop"),
    path(_OWN, shelf.own, name="own"),
    path(_OWN + "nieuw/", shelf.start, name="start"),
    path(_OWN + "nieuw/<str:way>/", shelf.begin, name="begin"),
    path(_OWN + "gebruik/<str:identifier>/<str:version>/", shelf.in_use, name="in_use"),
]
