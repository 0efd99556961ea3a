"""Addresses of the log; whoever watches it or carries a proof knows them."""

from django.urls import path

from bekwaam.api.log import views

app_name = "log"

urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("key", views.key, name="key"),
    path("consistency", views.consistency, name="consistency"),
    path("proof", views.proof, name="proof"),
    path("entries", views.entries, name="entries"),
]
