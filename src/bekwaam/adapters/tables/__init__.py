"""Tables in forms that programs for analysis read."""
