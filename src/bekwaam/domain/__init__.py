"""What is allowed and what follows. No Django, no clock, no input or output: time is passed in."""
