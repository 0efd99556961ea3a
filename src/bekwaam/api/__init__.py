"""What other systems ask for: endpoints without screens, and without rules."""
