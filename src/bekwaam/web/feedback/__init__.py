"""Screens of the feedback room: asking, and the referee's page behind a personal link."""
