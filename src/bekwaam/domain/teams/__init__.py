"""Teams: what members together can do, by their consent, and what may be shown above a team."""
