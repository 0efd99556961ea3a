"""Addresses of checking certificates. ``c/NUMBER`` stands on every paper, in letters and as a QR code."""

from django.urls import path

from bekwaam.web.checking import files, many, numbers, yourself

app_name = "checking"

_PAGE = "controleren/"

urlpatterns = [
    path("c/", files.to_page, name="short"),
    path("c/<str:number>", numbers.number, name="number"),
    path(_PAGE, files.check, name="check"),
    path(_PAGE + "naam/", files.name, name="name"),
    path(_PAGE + "veel/", many.many, name="many"),
    path(_PAGE + "veel/<str:secret>/", many.batch, name="batch"),
    path(_PAGE + "veel/<str:secret>/rapport.csv", many.batch_report, name="batch_report"),
    path(_PAGE + "zelf/", yourself.page, name="yourself"),
    path(_PAGE + "bundel.json", yourself.bundle, name="bundle"),
]
