"""The interventions of an organisation, for its people and for who keeps the list."""
