"""Addresses of the objections room."""

from django.urls import path

from bekwaam.web.objections import handling, views

app_name = "objections"
_HERE = "traject/<str:ref>/bezwaar/"

urlpatterns = [
    path(_HERE, views.objection, name="objection"),
    path(_HERE + "indienen/", views.object_to, name="object"),
    path(_HERE + "intrekken/", views.take_back, name="take_back"),
    path(_HERE + "opnieuw/", handling.take_up, name="take_up"),
    path(_HERE + "niet-in-behandeling/", handling.not_take_up, name="not_take_up"),
    path(_HERE + "antwoord/", handling.answer, name="answer"),
]
