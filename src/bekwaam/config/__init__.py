"""Settings, addresses, checks and wiring."""
