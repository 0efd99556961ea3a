"""Addresses of who a provider is to the world, and of the keys it signs with."""

from django.urls import path

from bekwaam.web.issuers import about, signing

app_name = "issuers"
_PROVIDER = "aanbieder/<str:ref>/"

urlpatterns = [
    path(_PROVIDER + "over/", about.about, name="about"),
    path(_PROVIDER + "ondertekenen/", signing.signing, name="signing"),
    path(_PROVIDER + "ondertekenen/gegevens/", signing.identity, name="identity"),
    path(_PROVIDER + "ondertekenen/nieuwe-sleutel/", signing.change_key, name="change_key"),
    path(_PROVIDER + "ondertekenen/gestolen/<str:key>/", signing.stolen, name="stolen"),
]
