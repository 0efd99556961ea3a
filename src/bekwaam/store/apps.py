"""The Django app that holds every table."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """One app for all tables: its label is what migrations and the user model are named after."""

    name = "bekwaam.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
