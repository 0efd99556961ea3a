"""Screens of the teams room: one's own choice, the lead's page, and numbers above a team."""
