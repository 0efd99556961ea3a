"""Addresses for registers. The description is at "openapi.json"."""

from bekwaam.api.registers.views import api

urlpatterns = api.urls[0]
