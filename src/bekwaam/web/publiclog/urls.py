"""The address of the page about the log."""

from django.urls import path

from bekwaam.web.publiclog import views

app_name = "publiclog"

urlpatterns = [path("", views.page, name="page")]
