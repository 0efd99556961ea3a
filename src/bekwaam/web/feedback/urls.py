"""Addresses of asking referees, and of the page they answer on."""

from django.urls import path

from bekwaam.web.feedback import asking, referee

app_name = "feedback"

_OWN = "terugkoppeling/"

urlpatterns = [
    path(_OWN, asking.index, name="requests"),
    path(_OWN + "bevestiging/<str:piece>/", asking.ask_confirmation, name="ask_confirmation"),
    path(_OWN + "meekijken/", asking.ask_rating, name="ask_rating"),
    path(_OWN + "verzoek/<str:ref>/", asking.detail, name="request"),
    path(_OWN + "verzoek/<str:ref>/opnieuw/", asking.again, name="again"),
    path(_OWN + "verzoek/<str:ref>/intrekken/", asking.withdraw, name="withdraw"),
    path("referent/<str:token>/", referee.referee, name="referee"),
    path("referent/<str:token>/bestand/", referee.file, name="referee_file"),
]
