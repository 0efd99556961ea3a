"""What stands in somebody's agenda, as a calendar of another program reads it."""
