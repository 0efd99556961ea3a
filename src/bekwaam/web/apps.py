"""The Django app that holds templates, static files and nothing in the database."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens."""

    name = "bekwaam.web"
    label = "web"
