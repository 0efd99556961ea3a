"""Addresses of the list of mail that was sent."""

from django.urls import path

from bekwaam.web.mail import views

app_name = "mail"

urlpatterns = [
    path("traject/<str:ref>/post/", views.of_procedure, name="of_procedure"),
    path("aanbieder/<str:ref>/post/", views.of_provider, name="of_provider"),
    path("verstuurde-post/", views.everything, name="everything"),
]
