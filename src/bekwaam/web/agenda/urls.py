"""Addresses of the agenda, of what a calendar program fetches, and of when people are reminded."""

from django.urls import path

from bekwaam.web.agenda import linking, reminders, views

app_name = "agenda"

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/koppelen/", linking.link, name="link"),
    path("agenda/<str:secret>.ics", linking.feed, name="feed"),
    path("aanbieder/<str:ref>/herinneringen/", reminders.reminders, name="reminders"),
]
